import type { Database } from '../contenders/contender.ts';
import type { Findings } from '../findings.ts';
import type { Cell, Operation } from '../rounds.ts';

/** Which figure: by default of SQLite. */
export type Wanted = { operation: Operation; connections: number; label: string; database?: Database };

/** What was measured, if it was. */
export const cellOf = (
  { cells }: Pick<Findings, 'cells'>,
  { database = 'SQLite', ...wanted }: Wanted,
): Cell | undefined =>
  cells.find(
    (cell) =>
      cell.operation === wanted.operation &&
      cell.connections === wanted.connections &&
      cell.label === wanted.label &&
      cell.database === database,
  );

/** Operations per second; not a number where nothing was measured. */
export const rateOf = (cell: Cell | undefined): number =>
  cell && cell.latenciesMs.length > 0 ? (cell.latenciesMs.length / cell.elapsedMs) * 1000 : Number.NaN;

/** Microseconds of CPU for one operation; not a number where nobody knows. */
export function cpuUsOf(cell: Cell | undefined, part: keyof Cell['cpuMs']): number {
  const ms = cell?.cpuMs[part];
  return cell && ms !== undefined && cell.latenciesMs.length > 0 ? (ms / cell.latenciesMs.length) * 1000 : Number.NaN;
}

export const row = (...columns: string[]): string => `| ${columns.join(' | ')} |`;
export const times = (ratio: number): string => (Number.isNaN(ratio) ? '–' : `${ratio.toFixed(2)}×`);
export const whole = (value: number | undefined): string =>
  value === undefined || Number.isNaN(value) ? '–' : value.toFixed(0);
