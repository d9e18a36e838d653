import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledQuery, Kysely, type QueryResult, sql } from 'kysely';
import { createChanges } from './held-tables.ts';
import { migrateToLatest } from './migrations/index.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite/dialect.ts';
import { estimateRows as estimateRowsInSqlite } from './sqlite/estimate-rows.ts';
import { createReader } from './sqlite/reader.ts';
import { readerDialect } from './sqlite/reader-dialect.ts';

/** The database behind everything; one shape for SQLite and PostgreSQL. */
export type Store = {
  db: Kysely<Schema>;
  /**
   * Reads that may take long (lists, figures, exports), so that nobody waits for them: on SQLite a thread of their own, on
   * PostgreSQL connections of their own. It sees what is committed, and refuses what takes too much.
   */
  reader: Kysely<Schema>;
  /** About how many rows a table has, without a look at them. */
  estimateRows: (table: keyof Schema) => Promise<number>;
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
  const { dialect, readerDialect, migrate, estimateRows, close, ...opened } = await ('databaseUrl' in location
    ? postgres(location.databaseUrl)
    : sqlite(location.dataDir));
  const changes = createChanges();
  const run = changes.noting(opened.run);
  const db = new Kysely<Schema>({ dialect, log: ({ query }) => changes.note(query) });
  const reader = new Kysely<Schema>({ dialect: readerDialect });
  const end = async () => {
    await Promise.all([db.destroy(), reader.destroy()]);
    await close();
  };
  try {
    await migrate(db);
  } catch (error) {
    await end();
    throw error;
  }
  return {
    db,
    reader,
    estimateRows: (table) => estimateRows(reader, table),
    atomically: async (queries) => {
      const results = await run(queries);
      return results.map(({ rows }) => rows) as never;
    },
    changes: changes.count,
    ping: async () => void (await sql`select 1`.execute(db)),
    close: end,
  };
}

type Run = (queries: readonly CompiledQuery[]) => Promise<QueryResult<unknown>[]>;

function sqlite(dataDir: string) {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, 'sesame.db');
  const { dialect, groupCommit, close } = openSqlite(file);
  const run: Run = (queries) => groupCommit.run(queries);
  return {
    dialect,
    readerDialect: readerDialect(createReader(file)),
    migrate: (db: Kysely<Schema>) => migrateToLatest(db, undefined),
    estimateRows: estimateRowsInSqlite,
    run,
    close,
  };
}

/** Loads the driver only when it is wanted: it takes memory. */
async function postgres(url: string) {
  const { estimateRows, openPostgres, patience } = await import('./postgres/postgres.ts');
  const { asReader } = await import('./postgres/reader-dialect.ts');
  const { dialect, atomically } = openPostgres(url);
  const run: Run = atomically;
  const readerDialect = asReader(openPostgres(url, patience.reader).dialect);
  return { dialect, readerDialect, migrate: () => migratePatiently(url), estimateRows, run, close: async () => {} };
}

/** An index on many rows takes longer than any other statement may. */
async function migratePatiently(url: string): Promise<void> {
  const { openPostgres, patience } = await import('./postgres/postgres.ts');
  const { dialect, schema } = openPostgres(url, patience.migration);
  const db = new Kysely<Schema>({ dialect });
  try {
    // Tables of others with the names of ours may be in other schemas.
    await migrateToLatest(db, schema ?? (await currentSchema(db)));
  } finally {
    await db.destroy();
  }
}

async function currentSchema(db: Kysely<Schema>): Promise<string | undefined> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  return rows[0]?.name ?? undefined;
}
