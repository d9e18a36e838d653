import { DatabaseSync } from 'node:sqlite';
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { createCheckpoints } from './checkpoints.ts';
import { GroupCommit } from './group-commit.ts';
import { checkFile } from './moved-file.ts';
import { openReadOnly } from './read-only.ts';

/**
 * How long a write waits for the lock of another process, and this one with it, in milliseconds: longer than commands that
 * are run beside the server write.
 */
const lockWaitMs = 2_000;

/** Opens a SQLite file for durable writes: every commit is on the disk before it is answered. */
export function openSqlite(file: string): {
  dialect: Dialect;
  writes: GroupCommit;
  reads: GroupCommit;
  close: () => Promise<void>;
} {
  const writer = new DatabaseSync(file);
  writer.exec(`PRAGMA busy_timeout = ${lockWaitMs}; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL`);
  writer.exec('PRAGMA foreign_keys = ON; PRAGMA journal_size_limit = 67108864');
  const checkpoints = createCheckpoints(writer, file);
  const reader = openReadOnly(file);
  const check = checkFile(file);
  const writes = new GroupCommit(writer, undefined, () => {
    check();
    checkpoints.look();
  });
  const reads = new GroupCommit(reader);
  const dialect: Dialect = {
    createAdapter: () => new ConcurrentSqliteAdapter(),
    createDriver: () => new SqliteDriver(writes, reads),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new SqliteQueryCompiler(),
  };
  return {
    dialect,
    writes,
    reads,
    close: async () => {
      await checkpoints.end();
      reader.close();
      writer.close();
    },
  };
}

/** Kysely would put a mutex around the connection and so undo the grouping; the driver orders the writes itself. */
export class ConcurrentSqliteAdapter extends SqliteAdapter {
  override get supportsMultipleConnections(): boolean {
    return true;
  }

  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class SqliteDriver implements Driver {
  readonly #writes: GroupCommit;
  readonly #reads: GroupCommit;

  constructor(writes: GroupCommit, reads: GroupCommit) {
    this.#writes = writes;
    this.#reads = reads;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<SqliteConnection> {
    return new SqliteConnection(this.#writes, this.#reads);
  }

  async beginTransaction(connection: SqliteConnection): Promise<void> {
    connection.end = await this.#writes.hold();
  }

  async commitTransaction(connection: SqliteConnection): Promise<void> {
    connection.finish('COMMIT');
  }

  async rollbackTransaction(connection: SqliteConnection): Promise<void> {
    connection.finish('ROLLBACK');
  }

  async releaseConnection(): Promise<void> {}

  async destroy(): Promise<void> {}
}

class SqliteConnection implements DatabaseConnection {
  readonly #writes: GroupCommit;
  readonly #reads: GroupCommit;
  /** Ends the explicit transaction that this connection is in. */
  end: ((statement: 'COMMIT' | 'ROLLBACK') => void) | undefined;

  constructor(writes: GroupCommit, reads: GroupCommit) {
    this.#writes = writes;
    this.#reads = reads;
  }

  async executeQuery<R>(query: CompiledQuery): Promise<QueryResult<R>> {
    return (await this.#run(query)) as QueryResult<R>;
  }

  #run(query: CompiledQuery): QueryResult<unknown> | Promise<QueryResult<unknown> | undefined> {
    if (this.end) return this.#writes.runNow(query);
    if (query.query.kind === 'SelectQueryNode') return this.#reads.runNow(query);
    return this.#writes.run([query]).then(([result]) => result);
  }

  finish(statement: 'COMMIT' | 'ROLLBACK'): void {
    const end = this.end;
    this.end = undefined;
    end?.(statement);
  }

  // biome-ignore lint/correctness/useYield: Kysely asks for the method; nothing here streams
  async *streamQuery<R>(): AsyncIterableIterator<QueryResult<R>> {
    throw new Error('Rows are not streamed from SQLite.');
  }
}
