import type { Row } from './rows.ts';
import type { Table } from './tables.ts';

/** One of the two databases between which rows are copied. Rows come and go some hundred at a time. */
export type Side = {
  /** About how many rows there are. */
  estimate: (table: Table) => Promise<number>;
  read: (table: Table) => AsyncIterable<Row[]>;
  /** The row as this database can keep it. */
  kept: (row: Row) => Row;
  /** @returns how many rows went in */
  insert: (table: Table, rows: readonly Row[]) => Promise<number>;
  /** The rows that have the keys of these. */
  find: (table: Table, rows: readonly Row[]) => Promise<Row[]>;
};

/** How many rows are read at once, at the most. */
export const maxRowsAtOnce = 500;
