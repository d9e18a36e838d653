import { type CompiledQuery, type Dialect, PostgresDialect, type QueryResult } from 'kysely';
import { Pool, types } from 'pg';

const int8 = 20;
const maxConnections = 10;

/** Opens a pool of connections to PostgreSQL; a lost database is retried by the next query. */
export function openPostgres(url: string): {
  dialect: Dialect;
  atomically: (queries: readonly CompiledQuery[]) => Promise<QueryResult<unknown>[]>;
} {
  const pool = new Pool({
    connectionString: url,
    max: maxConnections,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 10_000,
    query_timeout: 12_000,
    keepAlive: true,
    pipeline: true,
    // Our integers (times in milliseconds, counts) all fit a double; pg would give strings.
    types: { getTypeParser: (id, format) => (id === int8 ? Number : types.getTypeParser(id, format)) },
  });
  // A connection that breaks while idle, or while it is taken but waits for nothing, is no error of anybody's: its next
  // query fails. Without these, pg would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  return {
    dialect: new PostgresDialect({ pool }),
    atomically: (queries) => withReplay(() => atomically(pool, queries)),
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

async function atomically(pool: Pool, queries: readonly CompiledQuery[]): Promise<QueryResult<unknown>[]> {
  const client = await pool.connect();
  const run = (text: string, values: readonly unknown[] = []) => client.query(text, [...values]);
  try {
    // Sent without waiting in between. After a failure PostgreSQL refuses the rest and turns COMMIT into a rollback.
    const [, ...settled] = await Promise.allSettled([
      run('BEGIN'),
      ...queries.map(({ sql, parameters }) => run(sql, parameters)),
      run('COMMIT'),
    ]);
    const failed = settled.find((outcome) => outcome.status === 'rejected');
    if (failed) throw failed.reason;
    client.release();
    return settled.slice(0, -1).map((outcome) => {
      const { rows, rowCount } = (outcome as PromiseFulfilledResult<{ rows: unknown[]; rowCount: number | null }>)
        .value;
      return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
    });
  } catch (error) {
    // Whatever state the connection is in, it is not used again.
    client.release(true);
    throw error;
  }
}
