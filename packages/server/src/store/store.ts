import { join } from 'node:path';
import { type CompiledQuery, type Dialect, Kysely, type QueryResult, sql } from 'kysely';
import { makeFolder } from '../make-folder.ts';
import { createChanges } from './held-tables.ts';
import { createLateWrites } from './late-writes.ts';
import { isMigrated, type MigrationStep, migrateToLatest } from './migrations/index.ts';
import type { Schema } from './schema.ts';
import { openSqlite } from './sqlite/dialect.ts';
import { estimateRows as estimateRowsInSqlite } from './sqlite/estimate-rows.ts';
import { createReader } from './sqlite/reader.ts';
import { readerDialect } from './sqlite/reader-dialect.ts';

/** The database behind everything; one shape for SQLite and PostgreSQL. */
export type Store = {
  kind: 'SQLite' | 'PostgreSQL';
  /** Sees everything that was handed to the store before, also what nobody waits for. */
  db: Kysely<Schema>;
  /** Runs a statement of its own: at once where it only reads, which is by keys. */
  run: <Row>(query: CompiledQuery<Row>) => Promise<Row[]>;
  /**
   * Reads that may take long (lists, figures, exports), so that nobody waits for them: on SQLite a thread of their own, on
   * PostgreSQL connections of their own. It sees what is committed, and refuses what takes too much.
   */
  reader: Kysely<Schema>;
  /** About how many rows a table has, without a look at them. */
  estimateRows: (table: keyof Schema) => Promise<number>;
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
   * Runs a statement that nobody has to wait for with the next ones, 50 ms later at most; a crash loses it. Resolves when
   * it is written.
   */
  eventually: (query: CompiledQuery<unknown>, locks: readonly string[]) => Promise<void>;
  /**
   * As `eventually`, with what there is to write by the time that it is written: on SQLite when the transaction begins,
   * before the statements of whatever is handed over later. Not for what is held in memory.
   */
  ahead: (make: () => readonly CompiledQuery<unknown>[]) => Promise<void>;
  /**
   * Reads, and writes what comes of it, in a transaction of its own while nobody else has these names; nobody waits for
   * the disk, so that a crash of the database may undo it. Undefined where one process has the database to itself, whose
   * memory can tell as much. `write` may run again where the transaction was undone.
   */
  exclusively: Exclusively | undefined;
  /** Resolves when nothing waits any more that was to be written eventually. */
  flush: () => Promise<void>;
  /** @throws when the database does not answer */
  ping: () => Promise<void>;
  /** The clock of a database that has one of its own, in milliseconds since the epoch. @throws as `ping` */
  time: (() => Promise<number>) | undefined;
  /** Ends what is under way on a database that does not answer, or not soon, so that `close` need not wait for it. */
  breakOff: () => void;
  close: () => Promise<void>;
};

/** See `Store.exclusively`. */
export type Exclusively = <Row>(
  names: readonly string[],
  read: CompiledQuery<Row>,
  write: (rows: Row[]) => readonly CompiledQuery<unknown>[],
) => Promise<void>;

/** Where the data lives: a PostgreSQL URL, or a folder for the SQLite file. */
export type StoreLocation = { databaseUrl: string } | { dataDir: string };

/** A statement that somebody hears of once it is committed. */
export type Noticed<Row> = CompiledQuery<Row> & { onCommit?: () => void };

/** Told of each migration before it runs. */
export type TellMigration = (migration: MigrationStep) => void;

/** Statements for the transaction of something else, and what they contend for. */
export type Alongside = { statements: readonly CompiledQuery<unknown>[]; locks: readonly string[] };

/** Nothing of that. */
export const nothingAlongside: Alongside = { statements: [], locks: [] };

/** One of the databases. */
type Database = {
  dialect: Dialect;
  /** One transaction; `locks` as for `Store.atomically`. */
  run: (
    queries: readonly CompiledQuery[],
    locks?: readonly string[],
    isAwaited?: boolean,
  ) => Promise<QueryResult<unknown>[]>;
  read: (query: CompiledQuery) => QueryResult<unknown> | Promise<QueryResult<unknown>>;
  readerDialect: Dialect;
  migrate: (db: Kysely<Schema>, begins?: TellMigration) => Promise<void>;
  estimateRows: (reader: Kysely<Schema>, table: keyof Schema) => Promise<number>;
  exclusively?: Exclusively;
  /** As `run`, with what is to be written when the transaction begins. */
  runMade: (make: () => readonly CompiledQuery[]) => Promise<unknown>;
  /** As in `Store`, where others keep the time, or what is under way can be ended. */
  time?: () => Promise<number>;
  breakOff?: () => void;
  close: () => Promise<void>;
};

/** Opens the store and brings its tables up to date; safe when several processes start at once. */
export async function openStore(location: StoreLocation, migrationBegins?: TellMigration): Promise<Store> {
  const {
    dialect,
    readerDialect,
    read,
    migrate,
    estimateRows,
    close,
    time,
    runMade,
    breakOff = () => {},
    ...opened
  } = await ('databaseUrl' in location ? postgres(location.databaseUrl) : sqlite(location.dataDir));
  const changes = createChanges();
  const run = noticing(changes.noting(opened.run));
  const late = createLateWrites();
  const db = new Kysely<Schema>({ dialect: late.before(dialect), log: ({ query }) => changes.note(query) });
  const reader = new Kysely<Schema>({ dialect: late.before(readerDialect) });
  const end = async () => {
    await late.flush();
    await Promise.all([db.destroy(), reader.destroy()]);
    await close();
  };
  try {
    await migrate(db, migrationBegins);
  } catch (error) {
    await end();
    throw error;
  }
  const atomically = async (queries: readonly CompiledQuery[], locks?: readonly string[]) => {
    late.release();
    const results = await run(queries, locks);
    return results.map(({ rows }) => rows);
  };
  return {
    kind: 'databaseUrl' in location ? 'PostgreSQL' : 'SQLite',
    db,
    reader,
    estimateRows: (table) => estimateRows(reader, table),
    run: async (query) => {
      const isRead = query.query.kind === 'SelectQueryNode';
      const rows = isRead ? (await read(query)).rows : (await atomically([query]))[0];
      return rows as never;
    },
    changes: changes.count,
    atomically: atomically as Store['atomically'],
    eventually: (query, locks) =>
      late.add(async () => {
        await run([query], locks, false);
      }),
    ahead: (make) =>
      late.add(async () => {
        await runMade(make);
      }),
    exclusively: opened.exclusively,
    flush: late.flush,
    ping: async () => void (await read(sql`select 1`.compile(db))),
    time,
    breakOff,
    close: end,
  };
}

/** Tells who wants to hear of it that a transaction is committed. */
const noticing =
  (run: Database['run']): Database['run'] =>
  async (queries, ...how) => {
    const results = await run(queries, ...how);
    for (const query of queries as readonly Noticed<unknown>[]) query.onCommit?.();
    return results;
  };

function sqlite(dataDir: string): Database {
  makeFolder(dataDir, 0o700);
  const file = join(dataDir, 'sesame.db');
  const { dialect, writes, reads, close } = openSqlite(file);
  const reader = createReader(file);
  return {
    dialect,
    readerDialect: readerDialect(reader),
    breakOff: () => void reader.end(),
    async migrate(db, begins) {
      const table = sql`select 1 from sqlite_schema where type = 'table' and name = 'kysely_migration'`;
      if (!(await isMigrated(db, table))) await migrateToLatest(db, undefined, begins);
    },
    estimateRows: estimateRowsInSqlite,
    run: (queries, _, isAwaited) => writes.run(queries, isAwaited),
    runMade: (make) => writes.runMade(make),
    // Only the connection that writes keeps what it has read: each commit makes the other one forget it.
    read: (query) => (writes.isHeld ? reads : writes).runNow(query),
    close,
  };
}

/** Loads the driver only when it is wanted: it takes memory. */
async function postgres(url: string): Promise<Database> {
  const { estimateRows, openPostgres, patience } = await import('./postgres/postgres.ts');
  const { asReader } = await import('./postgres/reader-dialect.ts');
  const { dialect, run, read, exclusively, time, breakOff } = openPostgres(url);
  const reader = openPostgres(url, patience.reader);
  const migrate: Database['migrate'] = async (db, begins) => {
    // Where others have a table of this name, ours is still to be made in the first schema of the search path.
    const table = sql`select 1 where to_regclass(quote_ident(current_schema()) || '.kysely_migration') is not null`;
    if (!(await isMigrated(db, table))) await migratePatiently(url, begins);
  };
  return {
    dialect,
    readerDialect: asReader(reader.dialect),
    migrate,
    estimateRows,
    run,
    runMade: (make) => run(make()),
    read,
    exclusively,
    time,
    breakOff() {
      breakOff();
      reader.breakOff();
    },
    close: async () => {},
  };
}

/** An index on many rows takes longer than any other statement may. */
async function migratePatiently(url: string, begins?: TellMigration): Promise<void> {
  const { openPostgres, patience } = await import('./postgres/postgres.ts');
  const { dialect, schema } = openPostgres(url, patience.migration);
  const db = new Kysely<Schema>({ dialect });
  try {
    // Tables of others with the names of ours may be in other schemas.
    await migrateToLatest(db, schema ?? (await currentSchema(db)), begins);
  } finally {
    await db.destroy();
  }
}

async function currentSchema(db: Kysely<Schema>): Promise<string | undefined> {
  const { rows } = await sql<{ name: string | null }>`select current_schema() as name`.execute(db);
  return rows[0]?.name ?? undefined;
}
