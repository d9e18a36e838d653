import { expect, test } from 'vitest';
import { newId, platform } from './platform.ts';

test('ids sort by when they were made, those of one millisecond too', () => {
  let now = 1_800_000_000_000;
  const made: string[] = [];
  for (let millisecond = 0; millisecond < 20; millisecond += 1) {
    now += 1;
    for (let count = 0; count < 50; count += 1) made.push(newId({ ...platform, now: () => now }));
  }
  expect(made.toSorted()).toEqual(made);
  expect(new Set(made).size).toBe(1_000);
});
