import { expect, test } from 'vitest';
import { everyDay, startOfPeriod } from './figures.ts';

const noon = Date.parse('2026-03-01T12:00:00Z');

test('a period ends today and begins at midnight in UTC', () => {
  expect(new Date(startOfPeriod(noon, 1)).toISOString()).toBe('2026-03-01T00:00:00.000Z');
  expect(new Date(startOfPeriod(noon, 7)).toISOString()).toBe('2026-02-23T00:00:00.000Z');
});

test('days without messages are there, with zeros', () => {
  const busy = { day: '2026-02-28', requested: 4, sent: 3, delivered: 2, verified: 1 };
  expect(everyDay({ from: startOfPeriod(noon, 3), until: noon, byDay: [busy] })).toEqual([
    { day: '2026-02-27', requested: 0, sent: 0, delivered: 0, verified: 0 },
    busy,
    { day: '2026-03-01', requested: 0, sent: 0, delivered: 0, verified: 0 },
  ]);
});
