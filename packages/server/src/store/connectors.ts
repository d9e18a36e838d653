import { sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { ConnectorsTable } from './schema.ts';
import type { Store } from './store.ts';

const ofType = 'Sms';

const live = ({ db }: Store) =>
  db.selectFrom('live_connectors').innerJoin('connectors', 'connectors.id', 'live_connectors.connector_id');

/** The live connector of the type, if there is one. */
export function findLiveConnector(store: Store): Promise<ConnectorsTable | undefined> {
  return live(store).selectAll('connectors').where('live_connectors.type', '=', ofType).executeTakeFirst();
}

/** Every configuration that was live before, newest first. */
export function listPreviousConnectors({ db }: Store): Promise<ConnectorsTable[]> {
  return db
    .selectFrom('connectors')
    .selectAll()
    .where('id', 'not in', db.selectFrom('live_connectors').select('connector_id'))
    .orderBy('updated_at', 'desc')
    .execute();
}

/** Whether any connector was ever set up. */
export async function hasAnyConnector({ db }: Store): Promise<boolean> {
  return (await db.selectFrom('connectors').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Makes this configuration the live one, in one transaction; the one before becomes a previous one. */
export async function setUpConnector(store: Store, connector: ConnectorsTable): Promise<void> {
  await store.atomically([
    store.db.insertInto('connectors').values(connector).compile(),
    pointTo(connector.id, connector.created_at).compile(store.db),
  ]);
}

/** Makes this configuration the live one only if no connector was ever set up. @returns whether it did */
export async function setUpFirstConnector(store: Store, connector: ConnectorsTable): Promise<boolean> {
  const { id, type, factory_id, config, metadata, created_at } = connector;
  const [inserted] = await store.atomically([
    sql<{ id: string }>`insert into connectors (id, type, factory_id, config, metadata, created_at, updated_at)
      select ${text(id)}, ${text(type)}, ${text(factory_id)}, ${text(config)}, ${text(metadata)}, ${whole(created_at)},
        ${whole(created_at)}
      where not exists (select 1 from connectors) on conflict (id) do nothing returning id`.compile(store.db),
    // The encrypted configuration is never the same twice: this points at the row only if it was inserted just now.
    sql`insert into live_connectors (type, connector_id, since)
      select type, id, ${whole(created_at)} from connectors where id = ${id} and config = ${config}`.compile(store.db),
  ]);
  return inserted.length > 0;
}

/** Makes a previous configuration the live one again. @returns it, if there is one with this id */
export async function restoreConnector(store: Store, id: string, now: number): Promise<ConnectorsTable | undefined> {
  // The row comes first: PostgreSQL locks it, and whoever forgets it at the same time waits or was there before.
  const [[restored]] = await store.atomically([
    store.db.updateTable('connectors').set({ updated_at: now }).where('id', '=', id).returningAll().compile(),
    pointTo(id, now).compile(store.db),
  ]);
  return restored;
}

/** Moves the pointer to the live connector, or puts it there, in one statement; does nothing for an unknown id. */
function pointTo(id: string, now: number) {
  return sql`insert into live_connectors (type, connector_id, since)
    select type, id, ${whole(now)} from connectors where id = ${id}
    on conflict (type) do update set connector_id = excluded.connector_id, since = excluded.since`;
}

/** Replaces the configuration of a live connector, if it is still as it was read. @returns whether it was */
export async function updateLiveConfig(
  { db }: Store,
  before: Pick<ConnectorsTable, 'id' | 'config'>,
  config: string,
  now: number,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('connectors')
    .set({ config, updated_at: now })
    .where('id', '=', before.id)
    .where('config', '=', before.config)
    .where('id', 'in', db.selectFrom('live_connectors').select('connector_id'))
    .executeTakeFirstOrThrow();
  return numUpdatedRows > 0n;
}

/** Ends the life of a connector; its configuration becomes a previous one. @returns whether it was live */
export async function deleteLiveConnector({ db }: Store, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('live_connectors')
    .where('connector_id', '=', id)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}

/** Deletes a previous configuration for good. @returns whether there was one */
export async function forgetPreviousConnector(store: Store, id: string): Promise<boolean> {
  const { db } = store;
  // Changes nothing but takes the lock, so that the deletion sees what a restore at the same time has done.
  const lock = sql`update connectors set updated_at = updated_at where id = ${id}`;
  const [, deleted] = await store.atomically([
    lock.compile(db),
    db
      .deleteFrom('connectors')
      .where('id', '=', id)
      .where('id', 'not in', db.selectFrom('live_connectors').select('connector_id'))
      .returning('id')
      .compile(),
  ]);
  return deleted.length > 0;
}
