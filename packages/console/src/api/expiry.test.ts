import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStream } from './client.ts';
import { abandonSession, expiry, resumeSession } from './expiry.ts';

/** Requests that are under way, in their order: each is answered by a call with a status. */
let answers: ((status: number) => void)[];
beforeEach(() => {
  answers = [];
  vi.stubGlobal('fetch', () => {
    const { promise, resolve } = Promise.withResolvers<Response>();
    answers.push((status) => resolve(new Response('found', { status })));
    return promise;
  });
});
afterEach(() => {
  abandonSession();
  vi.unstubAllGlobals();
});

async function ask() {
  const stream = await openStream('http://localhost/api/users', new AbortController().signal);
  return new Response(stream).text();
}
const soon = () => new Promise(setImmediate);

test('a request that finds the session ended is made once more in the next one', async () => {
  const found = ask();
  answers[0]?.(401);
  await soon();
  expect(expiry.isWaiting()).toBe(true);
  resumeSession();
  expect(expiry.isWaiting()).toBe(false);
  await soon();
  answers[1]?.(200);
  expect(await found).toBe('found');
});

test('one whose answer comes after the next session has begun asks nobody to sign in, and is made once more', async () => {
  const [first, late] = [ask(), ask()];
  answers[0]?.(401);
  await soon();
  resumeSession();
  answers[1]?.(401);
  await soon();
  expect(expiry.isWaiting()).toBe(false);
  for (const answer of answers.slice(2)) answer(200);
  expect(await Promise.all([first, late])).toEqual(['found', 'found']);
});

test('one of a session that was left is never made in another', async () => {
  void ask();
  abandonSession();
  answers[0]?.(401);
  await soon();
  expect(expiry.isWaiting()).toBe(false);
  resumeSession();
  await soon();
  expect(answers).toHaveLength(1);
});
