import { DatabaseSync, type StatementSync } from 'node:sqlite';
import type { Commit, Opened, Write } from './bare.ts';
import type { Execute } from './bare-statements.ts';

/** Opens a SQLite file for durable writes: a transaction for each, or one for all that arrive in one turn. */
export function openSqlite(file: string): Opened {
  const database = new DatabaseSync(file);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
  const statements = new Map<string, StatementSync>();
  const execute: Execute = (sql, parameters) => {
    const statement = statements.get(sql) ?? database.prepare(sql.replaceAll(/\$\d+/g, '?'));
    statements.set(sql, statement);
    statement.run(...parameters);
  };
  const transaction = (writes: readonly Write[]) => {
    database.exec('BEGIN IMMEDIATE');
    for (const write of writes) write(execute);
    database.exec('COMMIT');
  };
  const ways = { '': async (write: Write) => transaction([write]), '/grouped': grouped(transaction) };
  return { ways, close: async () => database.close() };
}

/** What arrives in one turn of the event loop shares a transaction. */
function grouped(transaction: (writes: readonly Write[]) => void): Commit {
  let waiting: { write: Write; resolve: () => void }[] = [];
  const flush = () => {
    const group = waiting;
    waiting = [];
    transaction(group.map(({ write }) => write));
    for (const { resolve } of group) resolve();
  };
  return (write) =>
    new Promise((resolve) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ write, resolve });
    });
}
