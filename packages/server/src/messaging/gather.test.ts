import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gather } from './gather.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'setImmediate'] }));
afterEach(() => void vi.useRealTimers());

/** Does things in groups that are kept; what is bad fails its group. */
function gathering(isHopeless = false) {
  const groups: number[][] = [];
  const once = gather<number>(
    async (items) => {
      groups.push([...items]);
      if (items.some((item) => item < 0)) throw new Error('bad');
    },
    () => isHopeless,
  );
  return { groups, once, all: (items: number[]) => Promise.allSettled(items.map(once)) };
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('the first goes at once with all of its turn, what comes soon after goes together, and a pause ends that', async () => {
  const { groups, once, all } = gathering();
  const first = all([1, 2]);
  await vi.advanceTimersByTimeAsync(1);
  await first;
  expect(groups).toEqual([[1, 2]]);
  const next = [once(3)];
  await vi.advanceTimersByTimeAsync(10);
  next.push(once(4));
  expect(groups).toHaveLength(1);
  await vi.advanceTimersByTimeAsync(20);
  await Promise.all(next);
  expect(groups.slice(1)).toEqual([[3, 4]]);
  await vi.advanceTimersByTimeAsync(100);
  const later = once(5);
  await vi.advanceTimersByTimeAsync(1);
  await later;
  expect(groups.at(-1)).toEqual([5]);
  await vi.advanceTimersByTimeAsync(100);
  expect(vi.getTimerCount()).toBe(0);
});

test('a large group begins without a pause, and none is larger', async () => {
  const { groups, all } = gathering();
  const done = all(upTo(500));
  expect(groups.map(({ length }) => length)).toEqual([200, 200]);
  await vi.advanceTimersByTimeAsync(50);
  await done;
  expect(groups.flat()).toEqual(upTo(500));
});

test('one that fails takes no other along, unless the database is away', async () => {
  const { groups, all } = gathering();
  const done = all([1, -2, 3]);
  await vi.advanceTimersByTimeAsync(1);
  expect((await done).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(groups).toEqual([[1, -2, 3], [1], [-2], [3]]);
  const away = gathering(true);
  const lost = away.all([1, -2, 3]);
  await vi.advanceTimersByTimeAsync(1);
  expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(away.groups).toHaveLength(1);
});
