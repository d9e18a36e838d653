import { type CompiledQuery, type RawBuilder, sql } from 'kysely';
import { whole } from './parameters.ts';
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

/** Makes one record of what is there, as JSON, and of what is to be written. */
export type MergeOidcModel = (stored: string, written: WrittenOidcModel) => WrittenOidcModel;
type WrittenOidcModel = Pick<OidcModelsTable, 'payload' | 'expires_at'>;

/** As `upsertOidcModel`, for a record that several requests add to at once. */
export async function mergeOidcModel(
  store: Store,
  record: Omit<OidcModelsTable, 'consumed_at'>,
  merge: MergeOidcModel,
): Promise<void> {
  const find = () => findOidcModel(store, record.model, 'id', record.id);
  for (;;) {
    const stored = await find();
    if (stored && stored.consumed_at !== null) return;
    if (
      stored
        ? await replace(store, { ...record, ...merge(stored.payload, record) }, stored)
        : await insert(store, record)
    ) {
      return;
    }
    // Another request was faster, or the session has ended, and is not found.
    if (!stored && !(await find())) return;
  }
}

/** @returns whether it was still as it was seen */
async function replace(
  { db }: Store,
  { model, id, ...changes }: Omit<OidcModelsTable, 'consumed_at'>,
  seen: StoredOidcModel,
) {
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
async function insert({ db }: Store, record: Omit<OidcModelsTable, 'consumed_at'>) {
  const inserted = await db
    .insertInto('oidc_models')
    .values({ ...record, consumed_at: null })
    .onConflict((conflict) => conflict.columns(['model', 'id']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** A session is not found under any id once it was ended by its user or an administrator. */
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
    .executeTakeFirst();
}

/** Whether the session of this uid was ended; a sign-out ends the session of a browser alone, and does not count here. */
export async function isSessionEnded({ db }: Store, uid: string): Promise<boolean> {
  const { rows } = await sql`select 1 where ${isOfEndedSession(sql.val(uid))}`.execute(db);
  return rows.length > 0;
}

const isOfEndedSession = (uid: RawBuilder<unknown>) =>
  sql<boolean>`exists (select 1 from oidc_models as ended
    where ended.model = 'Session' and ended.uid = ${uid} and ended.consumed_at is not null)`;

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
  /** Only this session and these grants; `isSignOut` where what the session gave away may outlive it. */
  only?: { sessionUid: string; grantIds: readonly string[]; isSignOut?: boolean } | undefined;
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

/** Longer than what came from a session can be of use without being renewed. */
const endedSessionMs = 15 * 24 * 60 * 60_000;

/**
 * Ends sessions and grants of an account, and deletes the tokens and codes that came from them. The sessions and grants
 * stay as consumed records until they expire: a request under way that writes to one again does not bring it back. A
 * session keeps its uid, by which everything that came from it is void, also what a request under way makes of it.
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
      .set({
        consumed_at: now,
        ...(only?.isSignOut
          ? { uid: null }
          : { expires_at: sql`case when model = 'Session' then ${whole(now + endedSessionMs)} else expires_at end` }),
      })
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
