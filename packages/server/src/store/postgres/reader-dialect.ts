import type { CompiledQuery, DatabaseConnection, Dialect, Driver, QueryResult } from 'kysely';
import { ApiError } from '../../errors.ts';

/** SQLSTATE of a statement that PostgreSQL ended because it took too long. */
const canceled = '57014';
/** What pg says when no connection has become free. */
const noneFree = 'timeout exceeded when trying to connect';
const retryAfterSeconds = 5;

/** Says of reads that take too long, or are too many, what they are, rather than that the database is away. */
export function asReader(dialect: Dialect): Dialect {
  return {
    createAdapter: () => dialect.createAdapter(),
    createDriver: () => driverOf(dialect.createDriver()),
    createIntrospector: (db) => dialect.createIntrospector(db),
    createQueryCompiler: () => dialect.createQueryCompiler(),
  };
}

function driverOf(driver: Driver): Driver {
  /** Those that PostgreSQL made, so that it gets them back. */
  const made = new WeakMap<DatabaseConnection, DatabaseConnection>();
  return {
    init: () => driver.init(),
    async acquireConnection() {
      const connection = await driver.acquireConnection().catch(sayWhatItIs);
      const reader: DatabaseConnection = {
        executeQuery: <R>(query: CompiledQuery): Promise<QueryResult<R>> =>
          connection.executeQuery<R>(query).catch(sayWhatItIs),
        streamQuery: (query, size) => connection.streamQuery(query, size),
      };
      made.set(reader, connection);
      return reader;
    },
    releaseConnection: (reader) => driver.releaseConnection(made.get(reader) as DatabaseConnection),
    beginTransaction: refuse,
    commitTransaction: refuse,
    rollbackTransaction: refuse,
    destroy: () => driver.destroy(),
  };
}

function sayWhatItIs(error: Error & { code?: unknown }): never {
  if (error.code === canceled) throw new ApiError('request.too_broad');
  throw error.message === noneFree ? new ApiError('system.too_many_reads', { retryAfterSeconds }) : error;
}

const refuse = async (): Promise<never> => {
  throw new Error('The reader runs single statements.');
};
