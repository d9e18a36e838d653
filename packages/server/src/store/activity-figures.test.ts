import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { activityFigures, countActiveUsers } from './activity-figures.ts';
import { sumUp } from './hour-sums.ts';
import { atOnce } from './slices.ts';
import type { Store } from './store.ts';

const hour = 3_600_000;
const firstHour = Date.UTC(2026, 0, 1) / hour;
const hours = 40 * 24;

/** Sign-ins of a few users, some often and some rarely, several at the very same time. */
const signIns = Array.from({ length: 400 }, (_, index) => ({
  id: `sign-in-${(index * 7919) % 400}`,
  user_id: `user-${(index * index) % 23}`,
  at: firstHour * hour + Math.floor(((index - (index % 2)) * hours * hour) / 400),
}));

describe.each(databases)('active users on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
    const others = {
      application_id: 'shop',
      event: 'SignIn',
      method: 'code',
      network: '203.0.113.0/24',
      user_agent: null,
      device: '',
      previous_device: null,
      forgotten_at: null,
    } as const;
    await store.db
      .insertInto('sign_ins')
      .values(signIns.map((signIn) => ({ ...signIn, ...others })))
      .execute();
  });
  afterEach(() => store.close());

  const windows = [
    [0, 24],
    [33, 34],
    [100, 100 + 7 * 24],
    [240, 240 + 30 * 24],
    [hours - 30 * 24, hours],
    [hours, hours + 24],
  ].map(([first = 0, end = 0]) => ({ first: firstHour + first, end: firstHour + end }));
  const expected = windows.map(
    ({ first, end }) =>
      new Set(signIns.filter(({ at }) => at >= first * hour && at < end * hour).map((each) => each.user_id)).size,
  );
  const sumUpTo = (createdBefore: number) =>
    sumUp(store, activityFigures, { createdBefore, now: createdBefore }, atOnce);

  test('are counted once each in any window, whatever of it is summed up', async () => {
    expect(expected.slice(0, 5).every((users) => users > 0)).toBe(true);
    expect(await countActiveUsers(store, windows)).toEqual(expected);
    await sumUpTo((firstHour + 400) * hour + 1);
    expect(await countActiveUsers(store, windows)).toEqual(expected);
    await Promise.all([sumUpTo((firstHour + hours) * hour), sumUpTo((firstHour + hours) * hour)]);
    expect(await countActiveUsers(store, windows)).toEqual(expected);
    await store.db.deleteFrom('sign_ins').execute();
    expect(await countActiveUsers(store, windows)).toEqual(expected);
  });
});
