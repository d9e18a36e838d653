import type { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { DatabaseError } from 'pg';
import { CopyError, UnknownOutcome } from './copy-error.ts';
import { type CopiedTable, compareTables, copyTables } from './copy-tables.ts';
import { filledTable, takeYourTime } from './postgres-database.ts';
import { postgresSide } from './postgres-side.ts';
import type { Progress } from './progress.ts';
import { sqliteSide } from './sqlite-side.ts';
import { type Table, tablesOf, withoutMigrations } from './tables.ts';

/** Rows for an empty PostgreSQL. */
export type Filling = {
  /** With the same tables. */
  source: DatabaseSync;
  progress: Progress;
  signal: AbortSignal | undefined;
  /** Writes what else is to be there, in the same transaction. */
  finish?: (transaction: Kysely<unknown>) => Promise<void>;
};

/**
 * Fills the empty tables of PostgreSQL with the rows of a SQLite database and compares each, in one transaction: in the
 * end there are all, or none. Others cannot write to these tables meanwhile.
 * @throws CopyError when there are rows already, or a row did not arrive as it is; UnknownOutcome
 */
export function fillPostgres(
  db: Kysely<unknown>,
  { source: database, progress, signal, finish }: Filling,
): Promise<CopiedTable[]> {
  const tables = withoutMigrations(tablesOf(database));
  let isWhole = false;
  const filling = db.transaction().execute(async (transaction) => {
    await takeYourTime(transaction);
    const names = sql.join(tables.map(({ name }) => sql.id(name)));
    await sql`lock table ${names} in share row exclusive mode`.execute(transaction);
    await refuseFilled(transaction, tables);
    const sides = { source: sqliteSide(database), target: postgresSide(transaction), tables, signal };
    const copied = await copyTables({ ...sides, onRows: await progress.begin('Copied', sides) });
    for (const { name } of tables) await setSequences(transaction, name);
    await compareTables({ ...sides, onRows: await progress.begin('Compared', sides) });
    await finish?.(transaction);
    isWhole = true;
    return copied;
  });
  return filling.catch((error: unknown) => {
    if (!isWhole || error instanceof DatabaseError) throw error;
    throw new UnknownOutcome(
      'The connection to PostgreSQL was lost at the very end, so that it is not known whether the data is there: all of it, or nothing. Run the command again: it says so where it is.',
    );
  });
}

/** @throws CopyError when a table has rows */
export async function refuseFilled(db: Kysely<unknown>, tables: readonly Pick<Table, 'name'>[]): Promise<void> {
  const filled = await filledTable(
    db,
    tables.map(({ name }) => name),
  );
  if (filled === undefined) return;
  throw new CopyError(
    `The database has data of Sesame already (in ${filled}). Name an empty one; nothing was changed in this one.`,
  );
}

/** Lets what PostgreSQL numbers by itself go on after the rows that have come. */
async function setSequences(db: Kysely<unknown>, table: string): Promise<void> {
  const { rows } = await sql<{ column: string; sequence: string }>`
    select * from (
      select attname as column, pg_get_serial_sequence(quote_ident(${table}), attname) as sequence from pg_attribute
      where attrelid = to_regclass(quote_ident(${table})) and attnum > 0 and not attisdropped) as numbered
    where sequence is not null`.execute(db);
  for (const { column, sequence } of rows) {
    await sql`
      select setval(${sequence}::regclass, max(${sql.id(column)})) from ${sql.id(table)}
      having max(${sql.id(column)}) is not null`.execute(db);
  }
}
