import { ConnectorError, parsePhone } from '@sesame/connector-kit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../test/setup/console.ts';
import { priceInbox } from '../../../../test/setup/priced-inbox.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { fraudPolicyChangeSchema } from '../experience/fraud-policy.ts';
import type { SignInExperienceChange } from '../experience/sign-in-experience.ts';
import { recipientOfPhone } from '../messaging/recipient.ts';
import { defaultBudgets } from '../protection/budgets.ts';
import type { Client } from '../protection/client.ts';

const start = Date.UTC(2026, 10, 27, 12, 5);
const hour = 3_600_000;
/** The guard lets these pass: what is in question are the caps. */
const always = { prefixes: ['+49', '+43'], networks: [] };

describe.each(databases)('caps on %s', (database) => {
  let server: ConsoleServer;
  let asks = 0;
  beforeAll(async () => {
    server = await newConsoleServer(database, () => start);
    await priceInbox(server.services);
  });
  afterAll(() => server.close());

  const setPolicy = (fraudPolicy: NonNullable<SignInExperienceChange['fraudPolicy']>) => {
    const none = { maxMessagesPerHour: null, maxMessagesPerDay: null, maxMessagesPerMonth: null };
    const free = { maxCostPerHour: null, maxCostPerDay: null, maxCostPerMonth: null, perCountry: [] };
    return server.services.experience.change({
      fraudPolicy: { mode: 'enforce', always, ...none, ...free, ...fraudPolicy },
    });
  };
  const recipientOf = (phone: string) =>
    recipientOfPhone(parsePhone(phone) as NonNullable<ReturnType<typeof parsePhone>>);
  const client = (): Client => {
    asks += 1;
    return { address: `198.${asks % 200}.${Math.floor(asks / 200)}.7`, marks: [] };
  };
  async function ask(phone: string, from: Client | undefined = client()) {
    const send = { recipient: recipientOf(phone), usageType: 'SignIn', flow: phone, client: from };
    return server.services.verification.start(send).then(
      () => 'sent',
      (error: { code: string; data: { retryAfterSeconds?: number } }) =>
        `${error.code} ${error.data.retryAfterSeconds ?? ''}`,
    );
  }
  const numbers = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}${String(index).padStart(3, '0')}`);
  const sentOf = (results: readonly string[]) => results.filter((result) => result === 'sent').length;
  const askAll = (phones: readonly string[]) => Promise.all(phones.map((phone) => ask(phone)));
  const spentThisMonth = async () => {
    const now = new Date(server.now());
    const month = Date.UTC(now.getUTCFullYear(), now.getUTCMonth());
    const messages = server.services.store.db.selectFrom('messages').select('cost');
    const rows = await messages
      .where('created_at', '>=', month)
      .where('state', 'not in', ['failed', 'suppressed'])
      .execute();
    return rows.reduce((total, { cost }) => total + (cost ?? 0), 0) / 1e6;
  };
  const capDecisions = async () => {
    const rows = await server.services.store.db.selectFrom('guard_decisions').selectAll().orderBy('at').execute();
    return rows.filter(({ reasons }) => reasons.includes('"rule":"cap"'));
  };

  test('of many at once exactly as many are sent as the cap says; who is known is served on', async () => {
    const known = '+4915112349999';
    await setPolicy({ mode: 'enforce', always: { prefixes: [], networks: [] } });
    expect(await ask(known)).toBe('sent');
    const code = server.services.inbox.messages(known)[0]?.code ?? '';
    await server.services.verification.answer({ recipient: recipientOf(known), flow: known, code, client: client() });
    server.advance(hour);
    await setPolicy({ maxMessagesPerHour: 20, always });
    const results = await askAll(numbers('+49151123450', 60));
    expect(sentOf(results)).toBe(20);
    // Until the hour is over.
    expect(new Set(results)).toEqual(new Set(['sent', 'request.sending_paused 3300']));
    const [decision] = await capDecisions();
    expect(decision).toMatchObject({ decision: 'refuse', is_enforced: 1, country: 'DE', block: '+4915112345' });
    expect(JSON.parse(decision?.reasons ?? '')).toEqual([
      { rule: 'cap', scope: 'cap:hour/all/messages', value: 20, limit: 20 },
    ]);
    await setPolicy({ maxMessagesPerHour: 20, always: { prefixes: [], networks: [] } });
    expect(await ask(known)).toBe('sent');
    await setPolicy({ maxMessagesPerHour: 20 });
    server.advance(hour);
    expect(await ask('+4915112345999')).toBe('sent');
  });

  test('a full cap tells a network of few numbers whether they are known, and serves people who come back', async () => {
    server.advance(24 * hour);
    const noList = { prefixes: [], networks: [] };
    await setPolicy({ always: noList });
    const { verification, inbox } = server.services;
    const customers = Array.from({ length: 14 }, (_, index) => `+49151${2400 + index}0000`);
    for (const phone of customers) {
      expect(await ask(phone)).toBe('sent');
      const code = inbox.messages(phone)[0]?.code ?? '';
      await verification.answer({ recipient: recipientOf(phone), flow: phone, code, client: client() });
    }
    server.advance(24 * hour);
    await setPolicy({ maxMessagesPerDay: 1, always: noList });
    expect(await ask('+4915125000000')).toBe('sent');
    const prober: Client = { address: '203.0.113.7', marks: [] };
    const answers: string[] = [];
    for (const [index, phone] of customers.slice(0, 12).entries()) {
      answers.push(await ask(phone, prober), await ask(`+49151${2600 + index}0000`, prober));
    }
    const isSent = answers.map((answer) => answer === 'sent');
    const { told } = defaultBudgets.networks[0];
    expect(isSent.slice(0, told)).toEqual(Array.from({ length: told / 2 }, () => [true, false]).flat());
    expect(new Set(isSent.slice(told))).toEqual(new Set([false]));
    // The answers to those who are known and to others are the same.
    expect(new Set(answers.filter((answer) => answer !== 'sent')).size).toBe(1);
    expect(await ask(customers[12] as string)).toBe('sent');
  });

  test('messages that nobody may see go out count when they do, and show no cap', async () => {
    server.advance(24 * hour);
    await setPolicy({ maxMessagesPerDay: 3 });
    const { verification, messaging, store } = server.services;
    const askSecretly = (phone: string, isSuppressed: boolean) =>
      verification
        .start({
          recipient: recipientOf(phone),
          usageType: 'ForgotPassword',
          flow: phone,
          client: client(),
          isSuppressed,
          isDiscreet: true,
        })
        .then(
          () => 'sent',
          (error: { code: string }) => error.code,
        );
    const toNobody = await Promise.all(numbers('+49151123451', 12).map((phone) => askSecretly(phone, true)));
    expect(sentOf(toNobody)).toBe(12);
    expect(await ask('+4915112345201')).toBe('sent');
    const known = numbers('+49151123453', 5);
    expect(sentOf(await Promise.all(known.map((phone) => askSecretly(phone, false))))).toBe(5);
    await messaging.drain();
    const out = await store.db
      .selectFrom('messages')
      .select(['state', 'error'])
      .where('recipient', 'in', known)
      .execute();
    expect(out.filter(({ state }) => state !== 'suppressed')).toHaveLength(2);
    expect(out.flatMap(({ error }) => error ?? [])).toEqual(Array(3).fill('{"code":"request.sending_paused"}'));
    expect(await ask('+4915112345202')).toMatch(/^request.sending_paused/);
    expect(sentOf(await Promise.all(numbers('+49151123454', 3).map((phone) => askSecretly(phone, true))))).toBe(3);
  });

  test('what did not go out counts nowhere: neither in caps nor against those who come later', async () => {
    server.advance(24 * hour);
    await setPolicy({ maxMessagesPerDay: 3, maxCostPerDay: 1, always: { prefixes: [], networks: [] } });
    const { verification, messaging, factories } = server.services;
    const inbox = factories.find('development-inbox') ?? expect.fail();
    const refusing = vi.spyOn(inbox, 'sendMessage');
    const refuse = (kind: 'limit' | 'recipient' | 'unclear', isUnsent = false) =>
      refusing.mockRejectedValue(new ConnectorError({ kind, message: 'No.', isUnsent }));
    refuse('limit');
    for (const phone of numbers('+49151123490', 15)) expect(await ask(phone)).toMatch(/^connector\./);
    refuse('unclear', true);
    for (const phone of numbers('+49151123491', 4)) expect(await ask(phone)).toMatch(/^connector\./);
    for (const phone of numbers('+49151123492', 5)) {
      const secretly = { usageType: 'ForgotPassword', flow: phone, isDiscreet: true } as const;
      await verification.start({ recipient: recipientOf(phone), client: client(), ...secretly });
      await messaging.drain();
    }
    // This may be out.
    refuse('unclear');
    expect(await ask('+4915112349301')).toMatch(/^connector\./);
    refusing.mockRestore();
    const later = ['+4915112349302', '+4915112349303', '+4915112349304'];
    expect([await ask(later[0] ?? ''), await ask(later[1] ?? '')]).toEqual(['sent', 'sent']);
    expect(await ask(later[2] ?? '')).toMatch(/^request.sending_paused/);
    const spent = await server.services.store.db
      .selectFrom('spendings')
      .selectAll()
      .where('messages', '>', 0)
      .execute();
    expect(spent.find(({ last_send_id, cost }) => last_send_id && cost === 3 * 94_000)).toMatchObject({ messages: 3 });
  });

  test('one on money stops with the message that reaches it, for its country alone', async () => {
    server.advance(24 * hour);
    // A part to Germany is 0.094 US$ in the list.
    await setPolicy({ perCountry: [{ countries: ['DE', 'FR'], maxCostPerDay: 1 }] });
    expect(sentOf(await askAll(numbers('+49151123460', 30)))).toBe(11);
    expect(sentOf(await askAll(numbers('+436641234', 15)))).toBe(15);
    // Another price holds at once.
    await server.services.prices.change({ countries: { AT: 0.5 } });
    await setPolicy({ maxCostPerMonth: (await spentThisMonth()) + 3 });
    expect(sentOf(await askAll(numbers('+436641235', 15)))).toBe(6);
    const reasons = (await capDecisions()).map((decision) => decision.reasons).join();
    expect(reasons).toContain('"scope":"cap:month/all/cost/USD"');
  });

  test('one that is set in the middle of its period counts what was sent before, also while there was none', async () => {
    server.advance(24 * hour);
    await setPolicy({});
    expect(sentOf(await askAll(numbers('+49151123491', 4)))).toBe(4);
    expect(sentOf(await askAll(numbers('+436641236', 3)))).toBe(3);
    const capped: Parameters<typeof setPolicy>[0] = {
      maxMessagesPerDay: 10,
      perCountry: [{ countries: ['DE'], maxCostPerDay: 0.5 }],
    };
    await setPolicy(capped);
    // Of half a dollar, 0.376 was spent on Germany.
    expect(sentOf(await askAll(numbers('+49151123492', 4)))).toBe(2);
    expect(sentOf(await askAll(numbers('+436641237', 4)))).toBe(1);
    await setPolicy({});
    expect(sentOf(await askAll(numbers('+436641238', 5)))).toBe(5);
    await setPolicy({ ...capped, maxMessagesPerDay: 16 });
    expect(sentOf(await askAll(numbers('+436641239', 4)))).toBe(1);
  });

  test('where decisions are recorded only, everything is sent, and it is kept what would not have been', async () => {
    server.advance(48 * hour);
    await setPolicy({ mode: 'record', maxMessagesPerDay: 5 });
    const before = (await capDecisions()).length;
    expect(sentOf(await askAll(numbers('+49151123470', 12)))).toBe(12);
    const kept = (await capDecisions()).slice(before);
    expect(kept).toHaveLength(7);
    expect(kept.every(({ is_enforced }) => is_enforced === 0)).toBe(true);
    await setPolicy({ mode: 'off', maxMessagesPerDay: 1 });
    expect(sentOf(await askAll(numbers('+49151123480', 5)))).toBe(5);
  });
});

test('a cap is not smaller than what it is counted in, so that none is full from the beginning', () => {
  const isTaken = (maxCostPerDay: number) => fraudPolicyChangeSchema.safeParse({ maxCostPerDay }).success;
  expect([0, 1e-7, 1e-6, 0.5].map(isTaken)).toEqual([false, false, true, true]);
});
