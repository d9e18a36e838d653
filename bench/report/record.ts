import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const file = join(import.meta.dirname, '../../docs/benchmark.md');
const marks = ['<!-- report -->', '<!-- /report -->'] as const;

/** Replaces the report in docs/benchmark.md, between its marks. */
export function record(report: string): void {
  const text = readFileSync(file, 'utf8');
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number];
  if (start < 0 || end < start) throw new Error(`${file} has no ${marks.join(' … ')}.`);
  writeFileSync(file, `${text.slice(0, start)}${marks[0]}\n\n${report}\n${text.slice(end)}`);
}
