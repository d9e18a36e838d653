import { type RawBuilder, sql } from 'kysely';
import { requiring } from './requirement.ts';
import { columnsOf, type Slot, slotsOf, statement } from './statement.ts';
import { nothingAlongside, type Store } from './store.ts';
import type { OidcModelsTable } from './tables/sign-ins.ts';

/** What is read back of a record. */
export type StoredOidcModel = Pick<OidcModelsTable, 'payload' | 'code_id' | 'consumed_at'>;

/** Where to look a record up. */
export type OidcModelKey = 'id' | 'uid' | 'user_code';

/**
 * Whether a record is of a model, of which there are few. It is in the text of the statement: SQLite would compile one anew
 * for each run, to see whether an index that knows some records alone serves for this model.
 */
export const isOfModel = (model: string) => sql<boolean>`model = ${sql.lit(model)}`;

/** What is written. Without an instance the record stays that of the application that it was made for. */
export type OidcModelRecord = Omit<OidcModelsTable, 'consumed_at' | 'client_instance' | 'code_id'> &
  Partial<Pick<OidcModelsTable, 'client_instance' | 'code_id'>>;

/** What a write to this record alone contends for. */
export const lockOfOidcModel = ({ model, id }: Pick<OidcModelRecord, 'model' | 'id'>): string[] => [`${model}:${id}`];

/** The statement that writes a record; one that was consumed stays as it is. */
export const upsertingOidcModel = statement<OidcModelRecord>((slot, db, record) => {
  const { model: _model, id: _id, ...changes } = record;
  const written = Object.keys(slotsOf(slot, changes, (given) => given)) as (keyof typeof changes)[];
  return inserting(db, slot, record).onConflict((conflict) =>
    conflict
      .columns(['model', 'id'])
      .doUpdateSet(({ ref }) => Object.fromEntries(written.map((column) => [column, ref(`excluded.${column}`)])))
      .where('oidc_models.consumed_at', 'is', null),
  );
}, columnsOf);

/** Writes a record; one that was consumed stays as it is. */
export async function upsertOidcModel(store: Store, record: OidcModelRecord): Promise<void> {
  await store.atomically([upsertingOidcModel(store, record)], lockOfOidcModel(record));
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
        ? await replaceOidcModel(store, { ...record, ...merge(stored.payload, record) }, stored)
        : await insertOidcModel(store, record)
    ) {
      return;
    }
    // Another request was faster, or the session of the grant has ended, so that it is not found.
    if (!stored && !(await find())) return;
  }
}

/** @returns whether it was still as it was seen */
async function replaceOidcModel(store: Store, record: OidcModelRecord, seen: StoredOidcModel): Promise<boolean> {
  const replacing = replacingOidcModel(store, { record, seen: { id: record.id, payload: seen.payload } });
  const [replaced] = await store.atomically([replacing], lockOfOidcModel(record));
  return replaced.length > 0;
}

/** The statement that writes to a record, if it is still as it was seen, and gives its id then. */
export const replacingOidcModel = statement<
  { record: OidcModelRecord; seen: { id: string; payload: string } },
  { id: string }
>(
  (slot, db, { record: { model, ...changes } }) =>
    db
      .updateTable('oidc_models')
      .set(slotsOf(slot, changes, ({ record }) => record))
      .where(isOfModel(model))
      .where(
        'id',
        '=',
        slot(({ seen }) => seen.id),
      )
      .where(
        'payload',
        '=',
        slot(({ seen }) => seen.payload),
      )
      .where('consumed_at', 'is', null)
      .returning('id'),
  ({ record }) => `${record.model} ${columnsOf(record)}`,
);

/** The statement that makes a record, where there is none, and gives its id then. */
export const insertingOidcModel = statement<OidcModelRecord, { id: string }>(
  (slot, db, record) =>
    inserting(db, slot, record)
      .onConflict((conflict) => conflict.columns(['model', 'id']).doNothing())
      .returning('id'),
  columnsOf,
);

/** @param alongside in the same transaction @returns whether there was none */
export async function insertOidcModel(
  store: Store,
  record: OidcModelRecord,
  validFrom?: number,
  alongside = nothingAlongside,
): Promise<boolean> {
  const statements = [
    ...waitingForUser(store, record, validFrom),
    ...alongside.statements,
    insertingOidcModel(store, record),
  ];
  const results = await store.atomically(statements, [...lockOfOidcModel(record), ...alongside.locks]);
  return (results.at(-1)?.length ?? 0) > 0;
}

/**
 * The statement that waits for an end of all sign-ins of the user that is being written, which could not see what is
 * written next.
 * @param validFrom where the transaction is to be undone unless this is still when such an end was last (milliseconds,
 *   0 for never); see `isUnmet`
 */
export function waitingForUser({ db, kind }: Store, { account_id: accountId }: OidcModelRecord, validFrom?: number) {
  if (accountId === null) return [];
  if (validFrom !== undefined) return [requiringNoEnd({ db }, { accountId, validFrom, waits: waits[kind] })];
  // SQLite writes one after the other.
  return kind === 'PostgreSQL' ? [sharingUser({ db }, { accountId })] : [];
}

const waits = { SQLite: '', PostgreSQL: ' for share' } as const;

const sharingUser = statement<{ accountId: string }>(
  (slot) => sql`select 1 from users where id = ${slot(({ accountId }) => accountId)} for share`,
);

const requiringNoEnd = statement<{ accountId: string; validFrom: number; waits: string }>(
  (slot, _, { waits }) =>
    requiring(sql`exists (select 1 from users where id = ${slot(({ accountId }) => accountId)}
      and coalesce(sessions_valid_from, 0) = ${slot(({ validFrom }) => validFrom)}${sql.raw(waits)})`),
  ({ waits }) => waits,
);

const inserting = (db: Store['db'], slot: Slot<OidcModelRecord>, record: OidcModelRecord) =>
  db.insertInto('oidc_models').values({ ...slotsOf(slot, record, (given) => given), consumed_at: null });

/**
 * What came from a session that was ended by its owner or an administrator, or from a deleted application, is not
 * found.
 */
export async function findOidcModel(
  store: Store,
  model: string,
  key: OidcModelKey,
  value: string,
): Promise<StoredOidcModel | undefined> {
  const [found] = await store.run(find(store, { model, key, value }));
  return found;
}

const find = statement<{ model: string; key: OidcModelKey; value: string }, StoredOidcModel>(
  (slot, db, { model, key }) =>
    db
      .selectFrom('oidc_models')
      .select(['payload', 'code_id', 'consumed_at'])
      .where(isOfModel(model))
      .where(
        key,
        '=',
        slot(({ value }) => value),
      )
      .where(({ not }) => not(isOfEndedSession(sql.ref('oidc_models.uid'))))
      .where(isOfKnownApplication),
  ({ model, key }) => `${model} ${key}`,
);

/** Whether the session of this uid was ended by its owner or an administrator. */
export const isOfEndedSession = (uid: RawBuilder<unknown>) =>
  sql<boolean>`exists (select 1 from oidc_models as ended
    where ended.model = 'Session' and ended.uid = ${uid} and ended.consumed_at is not null)`;

/** Whether the application is there that a record was made for, and not only one with its id. */
export const isOfKnownApplication = sql<boolean>`(client_instance is null
  or exists (select 1 from applications where applications.instance = client_instance))`;

/**
 * Consumes a record. A record that was consumed already stays so from the first time on.
 * @param graceMs how long after that time others may have it too
 * @returns whether the caller may have it; without a grace one caller only, however many there are at once
 */
export async function consumeOidcModel(store: Store, consumed: ConsumedOidcModel): Promise<boolean> {
  const [rows] = await store.atomically([consumingOidcModel(store, consumed)], lockOfOidcModel(consumed));
  return rows.length > 0;
}

/** What is to be consumed, and when; `graceMs` as above. */
export type ConsumedOidcModel = { model: string; id: string; now: number; graceMs: number };

const isOf = (slot: Slot<ConsumedOidcModel>, { model }: ConsumedOidcModel) =>
  sql<boolean>`${isOfModel(model)} and id = ${slot(({ id }) => id)}`;

const isUnconsumed = (slot: Slot<ConsumedOidcModel>) =>
  sql<boolean>`(consumed_at is null or consumed_at > ${slot(({ now, graceMs }) => now - graceMs)}
    and consumed_at < ${slot(({ now, graceMs }) => now + graceMs)})`;

/** The statement that undoes its transaction unless the record may still be had; see `isUnmet`. */
export const requiringUnconsumed = statement<ConsumedOidcModel>(
  (slot, _, consumed) =>
    requiring(sql`exists (select 1 from oidc_models where ${isOf(slot, consumed)} and ${isUnconsumed(slot)})`),
  ({ model }) => model,
);

/** The statement that consumes a record, if it may still be had, and gives its id then. */
export const consumingOidcModel = statement<ConsumedOidcModel, { id: string }>(
  (slot, db, consumed) =>
    db
      .updateTable('oidc_models')
      .set(({ fn, ref, val }) => ({ consumed_at: fn.coalesce(ref('consumed_at'), val(slot(({ now }) => now))) }))
      .where(isOf(slot, consumed))
      .where(isUnconsumed(slot))
      .returning('id'),
  ({ model }) => model,
);

/** The statement that deletes a record. */
export const deletingOidcModel = statement<{ model: string; id: string }>(
  (slot, db, { model }) =>
    db
      .deleteFrom('oidc_models')
      .where(isOfModel(model))
      .where(
        'id',
        '=',
        slot(({ id }) => id),
      ),
  ({ model }) => model,
);
