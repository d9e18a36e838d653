import { expect, test } from 'vitest';
import { daysSince, sizeIn } from './system.ts';

test('sizes are written in the unit that suits them', () => {
  expect([0, 999, 1_500, 12_345_678, 5e9].map((bytes) => sizeIn('en', bytes))).toEqual([
    '0 byte',
    '999 byte',
    '1.5 kB',
    '12.3 MB',
    '5 GB',
  ]);
});

test('days are whole, and never below none', () => {
  const day = 86_400_000;
  expect([daysSince(0, day - 1), daysSince(0, day), daysSince(day, 0)]).toEqual([0, 1, 0]);
});
