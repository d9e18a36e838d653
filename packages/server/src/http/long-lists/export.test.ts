import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';
import { exportEntries } from './export.ts';

async function exported(text: string): Promise<string> {
  async function* slices() {
    yield [{ text, after: 'after' }];
  }
  const settings = { format: 'csv', columns: ['text', 'after'], isMasked: false } as const;
  const stream = await exportEntries(slices(), { ...settings, checkAdmitted: async () => {} });
  let csv = '';
  for await (const piece of stream) csv += piece;
  return csv;
}

/** Cells as a spreadsheet makes them that splits there, without what it passes over and nobody sees. */
const splits = (csv: string) =>
  [',', ';', '\t'].flatMap((delimiter) =>
    [{}, { quote: null }].flatMap((quoting) =>
      (parse(csv, { delimiter, relax_quotes: true, relax_column_count: true, ...quoting }) as string[][]).flatMap(
        (line) => line.map((cell) => cell.replace(/^["\s\u200b-\u200f\u2060\ufeff\u00ad\u3164\u2800\0]+/u, '')),
      ),
    ),
  );
const runs = /^[=+\-@＝＋－＠﹦﹢﹣﹫](?!\d+"?$)/u;

const formula = '=HYPERLINK("https://evil.example";"x")';
const invisible = [...'\u00a0\u200b\u200d\ufeff\u2060\u00ad\u3000\u2007\u3164\u2800 \0"'];
test.each([
  formula,
  '+1+cmd|"/C calc"!A0',
  '-2+3+cmd|"/C calc"!A0',
  '@SUM(1)',
  '＝1+1',
  '﹦1+1',
  `x;${formula};`,
  'x;=1+1;',
  'x;+1+1',
  'x;-1+1',
  'x;@SUM(1)',
  'x;;=1+1;=2+2;',
  'x\t=1+1',
  'x\n=1+1;',
  'x\r=1+1;',
  'x\r\n=1+1;',
  'x\u2028=1+1',
  'x;"=1+1;',
  'x; "=1+1;',
  '\t=1+1',
  '\n=1+1;',
  ...invisible.flatMap((sign) => [`${sign}=1+1`, `${sign}${sign}+1+1`, `x;${sign}=1+1;`, `x\t${sign}@SUM(1)`]),
])('no spreadsheet runs %j, wherever it splits', async (text) => {
  const csv = await exported(text);
  expect(splits(csv).filter((cell) => runs.test(cell))).toEqual([]);
  const [, [cell, after] = []] = parse(csv) as string[][];
  expect([cell?.replaceAll("'", ''), after]).toEqual([text, 'after']);
});

test.each([
  '+4915123456789',
  '-5',
  '',
  'Ali Baba',
  'a-b=c@example.com',
  'Cave; open, sesame',
  '2026-11-26T21:00:00Z',
  '{"tel":"+4915123456789","minus":-1}',
  'No way to +4915123456789; +4915123456780',
  'first;+4915123456789;last',
])('%j stays as it is', async (text) => {
  expect((parse(await exported(text)) as string[][])[1]).toEqual([text, 'after']);
});
