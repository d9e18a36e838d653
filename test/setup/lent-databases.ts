import { Client } from 'pg';
import { openStore, type Store } from '../../packages/server/src/store/store.ts';

/** A PostgreSQL database with its tables, and what throws it away. */
export type OwnDatabase = { location: { databaseUrl: string }; remove: () => Promise<void> };

/** A store that nobody else has for now; `close` gives it back. */
export type LentStore = { location: { databaseUrl: string }; store: Store };

/** One that is there to be lent: connections cost most of a new one, so they stay open. */
type Database = OwnDatabase & { store: Store; cleaner: Client; shape: string };

/** A worker rarely has more at the same time. */
const maxIdle = 2;
/** What PostgreSQL plans for in a table that it knows nothing about. One that has grown beyond is made anew. */
const maxPages = 10;

/**
 * Lends databases of PostgreSQL from test to test, emptied. One is thrown away instead when something is still under way
 * in it, when its tables or its settings are not what they were, or when its connections were broken off.
 * @param make gives another one
 * @param tables what is emptied
 */
export function createLentDatabases(make: () => Promise<OwnDatabase>, tables: readonly string[]) {
  const idle: Database[] = [];
  const clean = cleaning(tables);

  async function open(): Promise<Database> {
    const own = await make();
    const store = await openStore(own.location);
    const cleaner = new Client({ connectionString: own.location.databaseUrl });
    // The server may stop first.
    cleaner.on('error', () => {});
    await cleaner.connect();
    const { rows } = await cleaner.query(`select ${shape} as shape`);
    return { ...own, store, cleaner, shape: rows[0].shape };
  }

  async function takeBack(database: Database, isWhole: boolean): Promise<void> {
    await database.store.flush();
    if (isWhole && idle.length < maxIdle && (await clean(database).catch(() => false))) {
      idle.push(database);
      return;
    }
    await database.cleaner.end();
    await database.store.close();
    await database.remove();
  }

  return async (): Promise<LentStore> => {
    const database = idle.pop() ?? (await open());
    return { location: database.location, store: lend(database.store, (isWhole) => takeBack(database, isWhole)) };
  };
}

/** The store until it is closed: what still wants something of it then must not reach whoever has it next. */
function lend(store: Store, giveBack: (isWhole: boolean) => Promise<void>): Store {
  let isWhole = true;
  let returned: Promise<void> | undefined;
  const check = () => {
    if (returned) throw new Error('The store is closed.');
  };
  const whileLent = <Of extends unknown[], Gives>(method: (...of: Of) => Promise<Gives>) => {
    return async (...of: Of): Promise<Gives> => {
      check();
      return method(...of);
    };
  };
  const plugin: Parameters<Store['db']['withPlugin']>[0] = {
    transformQuery({ node }) {
      check();
      return node;
    },
    transformResult: async ({ result }) => result,
  };
  return {
    ...store,
    db: store.db.withPlugin(plugin),
    reader: store.reader.withPlugin(plugin),
    run: whileLent(store.run) as Store['run'],
    atomically: whileLent(store.atomically as never) as Store['atomically'],
    eventually: whileLent(store.eventually),
    ahead: whileLent(store.ahead),
    exclusively: store.exclusively && (whileLent(store.exclusively as never) as Store['exclusively']),
    ping: whileLent(store.ping),
    time: store.time && whileLent(store.time),
    breakOff() {
      if (returned) return;
      isWhole = false;
      store.breakOff();
    },
    close: () => {
      returned ??= giveBack(isWhole);
      return returned;
    },
  };
}

const thisDatabase = '(select oid from pg_database where datname = current_database())';
const isOurs = `relnamespace = 'public'::regnamespace`;

/** What a test may have changed and not put back: tables, indexes, columns, triggers, functions, settings. */
const shape = `concat_ws(' ',
  (select count(*) from pg_class where ${isOurs}),
  (select sum(hashtext(concat(relname, relnatts, relchecks, relhastriggers, relhasrules))) from pg_class where ${isOurs}),
  (select sum(hashtext(xmin::text)) from pg_attribute
    where attrelid in (select oid from pg_class where ${isOurs} and relkind = 'r')),
  (select concat(count(*), max(oid)) from pg_trigger),
  (select max(oid) from pg_proc),
  (select count(*) from pg_db_role_setting where setdatabase = ${thisDatabase}))`;

/** A session that is in a transaction, or holds a lock. */
const busy = `exists (select 1 from pg_stat_activity
    where datname = current_database() and backend_type = 'client backend' and pid <> pg_backend_pid() and state <> 'idle')
  or exists (select 1 from pg_locks where locktype = 'advisory'
    and database = ${thisDatabase})`;

const large = `array(select relname::text from pg_class
  where ${isOurs} and relkind = 'r' and pg_relation_size(oid) > ${maxPages} * current_setting('block_size')::int)`;

/** @returns what empties a database, and tells whether it is as it was */
function cleaning(tables: readonly string[]): (database: Database) => Promise<boolean> {
  // Neither keys to other tables nor triggers, so that the order does not matter and nothing is written.
  const quietly = (statements: string) =>
    `begin; set local session_replication_role = replica; set local lock_timeout = '1s'; ${statements}; commit`;
  const empty = quietly(tables.map((table) => `delete from "${table}"`).join('; '));
  const statements = `select ${shape} as shape, ${busy} as busy, ${large} as large; ${empty}`;
  return async ({ cleaner, shape: before }) => {
    // One result for each statement.
    const results = (await cleaner.query(statements)) as unknown as [{ rows: [Found] }];
    const [found] = results[0].rows;
    if (found.busy || found.shape !== before) return false;
    const grown = found.large.filter((table) => tables.includes(table)).map((table) => `"${table}"`);
    if (grown.length > 0) await cleaner.query(quietly(`truncate ${grown.join(', ')} cascade`));
    return true;
  };
}

type Found = { shape: string; busy: boolean; large: string[] };
