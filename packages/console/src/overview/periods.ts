/** The periods to choose from, in days; one day is the last 24 hours. */
export const periods = [1, 7, 30, 90] as const;
export type Period = (typeof periods)[number];
export const defaultPeriod: Period = 30;
