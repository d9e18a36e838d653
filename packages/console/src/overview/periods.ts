/** The periods to choose from, in days; the API takes 100 at most. One day is shown by the hour. */
export const periods = [1, 7, 30, 90] as const;
export type Period = (typeof periods)[number];
export const defaultPeriod: Period = 30;
