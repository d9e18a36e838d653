/** How far back what happens is shown. */
export const happeningPeriods = ['hour', 'day', 'week'] as const;
export type HappeningPeriod = (typeof happeningPeriods)[number];
