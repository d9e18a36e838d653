import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { chargeSignInAttempt } from './sign-in-attempts.ts';
import type { Store } from './store.ts';

const windowMs = 900_000;
const start = Date.UTC(2026, 0, 1);

describe.each(databases)('attempts to sign in on %s', (database) => {
  let store: Store;
  let attempts = 0;
  beforeAll(async () => {
    store = await newStore(database);
  });
  afterAll(() => store.close());

  const charge = (key: string, now: number) => {
    attempts += 1;
    return chargeSignInAttempt(store, { id: `attempt ${attempts}`, now, windowMs, limits: [{ key, maxAttempts: 3 }] });
  };

  test('count in one window, also where one that began earlier is written later', async () => {
    const times = [5, 0, 4, 1, 3, 2].map((offset) => start + offset);
    const waits: number[] = [];
    for (const now of times) waits.push(await charge('in disorder', now));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(3);
    expect(Math.max(...waits)).toBeLessThanOrEqual(windowMs);
  });

  test('begin a new window after its length, and when the clock was set back far', async () => {
    for (let count = 0; count < 3; count += 1) expect(await charge('over', start)).toBe(0);
    expect(await charge('over', start + windowMs - 1)).toBe(1);
    expect(await charge('over', start + windowMs)).toBe(0);
    for (let count = 0; count < 3; count += 1) await charge('over', start + windowMs);
    expect(await charge('over', start - windowMs)).toBe(0);
  });
});
