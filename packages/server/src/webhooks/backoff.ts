import type { Platform } from '../platform.ts';

const [second, minute, hour] = [1_000, 60_000, 3_600_000];

/** How long after each attempt that failed the next one is made: ten attempts in about a day. */
const waitsMs = [second, 10 * second, minute, 5 * minute, 20 * minute, hour, 3 * hour, 7 * hour, 12 * hour];
/** More or less by so much, so that what failed together does not come back together. */
const jitter = 0.2;
const maxRetryAfterMs = 12 * hour;

/**
 * In how many milliseconds the next attempt is made; `undefined` after the last one.
 * @param tries attempts so far
 * @param retryAfter what the receiver said: seconds, or a date (RFC 9110, section 10.2.3)
 */
export function waitAfter(
  tries: number,
  retryAfter: string | null,
  { randomInt, now }: Pick<Platform, 'randomInt' | 'now'>,
): number | undefined {
  const wait = waitsMs[tries - 1];
  if (wait === undefined) return undefined;
  const spread = Math.floor(wait * jitter);
  const jittered = wait - spread + randomInt(2 * spread + 1);
  return Math.max(jittered, Math.min(maxRetryAfterMs, askedWait(retryAfter, now())));
}

function askedWait(retryAfter: string | null, now: number): number {
  if (retryAfter === null) return 0;
  if (/^\d{1,9}$/.test(retryAfter.trim())) return Number(retryAfter) * second;
  const at = Date.parse(retryAfter);
  return Number.isNaN(at) ? 0 : Math.max(0, at - now);
}
