import { expect, test } from 'vitest';
import type { Query } from './batch.ts';
import { join } from './joining.ts';

const query = (name: string, ...parameters: unknown[]): Query => ({ sql: name, name, parameters, isJoint: true });
const unit = (id: string, { locks = [id], names = ['first', 'second'] } = {}) => ({
  id,
  locks,
  queries: names.map((name) => query(name, [id], [`${name} of ${id}`, null], 7)),
});
const texts = (queries: readonly Query[]) => queries.map(({ sql, parameters }) => [sql, ...parameters]);

test('each statement of units that contend for nothing runs once, with what each of them brings', () => {
  expect(texts(join([unit('a'), unit('b')]).queries)).toEqual([
    ['first', ['a', 'b'], ['first of a', null, 'first of b', null], 7],
    ['second', ['a', 'b'], ['second of a', null, 'second of b', null], 7],
  ]);
});

test('what they give goes to whom it belongs to', () => {
  const units = [unit('a'), unit('b'), unit('c')];
  const rows = [
    [
      { unit: 'c', n: 1 },
      { unit: 'a', n: 2 },
      { unit: 'c', n: 3 },
    ],
    [],
  ];
  const shared = join(units).share(rows.map((of) => ({ rows: of })));
  expect(shared.map(([{ id }, results]) => [id, results.map((result) => result.rows)])).toEqual([
    ['a', [[{ unit: 'a', n: 2 }], []]],
    ['b', [[], []]],
    [
      'c',
      [
        [
          { unit: 'c', n: 1 },
          { unit: 'c', n: 3 },
        ],
        [],
      ],
    ],
  ]);
});

test('units that name the same keep their order, and so do those with other statements', () => {
  const other = { ...unit('d'), queries: [{ sql: 'other', parameters: [[1]] }] };
  const units = [unit('a', { locks: ['total', 'a'] }), unit('b'), unit('c', { locks: ['total'] }), other, unit('e')];
  const { queries, share } = join(units);
  expect(texts(queries).map(([sql, ids]) => [sql, ids])).toEqual([
    ['first', ['a']],
    ['second', ['a']],
    ['first', ['b', 'e']],
    ['second', ['b', 'e']],
    ['first', ['c']],
    ['second', ['c']],
    ['other', [1]],
  ]);
  const shared = share(queries.map((_, index) => ({ rows: [{ unit: 'e', index }] })));
  expect(shared.map(([{ locks }, results]) => [locks.at(-1), results.map(({ rows }) => rows.length)])).toEqual([
    ['a', [1, 1]],
    ['b', [0, 0]],
    ['e', [1, 1]],
    ['total', [1, 1]],
    ['d', [1]],
  ]);
});

test('who names one thing twice contends with nobody', () => {
  expect(join([unit('a', { locks: ['a', 'a'] }), unit('b')]).queries).toHaveLength(2);
});
