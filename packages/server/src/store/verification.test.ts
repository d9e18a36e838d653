import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messageRow } from '../../../../test/setup/message-row.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { checkCode, clearFailures } from './checks.ts';
import { type Counter, failurePolicy } from './failure-policy.ts';
import { settleMessage } from './messages.ts';
import { beginSend, type SendLimit, withdrawMessage } from './sends.ts';
import type { Store } from './store.ts';

const start = 1_800_000_000_000;
const windowMs = 600_000;
let people = 0;
const recipient = '+8613800138000';
/** A counter that may use the whole of what everybody has. */
const backEnd: Counter = 'back-end';
const limit = (key: string, maxSends: number): SendLimit => ({ key, maxSends, windowMs });

describe.each(databases)('sends and checks on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
  });
  afterEach(() => store.close());

  const send = (limits: SendLimit[] = [], { now = start, to = recipient, flow = 'f', digest = 'right' } = {}) =>
    beginSend(store, {
      message: messageRow({ recipient: to, state: 'sending', created_at: now }),
      code: { flow, digest, expiresAt: now + 600_000 },
      limits,
    });
  const check = (
    digest: string,
    { now = start, maxTries = 10, flow = 'f', to = recipient, counter = backEnd as Counter } = {},
  ) => checkCode(store, { id: randomUUID(), flow, recipient: to, counter, digest, maxTries, now });
  const count = async (table: 'messages' | 'verification_codes') =>
    (await store.db.selectFrom(table).selectAll().execute()).length;
  const failures = () =>
    store.db.selectFrom('verification_failures').select(['counter', 'failures']).orderBy('counter').execute();
  const sendsOf = async (key: string) =>
    (await store.db.selectFrom('send_limits').select('sends').where('key', '=', key).executeTakeFirstOrThrow()).sends;

  test('a limit lets exactly its number through, however many ask at once', async () => {
    const waits = await Promise.all(Array.from({ length: 60 }, () => send([limit('r', 10)])));
    expect(waits.filter((wait) => wait === 0)).toHaveLength(10);
    expect(waits.filter((wait) => wait === windowMs)).toHaveLength(50);
    expect(await count('messages')).toBe(10);
  });

  test('a refused send takes nothing from the other limits', async () => {
    await send([limit('full', 1), limit('total', 100)]);
    const waits = await Promise.all(Array.from({ length: 20 }, () => send([limit('full', 1), limit('total', 100)])));
    expect(waits.every((wait) => Number(wait) > 0)).toBe(true);
    expect(await sendsOf('total')).toBe(1);
    expect(await count('messages')).toBe(1);
  });

  test('a refused send leaves no row of a limit that nothing was counted under, nor of a period', async () => {
    const period = { key: 'day', maxMessages: 100, maxCost: null, endsAt: start + 1 };
    const ask = (limits: SendLimit[], caps = [period]) =>
      beginSend(store, {
        message: messageRow({ recipient, state: 'sending', created_at: start }),
        code: { flow: 'f', digest: 'right', expiresAt: start + 600_000 },
        ...{ limits, caps },
      });
    expect(await ask([limit('full', 1)], [])).toBe(0);
    expect(await ask([limit('full', 1), limit('new', 5)])).toBe(windowMs);
    expect(await ask([limit('new', 5)], [{ ...period, maxMessages: 0 }])).toBe(0);
    for (const limits of [[limit('newer', 5)], []]) {
      expect(await ask(limits, [{ ...period, maxMessages: 1 }])).toBe('over-cap');
    }
    const keys = await store.db.selectFrom('send_limits').select('key').orderBy('key').execute();
    expect(keys.map(({ key }) => key)).toEqual(['full', 'new']);
    expect(await store.db.selectFrom('spendings').select(['key', 'messages']).execute()).toEqual([
      { key: 'day', messages: 1 },
    ]);
    expect(await count('messages')).toBe(2);
  });

  test('a window ends after its length, and at once when the clock was set back beyond it', async () => {
    expect(await send([limit('r', 1)])).toBe(0);
    expect(await send([limit('r', 1)], { now: start + windowMs - 1 })).toBe(1);
    expect(await send([limit('r', 1)], { now: start + windowMs })).toBe(0);
    expect(await send([limit('r', 1)], { now: start - 3_600_000 })).toBe(0);
  });

  test('a policy that is lowered holds for windows that are open', async () => {
    for (let sends = 0; sends < 5; sends += 1) expect(await send([limit('r', 10)])).toBe(0);
    expect(await send([limit('r', 3)])).toBe(windowMs);
  });

  test('of hundreds of right and wrong answers at once exactly one succeeds and the try limit holds', async () => {
    await send();
    const answers = Array.from({ length: 300 }, (_, index) => check(index % 3 === 0 ? 'right' : 'wrong'));
    const outcomes = (await Promise.all(answers)).map(({ outcome }) => outcome);
    expect(outcomes.filter((outcome) => outcome === 'right').length).toBeLessThanOrEqual(1);
    const spent = outcomes.filter((outcome) => outcome === 'right' || outcome === 'wrong').length;
    expect(spent).toBeLessThanOrEqual(10);
    const code = await store.db.selectFrom('verification_codes').selectAll().executeTakeFirstOrThrow();
    expect(code.tries).toBe(spent);
  });

  test('of many right answers at once exactly one succeeds, and no failure is left', async () => {
    await send();
    const outcomes = await Promise.all(Array.from({ length: 200 }, () => check('right')));
    expect(outcomes.filter(({ outcome }) => outcome === 'right')).toHaveLength(1);
    expect(outcomes.filter(({ outcome }) => outcome === 'not-found')).toHaveLength(199);
    expect(await failures()).toEqual([]);
  });

  test('the right answer forgets the wrong ones of everybody, and is itself kept nowhere among them', async () => {
    await send();
    for (const counter of ['strangers', 'back-end', 'device:one'] as const)
      await check('wrong', { counter, maxTries: 9 });
    expect(await failures()).toEqual([
      { counter: 'all', failures: 3 },
      { counter: 'back-end', failures: 1 },
      { counter: 'device:one', failures: 1 },
      { counter: 'strangers', failures: 1 },
    ]);
    expect(await check('right', { maxTries: 9 })).toMatchObject({ outcome: 'right' });
    expect(await failures()).toEqual([]);
  });

  test('a wrong answer tells how many tries are left, until there are none', async () => {
    await send();
    for (let left = 2; left >= 0; left -= 1) {
      expect(await check('wrong', { maxTries: 3 })).toEqual({ outcome: 'wrong', triesLeft: left });
    }
    expect(await check('right', { maxTries: 3 })).toEqual({ outcome: 'exhausted' });
  });

  test('a new code replaces the old one and brings new tries', async () => {
    await send();
    await check('wrong', { maxTries: 1 });
    await send([], { digest: 'new' });
    expect(await check('right', { maxTries: 5 })).toMatchObject({ outcome: 'wrong' });
    expect(await check('new', { maxTries: 5 })).toMatchObject({ outcome: 'right' });
    expect(await count('verification_codes')).toBe(1);
  });

  describe('a code that goes out again, twice at once', () => {
    type Step = { begin: string } | { end: string; state: 'accepted' | 'failed' };
    const stepsOf = (ends: Record<string, 'accepted' | 'failed'>) =>
      Object.entries(ends).map(([id, state]): Step[] => [{ begin: id }, { end: id, state }]);
    /** Every order of two messages, each of which begins before it ends. */
    const interleaved = ([one = [], other = []]: Step[][]): Step[][] => {
      if (one.length === 0 || other.length === 0) return [[...one, ...other]];
      const [[oneNext, ...oneRest], [otherNext, ...otherRest]] = [one, other] as [[Step], [Step]];
      const begunBy = (next: Step, rest: Step[][]) => interleaved(rest).map((steps) => [next, ...steps]);
      return [...begunBy(oneNext, [oneRest, other]), ...begunBy(otherNext, [one, otherRest])];
    };
    const again = (to: string, id: string) =>
      beginSend(store, {
        message: { ...messageRow({ recipient: to, state: 'sending', created_at: start }), id },
        code: {
          ...{ flow: 'f', digest: 'right', expiresAt: start + 600_000 },
          making: { seed: 'seed', purpose: 'p', madeSince: start - 1, maxTries: 5, tellSeed: () => {} },
        },
        limits: [],
      });
    const settle = async (to: string, id: string, state: 'accepted' | 'failed') => {
      await settleMessage(store, { id, recipient: to }, { state, handedAt: start }, start);
      if (state === 'failed') await withdrawMessage(store, { id, recipient: to }, 'f');
    };

    test.each([
      { B: 'failed', C: 'failed' },
      { B: 'accepted', C: 'failed' },
      { B: 'failed', C: 'accepted' },
    ] as const)('%j: whenever it is typed in, it counts for a message that is out', async (ends) => {
      for (const steps of interleaved(stepsOf(ends))) {
        for (let typedAfter = 0; typedAfter <= steps.length; typedAfter += 1) {
          const to = `+86138${String(people++).padStart(8, '0')}`;
          const idOf = (id: string) => `${to}/${id}`;
          await again(to, idOf('A'));
          await settle(to, idOf('A'), 'accepted');
          for (const step of steps.slice(0, typedAfter)) {
            if ('begin' in step) await again(to, idOf(step.begin));
            else await settle(to, idOf(step.end), step.state);
          }
          const failing = Object.entries(ends).flatMap(([id, state]) => (state === 'failed' ? [idOf(id)] : []));
          const result = await check('right', { to });
          expect(result, JSON.stringify(steps.slice(0, typedAfter))).toMatchObject({ outcome: 'right' });
          const [verified] = await store.db
            .selectFrom('messages')
            .select('id')
            .where('recipient', '=', to)
            .where('verified_at', 'is not', null)
            .execute();
          expect(failing, JSON.stringify(steps.slice(0, typedAfter))).not.toContain(verified?.id);
          expect(verified).toBeDefined();
        }
      }
    });
  });

  test('a right answer marks its message as verified', async () => {
    await send();
    const result = await check('right', { now: start + 5 });
    const [message] = await store.db.selectFrom('messages').selectAll().execute();
    expect(result).toMatchObject({ outcome: 'right', messageId: message?.id });
    expect(message?.verified_at).toBe(start + 5);
  });

  test('a code ends on time, is used once, belongs to its flow, and does not outlive a clock set back', async () => {
    await send();
    expect(await check('right', { flow: 'other' })).toEqual({ outcome: 'not-found' });
    expect(await check('right', { now: start + 600_000 })).toEqual({ outcome: 'expired' });
    expect(await check('right', { now: start - 3_600_000 })).toEqual({ outcome: 'expired' });
    expect(await check('right', { now: start + 599_999 })).toMatchObject({ outcome: 'right' });
    expect(await check('right')).toEqual({ outcome: 'not-found' });
  });

  test('answers where no code is pending count for nothing', async () => {
    for (let turn = 0; turn < 5; turn += 1) expect(await check('any')).toEqual({ outcome: 'not-found' });
    expect(await store.db.selectFrom('verification_failures').selectAll().execute()).toEqual([]);
  });

  test('failures count across codes: waits grow, a hundred in a row lock, a right answer clears them', async () => {
    let now = start;
    const waits: number[] = [];
    let failures = 0;
    while (failures < failurePolicy.maxFailures) {
      await send([], { now });
      const result = await check('wrong', { now });
      if (result.outcome === 'blocked') {
        waits.push(result.retryAfterMs);
        now += result.retryAfterMs;
      } else {
        expect(result.outcome).toBe('wrong');
        failures += 1;
      }
    }
    expect(waits.slice(0, 4)).toEqual([1000, 2000, 4000, 8000]);
    expect(Math.max(...waits)).toBe(failurePolicy.maxWaitMs);
    await send([], { now });
    expect(await check('right', { now })).toEqual({ outcome: 'locked' });
    expect(await clearFailures(store, recipient)).toBe(true);
    expect(await check('right', { now })).toMatchObject({ outcome: 'right' });
  });

  describe('strangers and known browsers', () => {
    const counters = { stranger: 'strangers', device: 'device:one', other: 'device:two' } as const;
    const { stranger, device, other } = counters;

    /** Gives wrong answers, one after another, waiting whenever it has to. @returns how many were taken, and the end */
    async function guess(counter: Counter, from = start) {
      let taken = 0;
      for (let now = from; ; ) {
        await send([], { now });
        const result = await check('wrong', { now, counter });
        if (result.outcome === 'wrong') taken += 1;
        else if (result.outcome === 'blocked') now += result.retryAfterMs;
        else return { taken, outcome: result.outcome, now };
      }
    }

    test('24 wrong answers of strangers do not make a known browser wait', async () => {
      await send();
      const wrong = await Promise.all(
        Array.from({ length: 24 }, () => check('wrong', { maxTries: 100, counter: stranger })),
      );
      expect(wrong.filter(({ outcome }) => outcome === 'blocked').length).toBeGreaterThan(0);
      expect(await check('right', { maxTries: 100, counter: stranger })).toMatchObject({ outcome: 'blocked' });
      expect(await check('right', { maxTries: 100, counter: device })).toMatchObject({ outcome: 'right' });
    });

    test('strangers lock strangers out, and nobody else; a right answer lets them in again', async () => {
      const { taken, outcome, now } = await guess(stranger);
      expect([taken, outcome]).toEqual([failurePolicy.maxStrangerFailures, 'locked']);
      expect(await check('right', { now, counter: stranger })).toEqual({ outcome: 'locked' });
      expect(await check('right', { now, counter: device })).toMatchObject({ outcome: 'right' });
      await send([], { now });
      expect(await check('right', { now, counter: stranger })).toMatchObject({ outcome: 'right' });
    });

    test('a hundred in a row of everybody together lock the number', async () => {
      const { now } = await guess(stranger);
      const known = await guess(device, now);
      expect([known.taken, known.outcome]).toEqual([20, 'locked']);
      for (const counter of [stranger, device, other, backEnd]) {
        await send([], { now: known.now });
        expect(await check('right', { now: known.now, counter })).toEqual({ outcome: 'locked' });
      }
      expect(await clearFailures(store, recipient)).toBe(true);
      expect(await check('right', { now: known.now, counter: stranger })).toMatchObject({ outcome: 'right' });
    });

    test('the hundred hold however many answers of however many browsers come at once', async () => {
      await send();
      const answers = Array.from({ length: 300 }, (_, index) =>
        check('wrong', { maxTries: 1000, counter: index % 3 === 0 ? stranger : `device:${index % 10}` }),
      );
      const outcomes = (await Promise.all(answers)).map(({ outcome }) => outcome);
      const counted = outcomes.filter((outcome) => outcome === 'wrong').length;
      expect(counted).toBe(failurePolicy.maxFailures);
      const rows = await store.db.selectFrom('verification_failures').selectAll().execute();
      const sum = (name: boolean) =>
        rows.filter(({ counter }) => (counter === 'all') === name).reduce((total, { failures }) => total + failures, 0);
      expect([sum(true), sum(false)]).toEqual([100, 100]);
    });
  });

  test('the lock holds against many answers at once, however many tries a code has', async () => {
    await send();
    const outcomes = await Promise.all(Array.from({ length: 250 }, () => check('wrong', { maxTries: 1000 })));
    expect(outcomes.filter(({ outcome }) => outcome === 'wrong')).toHaveLength(failurePolicy.firstWaitAt);
    expect(outcomes.filter(({ outcome }) => outcome === 'blocked')).toHaveLength(250 - failurePolicy.firstWaitAt);
  });
});
