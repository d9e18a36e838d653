/** One row per settings document, for example `sign-in-experience`. */
export type SettingsTable = { name: string; value: string; updated_at: number };

/**
 * Another stamp after every change of what processes hold in memory (`held.ts`), by triggers on those tables; the key on
 * `purpose` keeps it to one. There is no row before the first change.
 */
export type HeldStampsTable = { purpose: 'held'; stamp: string };
