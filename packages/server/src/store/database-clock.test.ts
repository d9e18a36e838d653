import { describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { followDatabaseClock } from './database-clock.ts';
import type { Store } from './store.ts';

/** A database whose clock is so far ahead of ours; each look takes `takesMs`, and the answer is of the middle of it. */
async function follow({ aheadMs = 0, takesMs = 0 } = {}) {
  const world = { now: 1_800_000_000_000, aheadMs, takesMs, isAway: false };
  const time = async () => {
    if (world.isAway) throw new Error('away');
    world.now += world.takesMs / 2;
    const there = world.now + world.aheadMs;
    world.now += world.takesMs / 2;
    return there;
  };
  const clock = await followDatabaseClock({ time } as Store, { now: () => world.now });
  clock.stop();
  return { world, clock, offBy: () => clock.now() - (world.now + world.aheadMs) };
}

test.each([0, 3_000, -3_000, 86_400_000])('goes by a database that is %i ms ahead', async (aheadMs) => {
  const { offBy } = await follow({ aheadMs });
  expect(offBy()).toBe(0);
});

test('leaves a clock alone that agrees as far as the look can tell', async () => {
  const { clock, world } = await follow({ aheadMs: 8, takesMs: 20 });
  expect(clock.now()).toBe(world.now);
});

test('is off by no more than half of what the look took', async () => {
  const { offBy } = await follow({ aheadMs: 3_000, takesMs: 20 });
  expect(Math.abs(offBy())).toBeLessThanOrEqual(10);
});

test('comes closer with a quicker look, and does not go away from it with a slower one', async () => {
  const { world, clock, offBy } = await follow({ aheadMs: 3_000, takesMs: 2_000 });
  world.takesMs = 2;
  await clock.look();
  expect(Math.abs(offBy())).toBeLessThanOrEqual(1);
  world.takesMs = 2_000;
  await clock.look();
  expect(Math.abs(offBy())).toBeLessThanOrEqual(1);
});

test('follows a clock that is set, here or there', async () => {
  const { world, clock, offBy } = await follow({ aheadMs: 3_000 });
  world.now -= 60_000;
  world.aheadMs += 60_000;
  await clock.look();
  expect(offBy()).toBe(0);
  world.aheadMs -= 5_000;
  await clock.look();
  expect(offBy()).toBe(0);
});

test('goes on while the database is away', async () => {
  const { world, clock, offBy } = await follow({ aheadMs: 3_000 });
  world.isAway = true;
  await expect(clock.look()).rejects.toThrow('away');
  world.now += 10_000;
  expect(offBy()).toBe(0);
});

describe.each(databases)('the clock of %s', (database) => {
  test('is that of this machine', async () => {
    const store = await newStore(database);
    const before = Date.now();
    const clock = await followDatabaseClock(store, { now: () => Date.now() - 3_600_000 });
    const [found, after] = [clock.now(), Date.now()];
    clock.stop();
    await store.close();
    // SQLite has none, so that ours is left as it is.
    const expected = database === 'PostgreSQL' ? 0 : 3_600_000;
    expect(found + expected).toBeGreaterThanOrEqual(before - 1);
    expect(found + expected).toBeLessThanOrEqual(after + 1);
  });
});
