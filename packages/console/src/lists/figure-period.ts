/** The periods that figures are shown for, in days; one day is the last 24 hours. */
export const figurePeriods = [1, 7, 30, 90] as const;
export type FigurePeriod = (typeof figurePeriods)[number];
export const usualFigurePeriod: FigurePeriod = 30;

export const hourMs = 3_600_000;

/** Whether the clocks of the browser are off by a part of an hour, as in India: figures are of whole hours of UTC. */
export const isOffWholeHours = (now: number): boolean => new Date(now).getTimezoneOffset() % 60 !== 0;

/**
 * What a period is asked for by, today included, in the time zone of the browser; times are milliseconds since the epoch.
 * The last 24 hours are told by the hour, of which the first is a whole one, too.
 */
export function rangeOf(now: number, days: number) {
  if (days === 1) return { from: (Math.floor(now / hourMs) - 23) * hourMs, until: now };
  const today = new Date(now);
  const from = new Date(today.getFullYear(), today.getMonth(), today.getDate() - days + 1).getTime();
  return { from, until: now };
}
