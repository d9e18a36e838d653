import { expect, test } from 'vitest';
import { dateOf, localDays } from './local-days.ts';

test.each([
  ['UTC', '2026-03-29T00:00:00Z', '2026-03-29', 24],
  ['Europe/Berlin', '2026-03-28T23:00:00Z', '2026-03-29', 23],
  ['Europe/Berlin', '2026-10-24T22:00:00Z', '2026-10-25', 25],
  ['America/New_York', '2026-03-08T05:00:00Z', '2026-03-08', 23],
  ['Asia/Kolkata', '2026-03-28T18:30:00Z', '2026-03-29', 24],
  ['Pacific/Kiritimati', '2026-03-28T10:00:00Z', '2026-03-29', 24],
  ['Pacific/Pago_Pago', '2026-03-29T11:00:00Z', '2026-03-29', 24],
  // The clocks go forward at midnight: there is no 00:00. And back: the hour before comes twice.
  ['Africa/Cairo', '2026-04-23T22:00:00Z', '2026-04-24', 23],
  ['America/Santiago', '2026-04-05T04:00:00Z', '2026-04-05', 24],
  ['Australia/Lord_Howe', '2026-04-04T13:00:00Z', '2026-04-05', 24.5],
])('in %s a day begins at %s', (timeZone, begin, date, hours) => {
  const { dayOf, startOf } = localDays(timeZone);
  const at = Date.parse(begin);
  const day = dayOf(at);
  expect(dateOf(day)).toBe(date);
  expect([dayOf(at - 1), startOf(day), startOf(day + 1)]).toEqual([day - 1, at, at + hours * 3_600_000]);
});
