import { hourMs } from '../lists/figure-period.ts';
import type { Funnel } from './overview-api.ts';

/** How far messages came, in the order of their way. */
export const stages = ['requested', 'sent', 'delivered', 'verified'] as const satisfies (keyof Funnel)[];

const none: Funnel = { requested: 0, sent: 0, delivered: 0, verified: 0, failed: 0 };

type Range = { from: number; until: number };
/** The figures of a day or an hour, and when it begins. */
export type At = Funnel & { at: number };

/** Every hour of a range, also those without messages. */
export function everyHour({ from, until, byHour }: Range & { byHour: readonly (Funnel & { hour: number })[] }): At[] {
  const known = new Map(byHour.map(({ hour, ...figures }) => [hour, figures]));
  const hours: At[] = [];
  for (let at = Math.floor(from / hourMs) * hourMs; at < until; at += hourMs)
    hours.push({ ...(known.get(at) ?? none), at });
  return hours;
}

/** Every day of a range that has begun at midnight, also those without messages. */
export function everyDay({ from, until, byDay }: Range & { byDay: readonly (Funnel & { day: string })[] }): At[] {
  const known = new Map(byDay.map(({ day, ...figures }) => [day, figures]));
  const days: At[] = [];
  for (let date = new Date(from); date.getTime() < until; date = dayAfter(date)) {
    days.push({ ...(known.get(nameOf(date)) ?? none), at: date.getTime() });
  }
  return days;
}

const dayAfter = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1);

const nameOf = (date: Date) =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

/** The time at which a date like 2026-01-31 begins in the time zone of the browser. */
export const timeOf = (date: string): number => new Date(`${date}T00:00`).getTime();
