import { expect, test } from 'vitest';
import type { Side } from '../../store/copy/side.ts';
import { createProgress } from './progress.ts';

const tables = ['users', 'messages'].map((name) => ({ name, columns: ['id'], key: ['id'] }));
const [users, messages] = tables as [(typeof tables)[number], (typeof tables)[number]];

test('every five seconds it says how far it is, how fast, and how long it will take', async () => {
  const printed: string[] = [];
  let now = 1_000;
  const progress = createProgress({ now: () => now, print: (line) => printed.push(line) });
  const source = { estimate: async () => 500_000 } as unknown as Side;
  const onRows = await progress.begin('Copied', { source, tables });
  for (const [after, table, rows] of [
    [4_999, users, 100_000],
    [1, users, 25_000],
    [4_000, users, 375_000],
    [6_000, messages, 400_000],
    [5_000, messages, 200_000],
  ] as const) {
    now += after;
    onRows(table, rows);
  }
  expect(printed).toEqual([
    'Copying 2 tables …',
    'Copied 125,000 rows of about 1,000,000, 12 % (now users), 25,000 a second, 35 s left',
    'Copied 900,000 rows of about 1,000,000, 90 % (now messages), 60,000 a second, 2 s left',
    'Copied 1,100,000 rows (now messages), 55,000 a second',
  ]);
});

test('minutes are minutes', async () => {
  const printed: string[] = [];
  let now = 0;
  const progress = createProgress({ now: () => now, print: (line) => printed.push(line) });
  const onRows = await progress.begin('Compared', {
    source: { estimate: async () => 45_000 } as unknown as Side,
    tables,
  });
  now = 10_000;
  onRows(users, 1_000);
  expect(printed.at(-1)).toBe('Compared 1,000 rows of about 90,000, 1 % (now users), 100 a second, 14 min 50 s left');
});
