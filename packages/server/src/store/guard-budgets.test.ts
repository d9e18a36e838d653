import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { figuresOf } from '../protection/budgets.ts';
import { checkCode } from './checks.ts';
import {
  type BudgetRaise,
  chargeBudgets,
  closeScope,
  type GiveBack,
  giveBackBudgets,
  listBudgets,
  noteCheck,
} from './guard-budgets.ts';
import { beginSend } from './sends.ts';
import type { Store } from './store.ts';

const start = Date.UTC(2026, 10, 27, 12, 5);
const hour = 3_600_000;
const raise = (scope: string, codes: number): BudgetRaise => ({
  scope,
  cost: 1000,
  maxLevel: codes * 1000,
  leakMs: hour,
});

describe.each(databases)('budgets of unverified codes on %s', (database) => {
  let store: Store;
  let sends = 0;
  beforeEach(async () => {
    store = await newStore(database);
  });
  afterEach(() => store.close());

  const charge = (budgets: BudgetRaise[], now = start) => {
    sends += 1;
    return chargeBudgets(store, { id: `send-${sends}`, now, budgets });
  };
  const figures = async (scope: string, now = start) => figuresOf((await listBudgets(store, [scope]))[0], now);
  const level = async (scope: string, now = start) => (await figures(scope, now)).level;

  /** A send with all that belongs to it, and the answer to its code. */
  const send = (phone: string, budgets: BudgetRaise[], now = start) => {
    sends += 1;
    const unset = { locale: null, factory_id: null, connector_id: null, provider_message_id: null, error: null };
    const message = {
      ...unset,
      ...{ id: `message-${sends}`, recipient: phone, country: 'DE', usage_type: 'SignIn', state: 'sending' as const },
      ...{ created_at: now, updated_at: now, verified_at: null },
    };
    return beginSend(store, {
      message,
      code: { flow: 'flow', digest: 'right', expiresAt: now + hour },
      limits: [{ key: `recipient:${phone}`, maxSends: 1000, windowMs: hour }],
      budgets,
    });
  };
  let checks = 0;
  const answer = (phone: string, digest: string, givesBack: GiveBack) => {
    checks += 1;
    return checkCode(store, {
      ...{ id: `check-${checks}`, flow: 'flow', recipient: phone, counter: 'strangers', digest, maxTries: 10 },
      now: givesBack.now,
      givesBack,
    });
  };
  const back = (phone: string, now = start): GiveBack => ({
    now,
    number: `number:${phone}`,
    shared: [{ scope: 'block', bonus: 500 }],
    own: [],
  });

  test('exactly as many sends have room as there is, whoever comes at once', async () => {
    const sent = await Promise.all(
      Array.from({ length: 80 }, (_, index) =>
        send(`+49151${index}`, [raise('block', 12), raise(`number:+49151${index}`, 3)]),
      ),
    );
    expect(sent.filter((wait) => wait === 0)).toHaveLength(12);
    expect(sent.filter((wait) => wait === 'over-budget')).toHaveLength(68);
    expect(await level('block')).toBe(12);
    expect(await store.db.selectFrom('messages').select('id').execute()).toHaveLength(12);
  });

  test('a send that finds one budget full takes nothing from the others, nor from a limit', async () => {
    await charge([raise('full', 1)]);
    const results = await Promise.all(Array.from({ length: 20 }, () => charge([raise('full', 1), raise('other', 50)])));
    expect(results).not.toContain(true);
    expect(await level('other')).toBe(0);
    expect(await send('+491511', [raise('full', 1), raise('other', 50)])).toBe('over-budget');
    const limits = await store.db.selectFrom('send_limits').select('sends').execute();
    expect(limits.every(({ sends }) => Number(sends) === 0)).toBe(true);
  });

  test('a right code gives back what was outstanding of its number, once; a wrong one nothing', async () => {
    const phone = '+491511';
    for (let index = 0; index < 3; index += 1) await send(phone, [raise('block', 12), raise(`number:${phone}`, 6)]);
    await send('+491512', [raise('block', 12), raise('number:+491512', 6)]);
    await Promise.all(Array.from({ length: 5 }, () => answer(phone, 'wrong', back(phone))));
    expect(await level('block')).toBe(4);
    const outcomes = await Promise.all(Array.from({ length: 4 }, () => answer(phone, 'right', back(phone))));
    expect(outcomes.filter(({ outcome }) => outcome === 'right')).toHaveLength(1);
    expect(await level('block')).toBe(0.5);
    expect(await level(`number:${phone}`)).toBe(0);
    expect(await figures(`number:${phone}`)).toMatchObject({ verified: 1, verifiedAt: start });
  });

  test('a level leaks, never below nothing, and is no more where the clock was set back', async () => {
    for (let index = 0; index < 3; index += 1) await charge([raise('block', 12)]);
    expect(await level('block', start + 1.5 * hour)).toBe(1.5);
    await charge([raise('block', 12)], start + 1.5 * hour);
    expect(await level('block', start + 1.5 * hour)).toBe(2.5);
    expect(await level('block', start - 1000)).toBe(0);
    await charge([raise('block', 12)], start - hour);
    expect(await level('block', start - hour)).toBe(1);
    await charge([raise('block', 12)], start + 100 * hour);
    expect(await level('block', start + 100 * hour)).toBe(1);
  });

  test('checks count and fade by the hour, sends and right codes by two days', async () => {
    for (let index = 0; index < 5; index += 1)
      await noteCheck(store, { now: start, outcome: 'failed', scopes: ['c', 'b'] });
    await noteCheck(store, { now: start, outcome: 'passed', scopes: ['c'] });
    expect(await figures('c')).toMatchObject({ failed: 4, passed: 1 });
    expect(await figures('c', start + 2 * hour)).toMatchObject({ failed: 1, passed: 0.25 });
    await noteCheck(store, { now: start + 2 * hour, outcome: 'failed', scopes: ['c'] });
    expect(await figures('c', start + 2 * hour)).toMatchObject({ failed: 2, passed: 0.25 });
    expect(await figures('c', start + 2000 * hour)).toMatchObject({ failed: 0, passed: 0 });
  });

  test('what is closed twice at once is closed once, and opens with a right code', async () => {
    for (let index = 0; index < 4; index += 1) await charge([raise('block', 4)]);
    const closing = { scope: 'block', closures: 0, until: start + hour, now: start };
    await Promise.all([closeScope(store, closing), closeScope(store, closing)]);
    expect(await figures('block')).toMatchObject({ closures: 1, closedUntil: start + hour });
    await giveBackBudgets(store, { ...back('+491511'), shared: [{ scope: 'block', bonus: 2500 }] });
    expect(await figures('block')).toMatchObject({ level: 1.5, closedUntil: 0 });
  });
});
