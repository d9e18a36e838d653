import { type CompiledQuery, sql } from 'kysely';
import type { OidcModelsTable } from './schema.ts';
import { atOnce, inSlices } from './slices.ts';
import type { Store } from './store.ts';
import { changeUser } from './users.ts';

/** What is read back of a record. */
export type StoredOidcModel = Pick<OidcModelsTable, 'payload' | 'consumed_at'>;

/** Where to look a record up. */
export type OidcModelKey = 'id' | 'uid' | 'user_code';

/** Writes a record; one that was consumed stays as it is. */
export async function upsertOidcModel({ db }: Store, record: Omit<OidcModelsTable, 'consumed_at'>): Promise<void> {
  const { model: _model, id: _id, ...changes } = record;
  await db
    .insertInto('oidc_models')
    .values({ ...record, consumed_at: null })
    .onConflict((conflict) =>
      conflict.columns(['model', 'id']).doUpdateSet(changes).where('oidc_models.consumed_at', 'is', null),
    )
    .execute();
}

export function findOidcModel(
  { db }: Store,
  model: string,
  key: OidcModelKey,
  value: string,
): Promise<StoredOidcModel | undefined> {
  return db
    .selectFrom('oidc_models')
    .select(['payload', 'consumed_at'])
    .where('model', '=', model)
    .where(key, '=', value)
    .executeTakeFirst();
}

/**
 * Consumes a record. A record that was consumed already stays so from the first time on.
 * @param graceMs how long after that time others may have it too
 * @returns whether the caller may have it; without a grace one caller only, however many there are at once
 */
export async function consumeOidcModel(
  { db }: Store,
  model: string,
  id: string,
  { now, graceMs }: { now: number; graceMs: number },
): Promise<boolean> {
  const consumed = await db
    .updateTable('oidc_models')
    .set(({ fn, ref, val }) => ({ consumed_at: fn.coalesce(ref('consumed_at'), val(now)) }))
    .where('model', '=', model)
    .where('id', '=', id)
    .where(({ eb, or, and }) =>
      or([
        eb('consumed_at', 'is', null),
        and([eb('consumed_at', '>', now - graceMs), eb('consumed_at', '<', now + graceMs)]),
      ]),
    )
    .returning('id')
    .executeTakeFirst();
  return consumed !== undefined;
}

/** Ends a record before it expires. It stays as a consumed one, so that no request under way brings it back. */
export async function endOidcModel({ db }: Store, model: string, id: string, now: number): Promise<void> {
  const changes = { consumed_at: now, uid: null };
  await db.updateTable('oidc_models').set(changes).where('model', '=', model).where('id', '=', id).execute();
}

export async function deleteOidcModel({ db }: Store, model: string, id: string): Promise<void> {
  await db.deleteFrom('oidc_models').where('model', '=', model).where('id', '=', id).execute();
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

/** The sessions of somebody who is signed in, as JSON. */
export async function listOidcSessions({ db }: Store, accountId: string, now: number): Promise<string[]> {
  const rows = await db
    .selectFrom('oidc_models')
    .select('payload')
    .where('account_id', '=', accountId)
    .where('model', '=', 'Session')
    .where('consumed_at', 'is', null)
    .where((where) => where.or([where('expires_at', 'is', null), where('expires_at', '>', now)]))
    .execute();
  return rows.map(({ payload }) => payload);
}

/** What of somebody's sessions and grants is to end; without either, all of it. */
export type EndedOidcModels = {
  /** Only this session and these grants. */
  only?: { sessionUid: string; grantIds: readonly string[] } | undefined;
  /** All but this session and these grants. */
  except?: { sessionUid: string; grantIds: readonly string[] } | undefined;
};

/**
 * Ends everything that somebody is signed in with, but for what is excepted: sessions, grants and tokens, and what was
 * proven for sign-ins that are under way.
 */
export const endingSignIns = (
  store: Store,
  accountId: string,
  { except }: Pick<EndedOidcModels, 'except'>,
  now: number,
): CompiledQuery<unknown>[] => [
  changeUser(store, accountId, { sessions_valid_from: now, kept_session: except?.sessionUid ?? null }),
  ...endingOidcModels(store, accountId, { except }, now),
];

/**
 * Ends sessions and grants of an account, and deletes the tokens and codes that came from them. The sessions and grants
 * stay as consumed records until they expire: a request under way that writes to one again does not bring it back.
 */
export function endingOidcModels(
  { db }: Store,
  accountId: string,
  { only, except }: EndedOidcModels,
  now: number,
): CompiledQuery<unknown>[] {
  const named = only ?? except;
  const isNamed =
    named &&
    sql<boolean>`(model = 'Session' and uid = ${named.sessionUid}
    or model = 'Grant' and id in (${listOf(named.grantIds)})
    or grant_id is not null and grant_id in (${listOf(named.grantIds)}))`;
  const condition = isNamed ? (only ? isNamed : sql<boolean>`not ${isNamed}`) : sql<boolean>`1 = 1`;
  return [
    db
      .updateTable('oidc_models')
      .set({ consumed_at: now, uid: null })
      .where('account_id', '=', accountId)
      .where('model', 'in', ['Session', 'Grant'])
      .where('consumed_at', 'is', null)
      .where(condition)
      .compile(),
    db
      .deleteFrom('oidc_models')
      .where('account_id', '=', accountId)
      .where('model', 'not in', ['Session', 'Grant'])
      .where(condition)
      .compile(),
  ];
}

/** `in ()` is no SQL; no id is the empty text. */
const listOf = (ids: readonly string[]) => sql.join(ids.length > 0 ? ids : ['']);
