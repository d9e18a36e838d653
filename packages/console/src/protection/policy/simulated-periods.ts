/** How far back a policy is tried out, in days. */
export const simulatedPeriods = [1, 7, 30] as const;
export type SimulatedPeriod = (typeof simulatedPeriods)[number];
