import { type RawBuilder, sql } from 'kysely';
import type { OidcModelsTable } from './schema.ts';
import { atOnce, inSlices } from './slices.ts';
import type { Store } from './store.ts';

/** What is read back of a record. */
export type StoredOidcModel = Pick<OidcModelsTable, 'payload' | 'consumed_at'>;

/** Where to look a record up. */
export type OidcModelKey = 'id' | 'uid' | 'user_code';

/** What is written. Without an instance the record stays that of the application that it was made for. */
export type OidcModelRecord = Omit<OidcModelsTable, 'consumed_at' | 'client_instance'> &
  Partial<Pick<OidcModelsTable, 'client_instance'>>;

/** Writes a record; one that was consumed stays as it is. */
export async function upsertOidcModel({ db }: Store, record: OidcModelRecord): Promise<void> {
  const { model: _model, id: _id, ...changes } = record;
  await db
    .insertInto('oidc_models')
    .values({ ...record, consumed_at: null })
    .onConflict((conflict) =>
      conflict.columns(['model', 'id']).doUpdateSet(changes).where('oidc_models.consumed_at', 'is', null),
    )
    .execute();
}

/** Makes one record of what is there, as JSON, and of what is to be written. */
export type MergeOidcModel = (stored: string, written: WrittenOidcModel) => WrittenOidcModel;
type WrittenOidcModel = Pick<OidcModelsTable, 'payload' | 'expires_at'>;

/** As `upsertOidcModel`, for a record that several requests add to at once. */
export async function mergeOidcModel(store: Store, record: OidcModelRecord, merge: MergeOidcModel): Promise<void> {
  const find = () => findOidcModel(store, record.model, 'id', record.id);
  for (;;) {
    const stored = await find();
    if (stored && stored.consumed_at !== null) return;
    if (
      stored
        ? await replace(store, { ...record, ...merge(stored.payload, record) }, stored)
        : await insertOidcModel(store, record)
    ) {
      return;
    }
    // Another request was faster, or the session of the grant has ended, so that it is not found.
    if (!stored && !(await find())) return;
  }
}

/** @returns whether it was still as it was seen */
async function replace({ db }: Store, { model, id, ...changes }: OidcModelRecord, seen: StoredOidcModel) {
  const replaced = await db
    .updateTable('oidc_models')
    .set(changes)
    .where('model', '=', model)
    .where('id', '=', id)
    .where('payload', '=', seen.payload)
    .where('consumed_at', 'is', null)
    .returning('id')
    .executeTakeFirst();
  return replaced !== undefined;
}

/** @returns whether there was none */
export async function insertOidcModel({ db }: Store, record: OidcModelRecord) {
  const inserted = await db
    .insertInto('oidc_models')
    .values({ ...record, consumed_at: null })
    .onConflict((conflict) => conflict.columns(['model', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** What came from a session that was ended by its owner or an administrator, or from a deleted application, is not found. */
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
    .where(({ not }) => not(isOfEndedSession(sql.ref('oidc_models.uid'))))
    .where(isOfKnownApplication)
    .executeTakeFirst();
}

/** Whether the session of this uid was ended by its owner or an administrator. */
export const isOfEndedSession = (uid: RawBuilder<unknown>) =>
  sql<boolean>`exists (select 1 from oidc_models as ended
    where ended.model = 'Session' and ended.uid = ${uid} and ended.consumed_at is not null)`;

/** Whether the application is there that a record was made for, and not only one with its id. */
const isOfKnownApplication = sql<boolean>`(client_instance is null
  or exists (select 1 from applications where applications.instance = client_instance))`;

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

/** Refresh tokens that a grant remembers as used: of those of an hour each, all that were made in a fortnight. */
const usedRefreshTokens = 400;

/** Forgets the refresh tokens of a grant that were used longest ago; what comes with one again is refused all the same. */
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
        .offset(usedRefreshTokens),
    )
    .execute();
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
