import { sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** What can be said of the database as a whole. */
export type DatabaseFacts = {
  kind: Store['kind'];
  version: string;
  bytes: number;
  /** About how many rows the tables have that grow. */
  rows: Record<(typeof growing)[number], number>;
};

const growing = ['users', 'messages', 'audit_log', 'oidc_models', 'sign_in_flows'] as const satisfies (keyof Schema)[];

const facts = {
  SQLite: sql<Row>`select sqlite_version() as version, page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`,
  PostgreSQL: sql<Row>`select current_setting('server_version') as version, pg_database_size(current_database()) as bytes`,
};
type Row = { version: string; bytes: number | string };

/** Asks the database, without a look at its rows. */
export async function describeDatabase(store: Store): Promise<DatabaseFacts> {
  const { rows: found } = await facts[store.kind].execute(store.reader);
  const { version, bytes } = found[0] as Row;
  const counts = await Promise.all(growing.map(async (table) => [table, await store.estimateRows(table)] as const));
  return {
    kind: store.kind,
    version,
    bytes: Number(bytes),
    rows: Object.fromEntries(counts) as DatabaseFacts['rows'],
  };
}
