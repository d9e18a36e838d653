import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const docs = join(import.meta.dirname, '../../docs');
const marks = ['<!-- measured -->', '<!-- /measured -->'] as const;

/** Puts what was measured into a page of docs/, between its marks. */
export function record(page: string, measured: string): void {
  const file = join(docs, page);
  const text = readFileSync(file, 'utf8');
  const [start, end] = marks.map((mark) => text.indexOf(mark)) as [number, number];
  if (start < 0 || end < start) throw new Error(`${file} has no ${marks.join(' … ')}.`);
  writeFileSync(file, `${text.slice(0, start)}${marks[0]}\n\n${measured}\n${text.slice(end)}`);
}
