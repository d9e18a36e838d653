import { expect, test } from 'vitest';
import { createBudget } from './budget.ts';

test('allows so much in each period, and what is too much costs nothing', () => {
  let now = 0;
  const budget = createBudget(10, 1_000, () => now);
  expect([budget(6), budget(5), budget(4), budget(1)]).toEqual([true, false, true, false]);
  now = 999;
  expect(budget(1)).toBe(false);
  now = 1_000;
  expect(budget(10)).toBe(true);
});
