import { closeSync, fsyncSync, openSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CopyError } from './copy-error.ts';
import { isOurs } from './tables.ts';

const busy = 5;

/** Opens a database that nobody else has open, and keeps others from it until it is closed. @throws CopyError */
export function openAlone(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  try {
    database.exec('pragma locking_mode = exclusive; begin exclusive');
    return database;
  } catch (error) {
    database.close();
    if ((error as { errcode?: number }).errcode !== busy) throw error;
    throw new CopyError(
      `${file} is in use. Stop Sesame, all that works on this folder, so that nothing is written meanwhile.`,
    );
  }
}

/** Opens a database as it is at this moment, whatever others write to it. */
export function openSnapshot(file: string): DatabaseSync {
  const database = new DatabaseSync(file);
  // The transaction begins with its first read.
  database.exec('pragma busy_timeout = 5000; pragma query_only = on; begin; select 1 from sqlite_schema');
  return database;
}

/** What makes tables like those of a database: the tables, and what belongs onto them once the rows are in. */
export type TableDefinitions = { tables: string[]; afterwards: string[] };

export function definitionsOf(database: DatabaseSync): TableDefinitions {
  const rows = database.prepare(`select type, sql from sqlite_schema where sql is not null and ${isOurs}`).all();
  const of = (isTable: boolean) =>
    rows.filter(({ type }) => (type === 'table') === isTable).map((row) => String(row.sql));
  return { tables: of(true), afterwards: of(false) };
}

/** Makes a database to be filled in one go; one that is not finished is worth nothing. */
export function createDatabase(file: string, { tables }: Pick<TableDefinitions, 'tables'>): DatabaseSync {
  closeSync(openSync(file, 'wx', 0o600));
  const database = new DatabaseSync(file, { enableForeignKeyConstraints: false });
  database.exec('pragma locking_mode = exclusive; pragma journal_mode = off; pragma synchronous = off; begin');
  for (const statement of tables) database.exec(statement);
  return database;
}

/** Waits until the file, or the names in the folder, are on the disk. */
export function sync(path: string): void {
  // Windows opens no folders.
  if (process.platform === 'win32') return;
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
}
