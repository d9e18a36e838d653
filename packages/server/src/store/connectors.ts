import { type CompiledQuery, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { ConnectorsTable } from './tables/connectors.ts';

/** The live connector of every channel that has one. */
export function listLiveConnectors({ db }: Store): Promise<ConnectorsTable[]> {
  return db
    .selectFrom('live_connectors')
    .innerJoin('connectors', 'connectors.id', 'live_connectors.connector_id')
    .selectAll('connectors')
    .orderBy('live_connectors.type')
    .execute();
}

/** A configuration that is or was live. */
export function findConnector({ db }: Store, id: string): Promise<ConnectorsTable | undefined> {
  return db.selectFrom('connectors').selectAll().where('id', '=', id).where('is_configured', '=', 1).executeTakeFirst();
}

/** Every configuration that was live before, newest first. */
export function listPreviousConnectors({ db }: Store): Promise<ConnectorsTable[]> {
  return db
    .selectFrom('connectors')
    .selectAll()
    .where('id', 'not in', db.selectFrom('live_connectors').select('connector_id'))
    .where('is_configured', '=', 1)
    .orderBy('updated_at', 'desc')
    .orderBy('id', 'desc')
    .execute();
}

/** Whether any connector of the channel was ever set up. */
export async function hasAnyConnector({ db }: Store, type: string): Promise<boolean> {
  const any = db.selectFrom('connectors').select('id').where('type', '=', type).limit(1);
  return (await any.executeTakeFirst()) !== undefined;
}

/** Statements that undo a change unless whoever makes it still may. */
export type Still = readonly CompiledQuery<unknown>[];

/** The connector that has to be live for a change to happen; `null` for none, `undefined` whichever it is. */
export type Replaces = string | null | undefined;

/**
 * Makes this configuration the live one, in one transaction; the one before becomes a previous one, and one that waits
 * for its configuration has been waited for long enough.
 * @returns whether it did: nothing is kept of it where another connector is live than `replaces` says
 */
export async function setUpConnector(
  store: Store,
  connector: ConnectorsTable,
  replaces: Replaces,
  still: Still = [],
): Promise<boolean> {
  const { id, type, created_at } = connector;
  const [, , pointed] = await store.atomically([
    // Rows before the pointer, as everywhere: what waits may be getting its configuration at this moment.
    lockUnconfigured(type).compile(store.db),
    store.db.insertInto('connectors').values(connector).compile(),
    pointTo(id, created_at, replaces).compile(store.db),
    // Nobody else can point at the row before the commit.
    store.db
      .deleteFrom('connectors')
      .where('id', '=', id)
      .where('id', 'not in', store.db.selectFrom('live_connectors').select('connector_id'))
      .compile(),
    store.db
      .deleteFrom('connectors')
      .where('type', '=', type)
      .where('is_configured', '=', 0)
      .where(({ exists, selectFrom }) =>
        exists(selectFrom('live_connectors').select('type').where('connector_id', '=', id)),
      )
      .compile(),
    ...still,
  ]);
  return pointed.length > 0;
}

/** Makes this configuration the live one only if no connector of its channel was ever set up. @returns whether it did */
export async function setUpFirstConnector(store: Store, connector: ConnectorsTable): Promise<boolean> {
  const { id, type, factory_id, config, metadata, created_at } = connector;
  const [inserted] = await store.atomically([
    sql<{ id: string }>`insert into connectors (id, type, factory_id, config, metadata, created_at, updated_at)
      select ${text(id)}, ${text(type)}, ${text(factory_id)}, ${text(config)}, ${text(metadata)}, ${whole(created_at)},
        ${whole(created_at)}
      where not exists (select 1 from connectors where type = ${text(type)}) on conflict (id) do nothing returning id`.compile(
      store.db,
    ),
    // The encrypted configuration is never the same twice: this points at the row only if it was inserted just now.
    sql`insert into live_connectors (type, connector_id, since)
      select type, id, ${whole(created_at)} from connectors where id = ${id} and config = ${config}`.compile(store.db),
  ]);
  return inserted.length > 0;
}

/**
 * Makes a previous configuration the live one again.
 * @returns it; `unknown` when there is none with this id, `conflict` when another is live than `replaces` says
 */
export async function restoreConnector(
  store: Store,
  { id, now, replaces, still = [] }: { id: string; now: number; replaces: Replaces; still?: Still },
): Promise<ConnectorsTable | 'unknown' | 'conflict'> {
  const [[known], pointed, [restored]] = await store.atomically([
    // The row comes first: PostgreSQL locks it, and whoever forgets it at the same time waits or was there before.
    lock(id).compile(store.db),
    pointTo(id, now, replaces).compile(store.db),
    store.db
      .updateTable('connectors')
      .set({ updated_at: later(now) })
      .where('id', '=', id)
      .where('id', 'in', store.db.selectFrom('live_connectors').select('connector_id').where('since', '=', now))
      .returningAll()
      .compile(),
    ...still,
  ]);
  if (!known) return 'unknown';
  return pointed.length > 0 && restored ? restored : 'conflict';
}

/** Changes nothing but takes the lock of a configuration. */
const lock = (id: string) =>
  sql<{ id: string }>`update connectors set updated_at = updated_at where id = ${id} returning id`;

const lockUnconfigured = (type: string) =>
  sql`update connectors set updated_at = updated_at where type = ${type} and is_configured = 0`;

/** No two states of a configuration carry the same time, so that a caller can tell which one was seen. */
export const later = (now: number) =>
  sql<number>`case when updated_at < ${whole(now)} then ${whole(now)} else updated_at + 1 end`;

/**
 * Moves the pointer to the live connector, or puts it there, in one statement; does nothing for an unknown id, nor where
 * another connector is live than `replaces` says. @returns a row if it did
 */
function pointTo(id: string, now: number, replaces: Replaces) {
  const insertion = sql`insert into live_connectors (type, connector_id, since)
    select type, id, ${whole(now)} from connectors where id = ${id}`;
  if (replaces === null) {
    return sql<{ type: string }>`${insertion} on conflict (type) do nothing returning type`;
  }
  if (replaces !== undefined) {
    return sql<{ type: string }>`update live_connectors set connector_id = ${id}, since = ${now}
      where connector_id = ${replaces} and type = (select type from connectors where id = ${id}) returning type`;
  }
  return sql<{ type: string }>`${insertion}
    on conflict (type) do update set connector_id = excluded.connector_id, since = excluded.since returning type`;
}

/**
 * Replaces the configuration of a live connector, if it is still as it was read.
 * @returns when it was changed, which is never the time of an earlier state; `undefined` if it was not as it was read
 */
export async function updateLiveConfig(
  store: Store,
  before: Pick<ConnectorsTable, 'id' | 'config'>,
  config: string,
  { now, still = [] }: { now: number; still?: Still },
): Promise<number | undefined> {
  const { db } = store;
  const [[updated]] = await store.atomically([
    db
      .updateTable('connectors')
      .set({ config, updated_at: later(now) })
      .where('id', '=', before.id)
      .where('config', '=', before.config)
      .where('id', 'in', db.selectFrom('live_connectors').select('connector_id'))
      .returning('updated_at')
      .compile(),
    ...still,
  ]);
  return updated?.updated_at;
}

/**
 * Ends the life of a connector; its configuration becomes a previous one.
 * @param before statements of the same transaction, while it is live
 * @returns whether it was live
 */
export async function deleteLiveConnector(
  store: Store,
  id: string,
  before: readonly CompiledQuery<unknown>[] = [],
): Promise<boolean> {
  const deleting = store.db.deleteFrom('live_connectors').where('connector_id', '=', id).returning('connector_id');
  const results = await store.atomically([...before, deleting.compile()]);
  return (results.at(-1) ?? []).length > 0;
}

/** Whether a configuration is the live one. */
export const isLiveConnector = (id: string) =>
  sql<boolean>`exists (select 1 from live_connectors where connector_id = ${id})`;

/** Whether a connector has this configuration, which is encrypted and so never the same twice. */
export const hasConfig = (id: string, config: string) =>
  sql<boolean>`exists (select 1 from connectors where id = ${id} and config = ${config})`;

/** Deletes a previous configuration for good. @returns whether there was one */
export async function forgetPreviousConnector(store: Store, id: string): Promise<boolean> {
  const { db } = store;
  const [, deleted] = await store.atomically([
    // Under the lock, the deletion sees what a restore at the same time has done.
    lock(id).compile(db),
    db
      .deleteFrom('connectors')
      .where('id', '=', id)
      .where('is_configured', '=', 1)
      .where('id', 'not in', db.selectFrom('live_connectors').select('connector_id'))
      .returning('id')
      .compile(),
  ]);
  return deleted.length > 0;
}
