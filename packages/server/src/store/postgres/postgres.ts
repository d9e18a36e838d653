import {
  type CompiledQuery,
  type Dialect,
  type Kysely,
  PostgresDialect,
  type PostgresPoolClient,
  type QueryResult,
  sql,
} from 'kysely';
import type { PoolClient } from 'pg';
import { parseDatabaseUrl } from '../../database-url/database-url.ts';
import type { Schema } from '../schema.ts';
import { createConnections } from './connections.ts';
import { beginWith, type Patience, settingsOf } from './session.ts';

/** What statements of a pool may take. */
export const patience = {
  usual: { maxConnections: 10, statementSeconds: 10 },
  /** Few, so that lists leave the database to those who sign in. */
  reader: { maxConnections: 2, statementSeconds: 10 },
  migration: { maxConnections: 1, statementSeconds: 0 },
} as const satisfies Record<string, Patience>;

/** Opens a pool of connections to PostgreSQL; a lost database is retried by the next query. @throws DatabaseUrlError */
export function openPostgres(
  databaseUrl: string,
  limits: Patience = patience.usual,
): {
  dialect: Dialect;
  atomically: (queries: readonly CompiledQuery[]) => Promise<QueryResult<unknown>[]>;
  /** Where the tables are, if the URL says so. */
  schema: string | undefined;
} {
  const url = parseDatabaseUrl(databaseUrl);
  const settings = settingsOf(url, limits);
  const { connect, end } = createConnections(url, settings, limits);
  const beginShared = beginWith(settings);

  async function atomically(queries: readonly CompiledQuery[]): Promise<QueryResult<unknown>[]> {
    const { client, isOwnSession } = await connect();
    try {
      const results = await inTransaction(client, isOwnSession ? 'begin' : beginShared, queries);
      client.release();
      return results.map(({ rows, rowCount }) => ({ rows, numAffectedRows: BigInt(rowCount ?? 0) }));
    } catch (error) {
      // Whatever state the connection is in, it is not used again.
      client.release(true);
      throw error;
    }
  }

  /** For Kysely. Without a session of its own, each statement outside of a transaction gets one. */
  async function connectForKysely(): Promise<PostgresPoolClient> {
    const { client, isOwnSession } = await connect();
    if (isOwnSession) return client;
    const query = async (sql: string, parameters: readonly unknown[]) => {
      if (client.getTransactionStatus() !== 'I') return client.query(sql, [...parameters]);
      if (/^(begin|start transaction)\b/i.test(sql)) return client.query(beginWith(settings, sql));
      const [result] = await inTransaction(client, beginShared, [{ sql, parameters }]);
      return result;
    };
    return { query, release: () => client.release() } as PostgresPoolClient;
  }

  return {
    dialect: new PostgresDialect({ pool: { connect: connectForKysely, end, options: {} } }),
    atomically: (queries) => withReplay(() => atomically(queries)),
    schema: url.schema,
  };
}

/** SQLSTATEs of a transaction that was rolled back only because of others: serialization failure, deadlock. */
const replayable = new Set(['40001', '40P01']);
const maxReplays = 5;

async function withReplay<T>(run: () => Promise<T>): Promise<T> {
  for (let replays = 0; ; replays += 1) {
    try {
      return await run();
    } catch (error) {
      if (replays === maxReplays || !replayable.has(String((error as { code?: unknown }).code))) throw error;
    }
  }
}

type Result = { rows: unknown[]; rowCount: number | null };

/** Sent without waiting in between. After a failure PostgreSQL refuses the rest and turns COMMIT into a rollback. */
async function inTransaction(
  client: PoolClient,
  begin: string,
  queries: readonly Pick<CompiledQuery, 'sql' | 'parameters'>[],
): Promise<Result[]> {
  const settled = await Promise.allSettled<Result>([
    client.query(begin),
    ...queries.map(({ sql, parameters }) => client.query(sql, [...parameters])),
    client.query('commit'),
  ]);
  const failed = settled.find((outcome) => outcome.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.slice(1, -1).map((outcome) => (outcome as PromiseFulfilledResult<Result>).value);
}

/** As the planner has it, who knows how large the table is now. */
export async function estimateRows(db: Kysely<Schema>, table: keyof Schema): Promise<number> {
  const { rows } = await sql<Record<'QUERY PLAN', [{ Plan: { 'Plan Rows': number } }]>>`
    explain (format json) select 1 from ${sql.table(table)}`.execute(db);
  return rows[0]?.['QUERY PLAN'][0].Plan['Plan Rows'] ?? 0;
}
