import { expect, test } from 'vitest';
import { sizeIn } from './system.ts';

test('sizes are written in the unit that suits them', () => {
  expect([0, 999, 1_500, 12_345_678, 5e9].map((bytes) => sizeIn('en', bytes))).toEqual([
    '0 byte',
    '999 byte',
    '1.5 kB',
    '12.3 MB',
    '5 GB',
  ]);
});
