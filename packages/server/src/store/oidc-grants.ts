import { isOfKnownApplication } from './oidc-models.ts';
import { atOnce, inSlices } from './slices.ts';
import type { Store } from './store.ts';

/** The ids of the grants that somebody has given and that have not ended. */
export async function listOidcGrants({ db }: Store, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('oidc_models')
    .select('id')
    .where('account_id', '=', accountId)
    .where('model', '=', 'Grant')
    .where('consumed_at', 'is', null)
    .where(isOfKnownApplication)
    .execute();
  return rows.map(({ id }) => id);
}

/**
 * So many refresh tokens of a grant are remembered as used: of those of an hour each, all that were made in a fortnight.
 * So many wait for their use at most: more than one comes of tabs that refresh at once, and of answers that got lost.
 */
const mostRefreshTokens = 400;

/**
 * Forgets the refresh tokens of a grant that were used longest ago, and of too many unused ones those that were made
 * first; what comes with one of them is refused.
 */
export async function forgetRefreshTokens({ db }: Store, grantId: string): Promise<void> {
  await db
    .deleteFrom('oidc_models')
    .where('model', '=', 'RefreshToken')
    .where('grant_id', '=', grantId)
    .where('consumed_at', '<', ({ selectFrom }) =>
      selectFrom('oidc_models as used')
        .select('used.consumed_at')
        .where('used.model', '=', 'RefreshToken')
        .where('used.grant_id', '=', grantId)
        .where('used.consumed_at', 'is not', null)
        .orderBy('used.consumed_at', 'desc')
        .limit(1)
        .offset(mostRefreshTokens),
    )
    .execute();
  await db
    .deleteFrom('oidc_models')
    .where('model', '=', 'RefreshToken')
    .where('id', 'in', ({ selectFrom }) =>
      selectFrom('oidc_models as unused')
        .select('unused.id')
        .where('unused.model', '=', 'RefreshToken')
        .where('unused.grant_id', '=', grantId)
        .where('unused.consumed_at', 'is', null)
        .orderBy('unused.expires_at', 'desc')
        .limit(atOnce.rows)
        .offset(mostRefreshTokens),
    )
    .execute();
}

/** Ends a grant before it expires. It stays as a consumed record, so that no request under way brings it back. */
export async function endOidcGrant({ db }: Store, id: string, now: number): Promise<void> {
  await db
    .updateTable('oidc_models')
    .set({ consumed_at: now })
    .where('model', '=', 'Grant')
    .where('id', '=', id)
    .where('consumed_at', 'is', null)
    .execute();
}

/** Deletes the records of a model that came from a grant, however many its application has made of them. */
export async function deleteOidcModelsOfGrant(store: Store, model: string, grantId: string): Promise<void> {
  const slice = store.db
    .selectFrom('oidc_models')
    .select('id')
    .where('grant_id', '=', grantId)
    .where('model', '=', model)
    .limit(atOnce.rows);
  const deletion = store.db.deleteFrom('oidc_models').where('model', '=', model).where('id', 'in', slice);
  await inSlices(store, deletion.returning('id').compile(), atOnce);
}

/** The time at which records were consumed that ended with their code; those that were used have another. */
export const ended = 0;

/**
 * Ends the records of a model that came from a code, of which its grant has few enough. They stay,
 * so that they are not taken for forgotten ones.
 */
export async function endOidcModelsOfCode(
  { db }: Store,
  model: string,
  { grantId, codeId }: { grantId: string; codeId: string },
): Promise<void> {
  await db
    .updateTable('oidc_models')
    .set({ consumed_at: ended })
    .where('grant_id', '=', grantId)
    .where('model', '=', model)
    .where('code_id', '=', codeId)
    .execute();
}
