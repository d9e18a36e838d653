import { expect, test } from 'vitest';
import type { Database } from '../../bench/contenders/contender.ts';
import type { Findings } from '../../bench/findings.ts';
import { toMarkdown } from '../../bench/report/markdown.ts';
import { scalingTables } from '../../bench/report/scaling.ts';
import type { Operation } from '../../bench/rounds.ts';

/** A thousand operations in a second, each with so many microseconds of CPU. */
const cell = (operation: Operation, label: string, server: number, database?: number, count = 1_000) => ({
  operation,
  connections: 16,
  label,
  database: (database === undefined ? 'SQLite' : 'PostgreSQL') as Database,
  elapsedMs: 1_000,
  latenciesMs: Array.from({ length: count }, () => 2),
  cpuMs: { server: (server * count) / 1_000, database: database && (database * count) / 1_000 },
});

const findings: Findings = {
  conditions: ['some day', 'some machine'],
  filled: [{ database: 'PostgreSQL', rows: 1_000, seconds: 1, sizeMb: 0.5 }],
  cells: [
    cell('send', 'Sesame', 400),
    cell('send', 'better-auth', 900, undefined, 100),
    cell('send', 'bare route, grouped commits', 100),
    cell('check', 'Sesame', 200),
    cell('send', 'Sesame', 500, 100),
    cell('check', 'Sesame', 300, 100),
    cell('sign-in', 'Sesame', 6_000, 3_000),
  ],
  footprints: [{ label: 'Sesame', database: 'SQLite', readyMs: 400, idleMb: 99, loadedMb: 201 }],
  bareNodeMemoryMb: 44,
  pauses: [],
};

test('sizes follow from the figures as docs/scaling.md reckons them', () => {
  const lines = scalingTables(findings).split('\n');
  expect(lines).toContain('| CPU of a send, µs | 400 | 500 | 100 |');
  // 600,000 / (400 + 200), / (500 + 300), / (100 + 100)
  expect(lines).toContain('| sends with their checks a second at 60 % of a core | 1000 | 750 | 3000 |');
  expect(lines).toContain('| sign-ins a second at 60 % of a core | – | 100 | 200 |');
  // 100 × 6,000 / 600,000 and one to spare; 100 × 3,000 / 600,000; 100 / 3 × 86,400 a day, 500 bytes each for 90 days
  expect(lines).toContain('| 100 | 2 | 1 | 20 | 2.9 million | 130 |');
  expect(lines).toContain('| 10,000 | 101 | 50 | 1010 | 288.0 million | 12960 |');
});

test('the report says which goals are reached', () => {
  const lines = toMarkdown(findings).split('\n');
  expect(lines).toContain('| send | 16 | better-auth | 100 | 2.00 | 2.00 | 900 |  | 10.00× |');
  expect(lines).toContain('- reached: send at 16, to better-auth: 10.00×, goal at least 5×');
  expect(lines).toContain(
    '- reached: CPU of a send at 16, to the bare route, grouped commits, with one: 4.00×, goal at most 4×',
  );
  expect(lines).toContain('- not measured: send at 64, to better-auth: –, goal at least 8×');
  expect(lines).toContain('- **not reached**: memory after load: 201 MB, goal at most 200 MB');
});
