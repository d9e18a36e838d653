import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { platform as thrifty } from '../../../../test/setup/platform.ts';
import type { ApiError } from '../errors.ts';
import { platform } from '../platform.ts';
import { createPasswords, maxWaiting } from './passwords.ts';

/** @see https://github.com/P-H-C/phc-winner-argon2/blob/master/src/test.c */
const costly = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

describe('passwords', () => {
  const passwords = createPasswords(platform, 2);

  test('verifies the known answer of the reference implementation of Argon2', async () => {
    expect(await passwords.verify(costly, 'password')).toBe(true);
    expect(await passwords.verify(costly, 'Password')).toBe(false);
  });

  test('writes the PHC format at the cost that OWASP recommends, with a new salt each time', async () => {
    const digests = await Promise.all([passwords.hash('open sesame'), passwords.hash('open sesame')]);
    for (const digest of digests) {
      expect(digest).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$/);
      expect(await passwords.verify(digest, 'open sesame')).toBe(true);
      expect(await passwords.verify(digest, 'open sesame ')).toBe(false);
    }
    expect(digests[0]).not.toBe(digests[1]);
  });

  test('takes a password however the keyboard composes its letters', async () => {
    const digest = await passwords.hash('cafe\u0301 au lait');
    expect(await passwords.verify(digest, 'caf\u00e9 au lait')).toBe(true);
  });

  test('is false without a digest, and does the same work', async () => {
    const fixed = createPasswords({ ...platform, randomBytes: (size) => Buffer.alloc(size, 7) }, 1);
    const order: string[] = [];
    const run = (name: string, digest: string | null | undefined) =>
      fixed.verify(digest, 'open sesame').then((outcome) => order.push(`${name} ${outcome}`));
    const digest = await fixed.hash('something else');
    await Promise.all([run('wrong', digest), run('unknown', undefined), run('none', null), run('wrong', digest)]);
    // One after the other: had one without a digest skipped the work, it would have been answered first.
    expect(order).toEqual(['wrong false', 'unknown false', 'none false', 'wrong false']);
  });

  test('without a digest, compares with another one in its place, in vain', async () => {
    const another = createHash('md5').update('open sesame').digest('hex');
    expect(await passwords.verify(another, 'open sesame')).toBe(true);
    for (const none of [undefined, null]) {
      expect(await passwords.verify(none, 'open sesame', 'in turn', another)).toBe(false);
      await expect(passwords.verify(none, 'open sesame', 'in turn', 'no digest')).rejects.toThrow('none of the forms');
    }
  });

  test('does not take a stored digest that it cannot read', async () => {
    await expect(passwords.verify('$2b$10$abcdefghijklmnopqrstuv', 'open sesame')).rejects.toThrow('53 characters');
  });

  test('of somewhere else, takes the password as it was typed, and no less work than ours', async () => {
    const typed = 'cafe\u0301 au lait';
    const digest = createHash('md5').update(typed).digest('hex');
    expect(await passwords.verify(digest, typed)).toBe(true);
    const one = createPasswords(platform, 1);
    const order: string[] = [];
    const run = (name: string, text: string) => one.verify(text, 'open barley').then(() => order.push(name));
    const ours = await one.hash('open sesame');
    await Promise.all([run('theirs', digest), run('ours', ours), run('theirs', digest)]);
    expect(order).toEqual(['theirs', 'ours', 'theirs']);
  });

  test('never computes more at once than it is told', async () => {
    const one = createPasswords(thrifty, 1);
    const order: string[] = [];
    const run = (name: string, digest: string) => one.verify(digest, 'password').then(() => order.push(name));
    const cheap = '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    // Side by side, the dear one would be the last to be done.
    await Promise.all([run('dear', costly), ...Array.from({ length: 20 }, () => run('cheap', cheap))]);
    expect(order).toEqual(['dear', ...Array(20).fill('cheap')]);
  });
});

describe('the queue', () => {
  const cheap = '$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';

  test('of 500 guesses refuses what it has no room for, and lets those first who are known', async () => {
    const passwords = createPasswords(thrifty, 1);
    const order: string[] = [];
    const run = (name: string, urgency?: 'first') =>
      passwords.verify(cheap, 'password', urgency).then(
        () => order.push(name),
        (error: ApiError) => order.push(`${error.code} ${error.data?.retryAfterSeconds}`),
      );
    const guesses = Array.from({ length: 500 }, () => run('guess'));
    const owner = run('owner', 'first');
    await Promise.all([...guesses, owner]);
    const refusals = Array(500 - 1 - maxWaiting).fill('system.busy 2');
    expect(order.slice(0, refusals.length)).toEqual(refusals);
    expect(order.slice(refusals.length)).toEqual(['guess', 'owner', ...Array(maxWaiting).fill('guess')]);
    await run('later');
    expect(order.at(-1)).toBe('later');
  });

  test('lets those who are known pass before back ends, and back ends before strangers', async () => {
    const passwords = createPasswords(thrifty, 1);
    const order: string[] = [];
    const run = (urgency: 'first' | 'back end' | 'in turn') =>
      passwords.verify(cheap, 'password', urgency).then(() => order.push(urgency));
    await Promise.all([run('in turn'), run('in turn'), run('back end'), run('back end'), run('first')]);
    expect(order).toEqual(['in turn', 'first', 'back end', 'back end', 'in turn']);
  });

  test('does not grow with those who come first, either', async () => {
    const passwords = createPasswords(thrifty, 1);
    const outcomes = await Promise.allSettled(Array.from({ length: 100 }, () => passwords.verify(cheap, 'p', 'first')));
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(100 - 1 - maxWaiting);
  });
});
