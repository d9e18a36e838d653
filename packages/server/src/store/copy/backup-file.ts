import { hash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { CopyError } from './copy-error.ts';
import { type CopiedTable, copyTables } from './copy-tables.ts';
import type { Progress } from './progress.ts';
import { createRowsDigest, type RowsDigest } from './rows.ts';
import type { Side } from './side.ts';
import { createDatabase, definitionsOf, sync, type TableDefinitions } from './sqlite-file.ts';
import { sqliteSide } from './sqlite-side.ts';
import { type Table, tablesOf } from './tables.ts';

/**
 * A backup is a SQLite database with every table as it was, whichever database it is of, and one more table, which has
 * this as JSON.
 */
export type BackupHeader = {
  format: 1;
  /** ISO 8601. */
  madeAt: string;
  /** SHA-256 of what makes the tables. */
  definitions: string;
  tables: Record<string, RowsDigest>;
  /** The server's secret key, where it was wanted. */
  secretKey?: string;
};

const headerTable = 'sesame_backup';

/** What a new backup is made of. */
export type NewBackup = {
  /** With the tables of the definitions. */
  source: Side;
  definitions: TableDefinitions;
  header: Pick<BackupHeader, 'madeAt' | 'secretKey'>;
  progress: Progress;
  signal: AbortSignal | undefined;
};

/**
 * Writes a backup to a file that is not there yet. It is on the disk afterwards; `checkBackup` tells whether it is
 * good.
 */
export async function writeBackup(file: string, backup: NewBackup): Promise<CopiedTable[]> {
  const { source, definitions, header, progress, signal } = backup;
  const database = createDatabase(file, definitions);
  try {
    const sides = { source, target: sqliteSide(database), tables: tablesOf(database), signal };
    const copied = await copyTables({ ...sides, onRows: await progress.begin('Copied', sides) });
    for (const statement of definitions.afterwards) database.exec(statement);
    const tables = Object.fromEntries(copied.map(({ table, rows, digest }) => [table.name, { rows, digest }]));
    const whole: BackupHeader = { format: 1, ...header, definitions: digestOfDefinitions(database), tables };
    database.exec(`create table ${headerTable} (format integer primary key, header text not null)`);
    database.prepare(`insert into ${headerTable} values (?, ?)`).run(whole.format, JSON.stringify(whole));
    database.exec('commit');
    return copied;
  } finally {
    database.close();
    sync(file);
  }
}

export type OpenBackup = { database: DatabaseSync; header: BackupHeader };

/** Opens a backup and reads what it says of itself. @throws CopyError when it is none */
export function openBackup(file: string): OpenBackup {
  const database = new DatabaseSync(file, { readOnly: true });
  try {
    requireWhole(file);
    return { database, header: readHeader(database) };
  } catch (error) {
    database.close();
    throw new CopyError(`${file} is damaged, or no backup that "sesame backup" made (${(error as Error).message}).`);
  }
}

/**
 * SQLite itself does not miss what is cut off the last page where nothing is on it.
 * @see https://www.sqlite.org/fileformat.html#the_database_header
 */
function requireWhole(file: string): void {
  const header = readFileSync(file).subarray(0, 100);
  const pageBytes = header.readUInt16BE(16);
  const bytes = header.readUInt32BE(28) * (pageBytes === 1 ? 65_536 : pageBytes);
  if (statSync(file).size !== bytes) throw new Error('it is not as long as it says');
}

/** Turns the copy of a backup into a database for a server; the secret key is not left in it. */
export function openForServers(file: string): void {
  const database = new DatabaseSync(file);
  database.exec(`pragma journal_mode = memory; pragma secure_delete = on; drop table ${headerTable}`);
  database.close();
}

function readHeader(database: DatabaseSync): BackupHeader {
  const { header } = database.prepare(`select header from ${headerTable}`).get() as { header: string };
  const read = JSON.parse(header) as BackupHeader;
  if (read.format !== 1) throw new Error('a later version made it');
  return read;
}

/** Compares what is in a backup with what it says is in it. @throws CopyError when it is damaged */
export async function checkBackup(
  { database, header }: OpenBackup,
  { progress, signal }: Pick<NewBackup, 'progress' | 'signal'>,
): Promise<void> {
  try {
    const problem = await problemOf(database, header, { progress, signal });
    if (problem) throw new Error(problem);
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new CopyError(`The backup is damaged: ${(error as Error).message}. Take another one.`);
  }
}

async function problemOf(
  database: DatabaseSync,
  header: BackupHeader,
  { progress, signal }: Pick<NewBackup, 'progress' | 'signal'>,
): Promise<string | undefined> {
  const { integrity_check: integrity } = database.prepare('pragma integrity_check(1)').get() ?? {};
  if (integrity !== 'ok') return String(integrity);
  if (digestOfDefinitions(database) !== header.definitions) return 'the tables are not as they were';
  const tables = tablesOf(database).filter(({ name }) => name !== headerTable);
  const source = sqliteSide(database);
  const onRows = await progress.begin('Checked', { source, tables });
  for (const table of tables) {
    const { rows, digest } = await digestOf(source, table, { onRows, signal });
    const expected = header.tables[table.name];
    if (rows !== expected?.rows) return `${table.name} has ${rows} rows instead of ${expected?.rows ?? 'none'}`;
    if (digest !== expected.digest) return `something in ${table.name} is not as it was`;
  }
  return undefined;
}

function digestOfDefinitions(database: DatabaseSync): string {
  const { tables, afterwards } = definitionsOf(database);
  const isCopied = (statement: string) => !statement.includes(headerTable);
  return hash('sha256', JSON.stringify([...tables.filter(isCopied), ...afterwards].sort()), 'hex');
}

async function digestOf(
  source: Side,
  table: Table,
  { onRows, signal }: { onRows: (table: Table, rows: number) => void; signal: AbortSignal | undefined },
): Promise<RowsDigest> {
  const digest = createRowsDigest();
  for await (const rows of source.read(table)) {
    signal?.throwIfAborted();
    for (const row of rows) digest.add(row);
    onRows(table, rows.length);
  }
  return digest.result();
}
