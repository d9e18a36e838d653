import { DatabaseSync, type SQLInputValue } from 'node:sqlite';
import type { TableRows } from './fill.ts';

/** A database that is being filled may break with the machine, so nothing waits for the disk until the end. */
const quickly = 'PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF; PRAGMA cache_size = -1000000';

/** Fills the tables of a SQLite file in one transaction each; indexes are made afterwards, which is faster. */
export function fillSqlite(file: string, tables: readonly TableRows[]): void {
  const database = new DatabaseSync(file);
  database.exec(quickly);
  for (const { table, rows } of tables) {
    const indexes = database
      .prepare(`select name, sql from sqlite_master where type = 'index' and tbl_name = ? and sql is not null`)
      .all(table);
    database.exec('BEGIN');
    for (const { name } of indexes) database.exec(`drop index ${name}`);
    insertAll(database, table, rows);
    for (const { sql } of indexes) database.exec(String(sql));
    database.exec('COMMIT');
  }
  database.exec('PRAGMA synchronous = FULL; PRAGMA journal_mode = WAL');
  database.close();
}

function insertAll(database: DatabaseSync, table: string, rows: TableRows['rows']): void {
  let insert: { statement: ReturnType<DatabaseSync['prepare']>; columns: string[] } | undefined;
  for (const row of rows) {
    insert ??= prepareInsert(database, table, Object.keys(row));
    insert.statement.run(...insert.columns.map((column) => row[column] as SQLInputValue));
  }
}

function prepareInsert(database: DatabaseSync, table: string, columns: string[]) {
  const places = columns.map(() => '?').join(', ');
  return { columns, statement: database.prepare(`insert into ${table} (${columns.join(', ')}) values (${places})`) };
}
