import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type CompiledQuery, type Dialect, Kysely, type QueryResult, sql } from 'kysely';
import { createChanges } from './held-tables.ts';
import { createLateWrites } from './late-writes.ts';
import { migrateToLatest } from './migrations/index.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite/dialect.ts';

/** The database behind everything; one shape for SQLite and PostgreSQL. */
export type Store = {
  /** Sees everything that was handed to the store before, also what nobody waits for. */
  db: Kysely<Schema>;
  /** Runs a statement of its own: at once where it only reads. */
  run: <Row>(query: CompiledQuery<Row>) => Promise<Row[]>;
  /**
   * Runs the statements in order in one transaction: all or none. Resolves after the commit, with each one's rows.
   * @param locks names everything that other units may want as well, so that it can travel with others; without, it
   *   travels alone, by the order of locks
   */
  atomically: <const Q extends readonly CompiledQuery<unknown>[]>(
    queries: Q,
    locks?: readonly string[],
  ) => Promise<{ -readonly [K in keyof Q]: Q[K] extends CompiledQuery<infer Row> ? Row[] : never }>;
  /** How many statements of this process may have changed what is held in memory (`held.ts`), each after its commit. */
  changes: () => number;
  /**
   * Runs a statement that nobody has to wait for with the next ones, 50 ms later at most; a crash loses it. Resolves
   * when it is written.
   */
  eventually: (query: CompiledQuery<unknown>, locks: readonly string[]) => Promise<void>;
  /** Resolves when nothing waits any more that was to be written eventually. */
  flush: () => Promise<void>;
  /** @throws when the database does not answer */
  ping: () => Promise<void>;
  close: () => Promise<void>;
};

/** Where the data lives: a PostgreSQL URL, or a folder for the SQLite file. */
export type StoreLocation = { databaseUrl: string } | { dataDir: string };

/** One of the databases. */
type Database = {
  dialect: Dialect;
  /** One transaction; `locks` as for `Store.atomically`. */
  run: (queries: readonly CompiledQuery[], locks?: readonly string[]) => Promise<QueryResult<unknown>[]>;
  read: (query: CompiledQuery) => QueryResult<unknown> | Promise<QueryResult<unknown>>;
  close: () => void;
  schemaOf: (db: Kysely<Schema>) => Promise<string | undefined>;
};

/** Opens the store and brings its tables up to date; safe when several processes start at once. */
export async function openStore(location: StoreLocation): Promise<Store> {
  const { dialect, read, close, schemaOf, ...opened } = await ('databaseUrl' in location
    ? postgres(location.databaseUrl)
    : sqlite(location.dataDir));
  const changes = createChanges();
  const run = changes.noting(opened.run);
  const late = createLateWrites();
  const db = new Kysely<Schema>({ dialect: late.before(dialect), log: ({ query }) => changes.note(query) });
  try {
    await migrateToLatest(db, await schemaOf(db));
  } catch (error) {
    await db.destroy();
    close();
    throw error;
  }
  const atomically = async (queries: readonly CompiledQuery[], locks?: readonly string[]) => {
    late.release();
    const results = await run(queries, locks);
    return results.map(({ rows }) => rows);
  };
  return {
    db,
    run: async (query) => {
      const isRead = query.query.kind === 'SelectQueryNode';
      const rows = isRead ? (await read(query)).rows : (await atomically([query]))[0];
      return rows as never;
    },
    changes: changes.count,
    atomically: atomically as Store['atomically'],
    eventually: (query, locks) => late.add(async () => void (await run([query], locks))),
    flush: late.flush,
    ping: async () => void (await read(sql`select 1`.compile(db))),
    close: async () => {
      await late.flush();
      await db.destroy();
      close();
    },
  };
}

function sqlite(dataDir: string): Database {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const { dialect, writes, reads, close } = openSqlite(join(dataDir, 'sesame.db'));
  return {
    dialect,
    run: (queries) => writes.run(queries),
    read: (query) => reads.runNow(query),
    close,
    schemaOf: async () => undefined,
  };
}

/** Loads the driver only when it is wanted: it takes memory. */
async function postgres(url: string): Promise<Database> {
  const { openPostgres } = await import('./postgres/postgres.ts');
  const { dialect, run, read, schema } = openPostgres(url);
  // Tables of others with the names of ours may be in other schemas.
  const schemaOf = async (db: Kysely<Schema>) => schema ?? (await currentSchema(db));
  return { dialect, run, read, close: () => {}, schemaOf };
}

async function currentSchema(db: Kysely<Schema>): Promise<string | undefined> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  return rows[0]?.name ?? undefined;
}
