import { CopyError } from './copy-error.ts';
import { createRowsDigest, type Row, type RowsDigest, textOf } from './rows.ts';
import type { Side } from './side.ts';
import type { Table } from './tables.ts';

/** A copy of tables from one side to the other. */
export type Copy = {
  source: Side;
  target: Side;
  tables: readonly Table[];
  /** Told how many more rows are done. */
  onRows: (table: Table, rows: number) => void;
  /** Ends the copy with its reason. */
  signal?: AbortSignal | undefined;
};

/** What became of a table. */
export type CopiedTable = RowsDigest & {
  table: Table;
  /** Rows that the target cannot keep to the letter. */
  changed: number;
};

/** Copies every row. @returns what the target is to have @throws CopyError when it did not take each one */
export async function copyTables({ source, target, tables, onRows, signal }: Copy): Promise<CopiedTable[]> {
  const copied: CopiedTable[] = [];
  for (const table of tables) {
    const digest = createRowsDigest();
    let changed = 0;
    let inserted = 0;
    for await (const rows of source.read(table)) {
      signal?.throwIfAborted();
      const kept = rows.map(target.kept);
      inserted += await target.insert(table, kept);
      for (const row of kept) digest.add(row);
      changed += kept.filter((row, index) => row.some((cell, place) => cell !== rows[index]?.[place])).length;
      onRows(table, rows.length);
    }
    const result = digest.result();
    if (inserted !== result.rows) throw new CopyError(`Of ${result.rows} rows of ${table.name} ${inserted} went in.`);
    copied.push({ table, ...result, changed });
  }
  return copied;
}

/** Looks each row of the source up in the target, by its key. @throws CopyError about the first that differs */
export async function compareTables({ source, target, tables, onRows, signal }: Copy): Promise<void> {
  for (const table of tables) {
    let before = 0;
    for await (const rows of source.read(table)) {
      signal?.throwIfAborted();
      const expected = rows.map(target.kept);
      const keyOf = keyTextOf(table);
      const found = new Map((await target.find(table, expected)).map((row) => [keyOf(row), row]));
      for (const [index, row] of expected.entries()) {
        const other = found.get(keyOf(row));
        const difference = differenceOf(table, row, other);
        if (difference) throw new CopyError(`Row ${before + index + 1} of ${table.name} ${difference} in the copy.`);
      }
      before += rows.length;
      onRows(table, rows.length);
    }
  }
}

function keyTextOf({ columns, key }: Table): (row: Row) => string {
  const places = key.map((column) => columns.indexOf(column));
  return (row) => textOf(places.map((place) => row[place] ?? null));
}

/** Names columns only: values may be secret. */
function differenceOf({ columns }: Table, row: Row, other: Row | undefined): string | undefined {
  if (!other) return 'is not there';
  if (textOf(row) === textOf(other)) return undefined;
  const differing = columns.filter((_, place) => textOf([row[place] ?? null]) !== textOf([other[place] ?? null]));
  return `has another value of ${differing.join(', ')}`;
}
