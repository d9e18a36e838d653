import type { Copy } from './copy-tables.ts';
import type { Side } from './side.ts';
import type { Table } from './tables.ts';

/** What is done to rows. */
export type Phase = 'Copied' | 'Compared' | 'Checked';

/** Tells somebody how far it is. */
export type Progress = {
  /** Begins a phase over all rows of the source. @returns what to call after every few rows */
  begin: (phase: Phase, rows: { source: Side; tables: readonly Table[] }) => Promise<Copy['onRows']>;
};
