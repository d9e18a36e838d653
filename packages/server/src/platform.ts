import { randomBytes, randomInt, randomUUID } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';

/** The outside world: clock, randomness and network. Tests pass their own. */
export type Platform = {
  /** Milliseconds since the epoch. */
  now: () => number;
  /** A whole number from 0 up to, not including, `limit`, from a cryptographic generator. */
  randomInt: (limit: number) => number;
  randomBytes: (size: number) => Buffer;
  randomUUID: () => string;
  fetch: typeof fetch;
  sleep: (milliseconds: number) => Promise<void>;
};

/** The real clock, randomness and network. */
export const platform: Platform = {
  now: Date.now,
  randomInt: (limit) => randomInt(limit),
  randomBytes: (size) => randomBytes(size),
  randomUUID: () => randomUUID(),
  fetch: (...request) => fetch(...request),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
};

/** A new id that sorts by time (UUID version 7, RFC 9562). */
export function newId({ now, randomBytes }: Pick<Platform, 'now' | 'randomBytes'>): string {
  return uuidv7({ msecs: now(), random: randomBytes(16) });
}
