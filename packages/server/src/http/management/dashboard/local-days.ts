import { z } from 'zod';

export const dayMs = 86_400_000;

/** Days as people count them where they are: each is a whole number, of days since the epoch by their calendar. */
export type LocalDays = {
  /** The day of a time (milliseconds since the epoch). */
  dayOf: (at: number) => number;
  /** When a day begins. */
  startOf: (day: number) => number;
};

/** Of which time zone days are. */
export const timeZoneSchema = z
  .string()
  .max(64)
  .refine(isTimeZone, 'Give the name of a time zone, for example Europe/Berlin.')
  .default('UTC')
  .describe(
    'Time zone of the days, by its name in the IANA database. Days are of whole hours: where clocks are half an hour off, the hour around midnight counts to the day that it begins on.',
  );

/** The date of a day, for example `2026-01-31`. */
export const dateOf = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** The days of a time zone. */
export function localDays(timeZone: string): LocalDays {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const offsetAt = (at: number) => {
    const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /([+-])(\d\d):(\d\d)/.exec(name) ?? [];
    return (sign === '-' ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
  };
  return {
    dayOf: (at) => Math.floor((at + offsetAt(at)) / dayMs),
    startOf(day) {
      const midnight = day * dayMs;
      // The clocks may change between the two.
      return midnight - offsetAt(midnight - offsetAt(midnight));
    },
  };
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }) !== undefined;
  } catch {
    return false;
  }
}
