/** How far messages came: each number is at most the one before. */
export type Funnel = { requested: number; sent: number; delivered: number; verified: number };
export const stages = ['requested', 'sent', 'delivered', 'verified'] as const satisfies (keyof Funnel)[];

export const hourMs = 3_600_000;
const none: Funnel = { requested: 0, sent: 0, delivered: 0, verified: 0 };

/**
 * When a period of so many days begins that ends now, milliseconds since the epoch: where the first of them begins, as the
 * clock of this machine counts days, today included; a single day is the last 24 hours, this one included.
 */
export function startOfPeriod(now: number, days: number): number {
  if (days === 1) return (Math.floor(now / hourMs) - 23) * hourMs;
  const start = new Date(now);
  start.setHours(0, 0, 0, 0);
  start.setDate(start.getDate() - days + 1);
  return start.getTime();
}

/** Every day of the calendar here from `from` up to, not including, `until`, also those without messages. */
export function everyDay({ from, until, byDay }: Range & { byDay: readonly (Funnel & { day: string })[] }) {
  const known = new Map(byDay.map((each) => [each.day, each]));
  const days: (Funnel & { day: string })[] = [];
  for (const at = new Date(from); at.getTime() < until; at.setDate(at.getDate() + 1)) {
    const day = dateOf(at);
    days.push(known.get(day) ?? { ...none, day });
  }
  return days;
}

/** Every hour from `from` up to, not including, `until`, also those without messages. */
export function everyHour({ from, until, byHour }: Range & { byHour: readonly (Funnel & { hour: number })[] }) {
  const known = new Map(byHour.map((each) => [each.hour, each]));
  const first = Math.floor(from / hourMs) * hourMs;
  const length = Math.ceil((until - first) / hourMs);
  return Array.from({ length }, (_, index) => {
    const hour = first + index * hourMs;
    return known.get(hour) ?? { ...none, hour };
  });
}

type Range = { from: number; until: number };

const dateOf = (at: Date) =>
  [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-');
