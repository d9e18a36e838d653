import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { gather } from './gather.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setImmediate'] }));
afterEach(() => void vi.useRealTimers());

/** Does things in groups that are kept; what is bad fails its group. */
function gathering(isHopeless = false) {
  const groups: number[][] = [];
  const take = gather<number>(
    async (items) => {
      groups.push([...items]);
      if (items.some((item) => item < 0)) throw new Error('bad');
    },
    () => isHopeless,
  );
  const once = (item: number) => take([item]);
  return { groups, take, once, all: (items: number[]) => Promise.allSettled(items.map(once)) };
}
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);

test('what comes soon after each other goes together, and a short silence ends that', async () => {
  const { groups, once } = gathering();
  const first = [once(1), once(2)];
  await vi.advanceTimersByTimeAsync(2);
  first.push(once(3));
  await vi.advanceTimersByTimeAsync(2);
  expect(groups).toEqual([]);
  await vi.advanceTimersByTimeAsync(2);
  await Promise.all(first);
  expect(groups).toEqual([[1, 2, 3]]);
  const later = once(4);
  await vi.advanceTimersByTimeAsync(4);
  await later;
  expect(groups.at(-1)).toEqual([4]);
  expect(vi.getTimerCount()).toBe(0);
});

test('clients that say nothing until they are answered wait no longer than the silence', async () => {
  const { groups, once } = gathering();
  const client = async () => {
    for (let count = 0; count < 5; count += 1) await once(count);
  };
  const done = Promise.all([client(), client()]);
  // Twenty milliseconds for each of the five would be a hundred.
  await vi.advanceTimersByTimeAsync(25);
  await done;
  expect(groups).toEqual(upTo(5).map((count) => [count, count]));
});

test('what comes in bursts goes together, although they are further apart than the silence', async () => {
  const { groups, all } = gathering();
  const done: Promise<unknown>[] = [];
  for (const burst of upTo(8)) {
    done.push(all(upTo(4).map((place) => 4 * burst + place)));
    await vi.advanceTimersByTimeAsync(4);
  }
  await Promise.all(done);
  expect(groups.map(({ length }) => length)).toEqual([16, 16]);
  expect(groups.flat()).toEqual(upTo(32));
});

test('several that no more come to wait for a while only, and many need not', async () => {
  const { groups, all } = gathering();
  const several = all(upTo(4));
  await vi.advanceTimersByTimeAsync(19);
  expect(groups).toEqual([]);
  await vi.advanceTimersByTimeAsync(2);
  await several;
  const many = all(upTo(16));
  await vi.advanceTimersByTimeAsync(4);
  await many;
  expect(groups.map(({ length }) => length)).toEqual([4, 16]);
  expect(vi.getTimerCount()).toBe(0);
});

test('what one client brings at once waits for nobody', async () => {
  const { groups, take } = gathering();
  const done = [take(upTo(8)), take([])];
  await vi.advanceTimersByTimeAsync(4);
  await Promise.all(done);
  expect(groups).toEqual([upTo(8)]);
});

test('what never ceases to come waits for a while only', async () => {
  const { groups, once } = gathering();
  const done: Promise<void>[] = [];
  for (const count of upTo(50)) {
    done.push(once(count));
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(20);
  await Promise.all(done);
  expect(groups.flat()).toEqual(upTo(50));
  expect(groups.length).toBe(3);
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
  await vi.advanceTimersByTimeAsync(4);
  expect((await done).map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
  expect(groups).toEqual([[1, -2, 3], [1], [-2], [3]]);
  const away = gathering(true);
  const lost = away.all([1, -2, 3]);
  await vi.advanceTimersByTimeAsync(4);
  expect((await lost).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(away.groups).toHaveLength(1);
});
