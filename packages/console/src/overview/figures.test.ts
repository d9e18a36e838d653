import { expect, test } from 'vitest';
import { everyDay, everyHour, hourMs, startOfPeriod } from './figures.ts';

const noon = new Date(2026, 2, 1, 12, 30).getTime();
const empty = { requested: 0, sent: 0, delivered: 0, verified: 0 };
const busy = { requested: 4, sent: 3, delivered: 2, verified: 1 };

test('a period of days ends today and begins at midnight here', () => {
  expect(startOfPeriod(noon, 2)).toBe(new Date(2026, 1, 28).getTime());
  expect(startOfPeriod(noon, 7)).toBe(new Date(2026, 1, 23).getTime());
});

test('a single day is the last 24 hours, this one included', () => {
  const from = startOfPeriod(noon, 1);
  const hours = everyHour({ from, until: noon, byHour: [{ ...busy, hour: from + 3 * hourMs }] });
  expect(hours).toHaveLength(24);
  expect(hours.slice(2, 4)).toEqual([
    { ...empty, hour: from + 2 * hourMs },
    { ...busy, hour: from + 3 * hourMs },
  ]);
  expect(hours.at(-1)?.hour).toBe(noon - hourMs / 2);
});

test('days without messages are there, with zeros', () => {
  const day = { ...busy, day: '2026-02-28' };
  expect(everyDay({ from: startOfPeriod(noon, 3), until: noon, byDay: [day] })).toEqual([
    { day: '2026-02-27', ...empty },
    day,
    { day: '2026-03-01', ...empty },
  ]);
});
