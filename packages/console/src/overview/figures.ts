/** How far messages came: each number is at most the one before. */
export type Funnel = { requested: number; sent: number; delivered: number; verified: number };
export const stages = ['requested', 'sent', 'delivered', 'verified'] as const satisfies (keyof Funnel)[];

export const dayMs = 86_400_000;
const none: Funnel = { requested: 0, sent: 0, delivered: 0, verified: 0 };

/** The start of the first of as many UTC days as a period has, today included; milliseconds since the epoch. */
export function startOfPeriod(now: number, days: number): number {
  return (Math.floor(now / dayMs) - days + 1) * dayMs;
}

/** Every UTC day from `from` up to, not including, `until`, also those without messages. */
export function everyDay<Day extends Funnel & { day: string }>({
  from,
  until,
  byDay,
}: {
  from: number;
  until: number;
  byDay: readonly Day[];
}): (Funnel & { day: string })[] {
  const known = new Map(byDay.map((each) => [each.day, each]));
  const days: (Funnel & { day: string })[] = [];
  for (let at = from; at < until; at += dayMs) {
    const day = new Date(at).toISOString().slice(0, 10);
    days.push(known.get(day) ?? { ...none, day });
  }
  return days;
}
