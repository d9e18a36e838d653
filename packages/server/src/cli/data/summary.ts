import type { CopiedTable } from '../../store/copy/copy-tables.ts';
import { grouped } from './progress.ts';

/** Prints the rows of each table with a digest of them, and where something could not be kept. @returns all rows */
export function printSummary(copied: readonly CopiedTable[], print: (line: string) => void): number {
  const width = Math.max(...copied.map(({ table }) => table.name.length));
  for (const { table, rows, digest } of copied) {
    print(`  ${table.name.padEnd(width)}  ${grouped(rows).padStart(11)}  ${digest}`);
  }
  for (const { table, changed } of copied.filter(({ changed }) => changed > 0)) {
    print(`In ${grouped(changed)} rows of ${table.name} U+FFFD took the place of a NUL, which PostgreSQL cannot keep.`);
  }
  return copied.reduce((sum, { rows }) => sum + rows, 0);
}
