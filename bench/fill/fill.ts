import { join } from 'node:path';
import { openStore, type StoreLocation } from '../../packages/server/src/store/store.ts';
import { fillPostgres } from './postgres.ts';
import { type Amounts, auditLog, messages, users } from './rows.ts';
import { fillSqlite } from './sqlite.ts';

/** A row: its columns and what is in them. */
export type Row = Record<string, unknown>;
/** The rows of a table, in the order of its key where that is the order of time. */
export type TableRows = { table: string; rows: Iterable<Row> };

/** Fills an empty database, whose tables Sesame's own migrations make. @returns how long that took, in seconds */
export async function fill(location: StoreLocation, amounts: Amounts): Promise<number> {
  const startedAt = performance.now();
  const store = await openStore(location);
  await store.close();
  const now = Date.now();
  const tables: TableRows[] = [
    { table: 'users', rows: users(amounts, now) },
    { table: 'messages', rows: messages(amounts, now) },
    { table: 'audit_log', rows: auditLog(amounts, now) },
  ];
  if ('dataDir' in location) fillSqlite(join(location.dataDir, 'sesame.db'), tables);
  else await fillPostgres(location.databaseUrl, tables);
  return (performance.now() - startedAt) / 1000;
}
