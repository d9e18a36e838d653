import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledQuery, Kysely, type QueryResult, sql } from 'kysely';
import { createChanges } from './held-tables.ts';
import { migrateToLatest } from './migrations/index.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite/dialect.ts';

/** The database behind everything; one shape for SQLite and PostgreSQL. */
export type Store = {
  db: Kysely<Schema>;
  /** Runs the statements in order in one transaction: all or none. Resolves after the commit, with each one's rows. */
  atomically: <const Q extends readonly CompiledQuery<unknown>[]>(
    queries: Q,
  ) => Promise<{ -readonly [K in keyof Q]: Q[K] extends CompiledQuery<infer Row> ? Row[] : never }>;
  /** How many statements of this process may have changed what is held in memory (`held.ts`), each after its commit. */
  changes: () => number;
  /** @throws when the database does not answer */
  ping: () => Promise<void>;
  close: () => Promise<void>;
};

/** Where the data lives: a PostgreSQL URL, or a folder for the SQLite file. */
export type StoreLocation = { databaseUrl: string } | { dataDir: string };

/** Opens the store and brings its tables up to date; safe when several processes start at once. */
export async function openStore(location: StoreLocation): Promise<Store> {
  const { dialect, close, schemaOf, ...opened } = await ('databaseUrl' in location
    ? postgres(location.databaseUrl)
    : sqlite(location.dataDir));
  const changes = createChanges();
  const run = changes.noting(opened.run);
  const db = new Kysely<Schema>({ dialect, log: ({ query }) => changes.note(query) });
  try {
    await migrateToLatest(db, await schemaOf(db));
  } catch (error) {
    await db.destroy();
    close();
    throw error;
  }
  return {
    db,
    atomically: async (queries) => {
      const results = await run(queries);
      return results.map(({ rows }) => rows) as never;
    },
    changes: changes.count,
    ping: async () => void (await sql`select 1`.execute(db)),
    close: async () => {
      await db.destroy();
      close();
    },
  };
}

type Run = (queries: readonly CompiledQuery[]) => Promise<QueryResult<unknown>[]>;

function sqlite(dataDir: string) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { dialect, groupCommit, close } = openSqlite(join(dataDir, 'sesame.db'));
  const run: Run = (queries) => groupCommit.run(queries);
  return { dialect, run, close, schemaOf: async () => undefined };
}

/** Loads the driver only when it is wanted: it takes memory. */
async function postgres(url: string) {
  const { openPostgres } = await import('./postgres/postgres.ts');
  const { dialect, atomically, schema } = openPostgres(url);
  const run: Run = atomically;
  // Tables of others with the names of ours may be in other schemas.
  const schemaOf = async (db: Kysely<Schema>) => schema ?? (await currentSchema(db));
  return { dialect, run, close: () => {}, schemaOf };
}

async function currentSchema(db: Kysely<Schema>): Promise<string | undefined> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  return rows[0]?.name ?? undefined;
}
