/** The periods to choose from, in days; the API takes 100 at most. */
export const periods = [7, 30, 90] as const;
export type Period = (typeof periods)[number];
export const defaultPeriod: Period = 30;
