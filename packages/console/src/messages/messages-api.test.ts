import { expect, test } from 'vitest';
import { followingMs, type Message } from './messages-api.ts';

const minute = 60_000;
const message = (state: Message['state'], outcome: Message['outcome'], age: number) =>
  ({ state, outcome, createdAt: Date.now() - age }) as Message;

test('a message is followed for minutes, and for as long as its provider may still report it', () => {
  const isFollowed = (...of: Parameters<typeof message>) => followingMs([message(...of)]) !== undefined;
  for (const state of ['accepted', 'delivered', 'undelivered', 'unclear'] as const) {
    expect(isFollowed(state, state, 9 * minute), state).toBe(true);
  }
  for (const state of ['sending', 'accepted', 'unclear'] as const) {
    expect(isFollowed(state, state, 71 * 60 * minute), state).toBe(true);
    expect(isFollowed(state, state, 73 * 60 * minute), state).toBe(false);
  }
  expect(isFollowed('delivered', 'delivered', 11 * minute)).toBe(false);
  expect(isFollowed('accepted', 'verified', 11 * minute)).toBe(false);
  expect(isFollowed('failed', 'failed', 0)).toBe(false);
});
