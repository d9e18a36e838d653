import { expect, test } from 'vitest';
import { hourMs, rangeOf } from '../lists/figure-period.ts';
import { everyDay, everyHour } from './figures.ts';

const none = { requested: 0, sent: 0, delivered: 0, verified: 0, failed: 0 };
const busy = { requested: 4, sent: 3, delivered: 2, verified: 1, failed: 1 };
/** Whatever the time zone of this machine is. */
const noon = new Date(2026, 2, 1, 12, 30).getTime();

test('a period of days ends today and begins at midnight', () => {
  expect(rangeOf(noon, 7)).toEqual({ from: new Date(2026, 1, 23).getTime(), until: noon });
});

test('days without messages are there, with zeros', () => {
  expect(everyDay({ ...rangeOf(noon, 3), byDay: [{ day: '2026-02-28', ...busy }] })).toEqual([
    { at: new Date(2026, 1, 27).getTime(), ...none },
    { at: new Date(2026, 1, 28).getTime(), ...busy },
    { at: new Date(2026, 2, 1).getTime(), ...none },
  ]);
});

test('the last 24 hours are those with the one that runs', () => {
  const range = rangeOf(noon, 1);
  const current = Math.floor(noon / hourMs) * hourMs;
  const hours = everyHour({ ...range, byHour: [{ hour: current - hourMs, ...busy }] });
  expect(hours).toHaveLength(24);
  expect(hours.at(0)?.at).toBe(range.from);
  expect(hours.slice(-2)).toEqual([
    { at: current - hourMs, ...busy },
    { at: current, ...none },
  ]);
});
