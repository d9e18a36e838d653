/** How often what is looked at is read anew, in milliseconds: what changes is seen within two seconds. */
export const followMs = 1000;

/**
 * Until what is followed is read again, in milliseconds.
 * @param tookMs how long it took the last time: what takes the server long is asked for less often
 */
export const nextReadMs = (tookMs = 0, everyMs = followMs): number => Math.max(everyMs, 10 * tookMs);

/** Reads something, and says how long that took. */
export async function timed<T extends object>(read: () => Promise<T>): Promise<T & { tookMs: number }> {
  const began = performance.now();
  const found = await read();
  return { ...found, tookMs: performance.now() - began };
}
