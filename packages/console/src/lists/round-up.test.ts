import { expect, test } from 'vitest';
import { roundUp } from './round-up.ts';

test.each([
  [0, 1],
  [1, 1],
  [3, 4],
  [7, 8],
  [10, 10],
  [11, 20],
  [1234, 2000],
  [55_000, 60_000],
])('the top of a chart of %i is %i', (most, top) => {
  expect(roundUp(most)).toBe(top);
});

test.each([
  [0, 1],
  [0.0361, 0.04],
  [0.7, 0.8],
  [1.2, 2],
  [36.1, 40],
])('the top of a chart of an amount of %f is %f', (most, top) => {
  expect(roundUp(most, false)).toBeCloseTo(top, 10);
});
