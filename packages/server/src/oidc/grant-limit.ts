import { LRUCache } from 'lru-cache';
import type { AdapterPayload } from 'oidc-provider';
import type { Platform } from '../platform.ts';
import { tooManyRequests } from './admission.ts';

/** More than any application needs of one sign-in; fewer than would hold up who ends it, which deletes them all. */
export const maxTokensPerHour = 300;
const hourMs = 60 * 60_000;
/** Grants that this process counts; of more, those are forgotten that were not used for longest. */
const maxGrants = 50_000;
const limited = new Set(['AccessToken', 'RefreshToken']);

/**
 * Counts the tokens of each grant, which a stolen refresh token makes as many of as it likes.
 * @returns what takes a token back that is not written after all
 * @throws TooManyRequests
 */
export function createGrantLimit({ now }: Pick<Platform, 'now'>) {
  // With `max` it would take the room for all of them at once.
  const counts = new LRUCache<string, { since: number; tokens: number }>({
    maxSize: maxGrants,
    sizeCalculation: () => 1,
  });
  return (model: string, { grantId }: AdapterPayload): (() => void) => {
    if (grantId === undefined || !limited.has(model)) return () => {};
    const key = `${model} ${grantId}`;
    const known = counts.get(key);
    const passed = known ? now() - known.since : hourMs;
    const count = known && passed >= 0 && passed < hourMs ? known : { since: now(), tokens: 0 };
    if (count.tokens >= maxTokensPerHour) {
      throw tooManyRequests(Math.ceil((hourMs - passed) / 1000), 'too many tokens were made of this sign-in');
    }
    count.tokens += 1;
    counts.set(key, count);
    return () => {
      count.tokens -= 1;
    };
  };
}
