import { sql } from 'kysely';
import { later, type Still } from './connectors.ts';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { ConnectorsTable } from './tables/connectors.ts';

/** The connectors that wait for their configuration, one of each channel at most. */
export function listUnconfiguredConnectors({ db }: Store): Promise<ConnectorsTable[]> {
  return db.selectFrom('connectors').selectAll().where('is_configured', '=', 0).orderBy('type').execute();
}

/** Keeps a connector that waits for its configuration; it takes the place of the one of its channel that waited. */
export async function keepUnconfiguredConnector(
  store: Store,
  connector: ConnectorsTable,
  still: Still = [],
): Promise<void> {
  const waiting = { ...connector, is_configured: 0 };
  const keeping = store.db
    .insertInto('connectors')
    .values(waiting)
    .onConflict((conflict) =>
      // A parameter would not be recognised as the condition of the index.
      conflict.column('type').where(sql<boolean>`is_configured = 0`).doUpdateSet(waiting),
    );
  await store.atomically([keeping.compile(), ...still]);
}

/**
 * Gives a connector its first configuration and makes it the live one, in one transaction.
 * @returns when that was; `undefined` where it does not wait any more
 */
export async function configureConnector(
  store: Store,
  { id }: Pick<ConnectorsTable, 'id'>,
  config: string,
  { now, still = [] }: { now: number; still?: Still },
): Promise<number | undefined> {
  const [[configured]] = await store.atomically([
    store.db
      .updateTable('connectors')
      .set({ config, is_configured: 1, updated_at: later(now) })
      .where('id', '=', id)
      .where('is_configured', '=', 0)
      .returning('updated_at')
      .compile(),
    // The encrypted configuration is never the same twice: this points at the row only if it was configured just now.
    sql`insert into live_connectors (type, connector_id, since)
      select type, id, ${whole(now)} from connectors where id = ${text(id)} and config = ${text(config)}
      on conflict (type) do update set connector_id = excluded.connector_id, since = excluded.since`.compile(store.db),
    ...still,
  ]);
  return configured?.updated_at;
}

/** @returns whether there was one */
export async function deleteUnconfiguredConnector({ db }: Store, id: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('connectors')
    .where('id', '=', id)
    .where('is_configured', '=', 0)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
