import {
  type CompiledQuery,
  type Dialect,
  type Kysely,
  PostgresDialect,
  type PostgresPoolClient,
  type QueryResult,
  sql,
} from 'kysely';
import type { ClientBase } from 'pg';
import { parseDatabaseUrl } from '../../database-url/database-url.ts';
import type { Schema } from '../schema.ts';
import type { Exclusively } from '../store.ts';
import { isOfWhatItReads, isUnavailable } from '../unavailable.ts';
import { type Query, runBatch } from './batch.ts';
import { type Connection, createConnections } from './connections.ts';
import { createGroups, lockOf } from './groups.ts';
import { isReplayable, withReplay } from './replay.ts';
import { beginWith, type Patience, settingsOf } from './session.ts';
import { inTransaction, readThenWrite } from './transaction.ts';

/** What statements of a pool may take. */
export const patience = {
  usual: { maxConnections: 10, statementSeconds: 10, goesByKeys: true },
  /** Few, so that lists leave the database to those who sign in. */
  reader: { maxConnections: 2, statementSeconds: 10 },
  migration: { maxConnections: 1, statementSeconds: 0 },
} as const satisfies Record<string, Patience>;

/** A process that stands still between reading and writing must not keep the others. */
const whileExclusive = "set local synchronous_commit to off; set local idle_in_transaction_session_timeout to '2s'";

/** Opens a pool of connections to PostgreSQL; a lost database is retried by the next query. @throws DatabaseUrlError */
export function openPostgres(
  databaseUrl: string,
  limits: Patience = patience.usual,
): {
  dialect: Dialect;
  /** One transaction; with `locks` together with others of the same turn. */
  run: (queries: readonly CompiledQuery[], locks?: readonly string[]) => Promise<QueryResult<unknown>[]>;
  /** A statement that changes nothing, in one transaction with others of the same turn. */
  read: (query: CompiledQuery) => Promise<QueryResult<unknown>>;
  exclusively: Exclusively;
  /** Milliseconds since the epoch, as PostgreSQL has it. */
  time: () => Promise<number>;
  /** Ends every connection, whatever is under way on it. */
  breakOff: () => void;
  /** Where the tables are, if the URL says so. */
  schema: string | undefined;
} {
  const url = parseDatabaseUrl(databaseUrl);
  const settings = settingsOf(url, limits);
  const { connect, end, breakOff } = createConnections(url, settings, limits);
  const beginShared = beginWith(settings);

  type Run = (queries: readonly Query[]) => (client: ClientBase) => Promise<QueryResult<unknown>[]>;

  /** @param mayPrepare whether statements may be prepared where the session allows it */
  async function onConnection(
    mayPrepare: boolean,
    use: (connection: Connection, run: Run) => Promise<QueryResult<unknown>[]>,
  ): Promise<QueryResult<unknown>[]> {
    const connection = await connect();
    const { isOwnSession } = connection;
    const prepares = mayPrepare && (url.preparedStatements ?? isOwnSession);
    try {
      const results = await use(
        connection,
        (queries) => (client) => runBatch(client, queries, { prepares, isOwnSession }),
      );
      connection.client.release();
      return results;
    } catch (error) {
      // Whatever state the connection is in, it is not used again.
      connection.client.release(true);
      throw error;
    }
  }

  const transaction = (queries: readonly Query[], mayPrepare: boolean) =>
    onConnection(mayPrepare, ({ client, isOwnSession }, run) =>
      isOwnSession ? run(queries)(client) : inTransaction(client, beginShared, run(queries)),
    );

  /** For Kysely. Without a session of its own, each statement outside of a transaction gets one. */
  async function connectForKysely(): Promise<PostgresPoolClient> {
    const { client, isOwnSession } = await connect();
    let isLost = false;
    async function run(sql: string, parameters: readonly unknown[]): Promise<unknown> {
      if (isOwnSession || client.getTransactionStatus() !== 'I') return client.query(sql, [...parameters]);
      if (/^(begin|start transaction)\b/i.test(sql)) return client.query(beginWith(settings, sql));
      return inTransaction(client, beginShared, () => client.query(sql, [...parameters]));
    }
    const query = (sql: string, parameters: readonly unknown[]) =>
      run(sql, parameters).catch((error: unknown) => {
        // That it was ended is known from the error before the connection knows it.
        isLost ||= isUnavailable(error);
        throw error;
      });
    return { query, release: () => client.release(isLost) } as PostgresPoolClient;
  }

  const alone = (queries: readonly Query[]) => withReplay((mayPrepare) => transaction(queries, mayPrepare));
  const together = (queries: readonly Query[]) => transaction(queries, true);
  const grouped = createGroups({ together, alone });
  /** Apart, as those who only read wait for no lock and no disk. */
  const readGrouped = createGroups({
    together,
    alone,
    mayRepeat: (error) => isReplayable(error) || isOfWhatItReads(error),
  });

  const exclusively: Exclusively = async (names, reading, write) => {
    await withReplay((mayPrepare) =>
      onConnection(mayPrepare, ({ client, isOwnSession }, run) => {
        const begin = `${isOwnSession ? 'begin' : beginShared}; ${whileExclusive}`;
        return readThenWrite(client, begin, run([lockOf(names), reading]), (rows) => run(write(rows as never)));
      }),
    );
  };

  const first = async (results: Promise<QueryResult<unknown>[]>) => (await results)[0] as QueryResult<unknown>;

  return {
    dialect: new PostgresDialect({ pool: { connect: connectForKysely, end, options: {} } }),
    run: (queries, locks) => (locks ? grouped({ queries, locks }) : alone(queries)),
    read: (query) => first(readGrouped({ queries: [query], locks: [] })),
    exclusively,
    async time() {
      const { rows } = await first(alone([readClock]));
      return (rows as [{ ms: number }])[0].ms;
    },
    breakOff,
    schema: url.schema,
  };
}

/** `now()` would be when the transaction began. */
const readClock = {
  sql: 'select extract(epoch from clock_timestamp())::double precision * 1000 as ms',
  parameters: [],
};

/** As the planner has it, who knows how large the table is now. */
export async function estimateRows(db: Kysely<Schema>, table: keyof Schema): Promise<number> {
  const { rows } = await sql<Record<'QUERY PLAN', [{ Plan: { 'Plan Rows': number } }]>>`
    explain (format json) select 1 from ${sql.table(table)}`.execute(db);
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
