import { expect, test } from 'vitest';
import { judge, runBudgets, sizeBudgets } from '../../bench/budgets/budgets.ts';
import { measureSizes } from '../../bench/budgets/sizes.ts';

test('packages, the Console and the hosted pages are within their budgets', () => {
  const sizes = measureSizes();
  expect(judge(sizeBudgets, sizes).broken).toEqual([]);
  // Nothing was looked at in the wrong place.
  expect(sizes.packages).toBeGreaterThan(20);
  expect(sizes.consoleFirstLoad).toBeGreaterThan(100);
});

test('what is above its budget is broken, and what nobody could measure is not', () => {
  const budgets = { cpu: runBudgets.sendCpu, memory: runBudgets.idleMemory, start: runBudgets.start };
  const { lines, broken } = judge(budgets, { cpu: 2.51, memory: 100, start: Number.NaN });
  expect(broken).toEqual(['cpu']);
  expect(lines).toEqual([
    expect.stringMatching(/2\.51 × \| 2\.5 × \| \*\*broken\*\* \|$/),
    expect.stringMatching(/100\.0 MB \| 100 MB \| kept \|$/),
    expect.stringMatching(/– \| 1000 ms \| not measured \|$/),
  ]);
});
