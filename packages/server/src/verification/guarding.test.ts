import { parsePhone } from '@sesame/connector-kit';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../test/setup/console.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { recipientOfPhone } from '../messaging/recipient.ts';
import type { Client } from '../protection/client.ts';
import { createLedger } from '../store/guard-ledger.ts';

const start = Date.UTC(2026, 10, 27, 12, 5);
const stranger: Client = { address: '192.0.2.7', marks: [] };

describe.each(databases)('the guard on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeEach(async () => {
    server = await newConsoleServer(database, () => start);
    await server.services.experience.change({ fraudPolicy: { mode: 'enforce' } });
    cookie = await server.signIn();
  });
  afterEach(() => server.close());

  const recipientOf = (phone: string) =>
    recipientOfPhone(parsePhone(phone) as NonNullable<ReturnType<typeof parsePhone>>);
  const ask = async (phone: string, client: Client = stranger) => {
    const recipient = recipientOf(phone);
    try {
      await server.services.verification.start({ recipient, usageType: 'SignIn', flow: phone, client });
      return 'sent';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  const codeTo = (phone: string) => server.services.inbox.messages(phone)[0]?.code ?? '';
  const answer = (phone: string) =>
    server.services.verification.answer({
      recipient: recipientOf(phone),
      flow: phone,
      code: codeTo(phone),
      client: stranger,
    });
  const numbers = (prefix: string, count: number) =>
    Array.from({ length: count }, (_, index) => `${prefix}${String(index * 13).padStart(4, '0')}`);
  const from = (index: number): Client => ({ address: `198.51.${index % 100}.7`, marks: [] });
  const askAll = (phones: readonly string[]) => Promise.all(phones.map((phone, index) => ask(phone, from(index))));
  /** As somebody finds it who starts with what is in the database. */
  const budgetOf = async (scope: string) => {
    await server.services.store.flush();
    return createLedger(server.services.store)([scope], ({ get }) => get(scope));
  };
  const decisions = () => server.services.store.db.selectFrom('guard_decisions').selectAll().execute();

  test('stops what nobody types in, and keeps why; numbers and browsers that are known go on', async () => {
    const known = '+4915112349999';
    expect(await ask(known)).toBe('sent');
    await answer(known);
    const results = await askAll(numbers('+491511234', 40));
    expect(results.filter((result) => result === 'sent').length).toBeLessThanOrEqual(10);
    expect(new Set(results)).toEqual(new Set(['sent', 'request.sending_paused']));
    expect(await ask(known, from(1))).toBe('sent');
    const { id } = await server.services.users.create({ primaryPhone: '+4915112348888' });
    const browser: Client = { ...from(2), marks: [{ type: 'user', id, device: 'd1', since: start + 1000 }] };
    expect(await ask('+4915112340001', browser)).toBe('sent');
    expect(await ask('+4915112340002')).toBe('request.sending_paused');
    const kept = await decisions();
    expect(kept.length).toBeGreaterThan(30);
    expect(kept[0]).toMatchObject({ recipient: expect.stringContaining('•••'), country: 'DE', is_enforced: 1 });
    // The first one; those that came with it may be kept before it.
    const reasons = kept.map((one) => JSON.parse(one.reasons)[0]);
    expect(reasons).toContainEqual(expect.objectContaining({ rule: 'unverified', limit: expect.any(Number) }));
    await server.services.store.flush();
    const [attack, ...others] = await server.services.attacks.list({ limit: 10 });
    expect(others).toEqual([]);
    expect(attack).toMatchObject({ country: 'DE', beganAt: start, lastAt: start, isOver: false, recorded: 0 });
    expect(attack).toMatchObject({ refused: kept.length, failedChecks: 0 });
    expect(attack?.sent).toBeGreaterThan(3);
    expect(attack?.ranges).toEqual([{ range: '+491511234', stopped: kept.length }]);
    expect(attack?.networks).toHaveLength(20);
    server.advance(2 * 3_600_000);
    expect((await server.services.attacks.list({ limit: 10 }))[0]).toMatchObject({ isOver: true });
    expect(await server.services.attacks.list({ limit: 10, before: { at: start, id: attack?.id ?? '' } })).toEqual([]);
  });

  test('an account vouches by the number that it has, and a number for no more than one account would', async () => {
    const { users } = server.services;
    const marked = (...ids: string[]): Client => ({
      ...from(3),
      marks: ids.map((id) => ({ type: 'user', id, device: `d ${id}`, since: Number.POSITIVE_INFINITY })),
    });
    const byMail = await users.create({ primaryEmail: 'ali@example.com' });
    const withNumber = await users.create({ primaryEmail: 'cassim@example.com', primaryPhone: '+4915112348888' });
    const full = numbers('+491511234', 60);
    await askAll(full.slice(0, 40));
    expect(await ask(full[41] ?? '', marked(byMail.id))).toBe('request.sending_paused');
    expect(await ask(full[42] ?? '', marked(withNumber.id, byMail.id))).toBe('sent');
    await users.update(withNumber.id, { primaryPhone: null });
    expect(await ask(full[43] ?? '', marked(withNumber.id))).toBe('request.sending_paused');
    await users.update(byMail.id, { primaryPhone: '+4915112348888' });
    const others = full.slice(44).map((phone) => ask(phone, marked(withNumber.id, byMail.id)));
    expect((await Promise.all(others)).filter((result) => result === 'sent')).toHaveLength(1);
  });

  test('what is kept in a row with others has the time of the last of them', async () => {
    await server.services.experience.change({ fraudPolicy: { countries: { mode: 'allow', list: ['US'] } } });
    await Promise.all(numbers('+491511234', 30).map((phone) => ask(phone, from(1))));
    server.advance(60_000);
    await ask('+436641234567', from(1));
    const kept = await decisions();
    expect(kept.filter(({ country }) => country === 'AT')).toMatchObject([{ at: server.now() }]);
    expect(Math.max(...kept.filter(({ country }) => country === 'DE').map(({ at }) => at))).toBeLessThan(server.now());
  });

  test('keeps so much of what one network does, and counts all of it', async () => {
    await server.services.experience.change({ fraudPolicy: { countries: { mode: 'allow', list: ['US'] } } });
    const hosts = (index: number): Client => ({ address: `198.51.100.${index}`, marks: [] });
    const asked = numbers('+491511234', 60).map((phone, index) => ask(phone, hosts(index)));
    await Promise.all([...asked, ask('+436641234567', hosts(60)), ask('+4915112349999', from(1))]);
    const kept = await decisions();
    const ofNetwork = kept.filter(({ around }) => around === '198.51.100.0/24');
    expect(ofNetwork).toHaveLength(21);
    expect(ofNetwork.reduce((sum, { times }) => sum + times, 0)).toBe(61);
    expect(kept.filter(({ around }) => around !== '198.51.100.0/24')).toMatchObject([
      { times: 1, network: '198.51.1.7' },
    ]);
    const countries = async () => {
      const { countries } = (await server.send('GET', '/api/protection/countries', { cookie })).json();
      return countries.map(({ country, refused }: { country: string; refused: number }) => [country, refused]);
    };
    expect(await countries()).toEqual([
      ['DE', 61],
      ['AT', 1],
    ]);
    server.advance(3_600_000);
    await ask('+4915112340001', hosts(1));
    expect(await decisions()).toHaveLength(23);
    expect((await countries())[0]).toEqual(['DE', 62]);
  });

  test('messages that must not show close nothing to those that show, and tell nothing of a number', async () => {
    const { verification } = server.services;
    const askSecretly = async (phone: string, client: Client) => {
      const recipient = recipientOf(phone);
      const secretly = { flow: phone, isSuppressed: true, isDiscreet: true } as const;
      const check = { isAsked: false, takePassed: async () => 'check' as const, takeAll: async () => 'check' as const };
      return verification.start({ recipient, usageType: 'ForgotPassword', client, check, ...secretly }).then(
        () => 'sent',
        (error: { code: string }) => error.code,
      );
    };
    const phones = numbers('+491511234', 60);
    const secret = await Promise.all(phones.map((phone, index) => askSecretly(phone, from(index))));
    expect(new Set(secret)).toEqual(new Set(['sent']));
    expect(await ask('+4915112349999', { address: '203.0.113.9', marks: [] })).toBe('sent');
    // Somebody who has verified a number here is told by nothing from somebody who has not.
    const [known, unknown] = ['+4915112349999', '+4915112349998'];
    await answer(known);
    server.advance(1000);
    const outcomes = async (phone: string) => {
      const results: string[] = [];
      for (let index = 0; index < 12; index += 1) {
        server.advance(31_000);
        results.push(await askSecretly(phone, from(index)));
      }
      return results;
    };
    const ofUnknown = await outcomes(unknown);
    server.advance(24 * 3_600_000);
    expect(await outcomes(known)).toEqual(ofUnknown);
  });

  test('webhooks hear once of a network that has used up its limit, whomever it goes on to ask for', async () => {
    const { hooks, experience, store } = server.services;
    await hooks.create({ events: ['Message.RateLimited'], config: { url: 'https://receiver.example/hook' } });
    await experience.change({ fraudPolicy: { mode: 'off' }, messageRateLimitPolicy: { maxSendsPerAddress: 2 } });
    const results = await Promise.all(numbers('+491511234', 12).map((phone) => ask(phone)));
    expect(results.filter((result) => result === 'request.message_rate_limited')).toHaveLength(10);
    await server.services.messaging.drain();
    const told = await store.db.selectFrom('hook_deliveries').select('payload').execute();
    expect(told).toHaveLength(1);
    expect(JSON.parse(told[0]?.payload ?? '').data.identifier.type).toBe('phone');
    // Somebody who asks twice is another matter.
    await experience.change({ messageRateLimitPolicy: { maxSendsPerAddress: null } });
    const [phone = ''] = numbers('+491511235', 1);
    expect([await ask(phone, from(1)), await ask(phone, from(2))]).toEqual(['sent', 'request.message_rate_limited']);
    await server.services.messaging.drain();
    expect(await store.db.selectFrom('hook_deliveries').select('id').execute()).toHaveLength(2);
  });

  test('one code that many answer at once gives back once, and wrong answers nothing', async () => {
    const [phone = '', other = ''] = numbers('+491511234', 2);
    await ask(phone);
    await ask(other, from(1));
    const levelOf = async (scope: string) => Number((await budgetOf(scope))?.level) / 1e6;
    const wrong = (index: number) =>
      server.services.verification.answer({
        ...{ recipient: recipientOf(phone), flow: phone, client: from(index) },
        code: codeTo(phone) === '000000' ? '000001' : '000000',
      });
    await Promise.allSettled(Array.from({ length: 3 }, (_, index) => wrong(index)));
    expect(await levelOf('block:+491511234')).toBe(2);
    server.advance(1000);
    const answers = await Promise.allSettled(Array.from({ length: 6 }, () => answer(phone)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await levelOf('block:+491511234')).toBeCloseTo(0, 2);
    expect(await levelOf(`number:${other}`)).toBeCloseTo(1, 2);
  });

  test('a database that takes nothing for a while closes nothing to those who asked meanwhile', async () => {
    const { store } = server.services;
    const phones = numbers('+491511234', 12);
    expect(await ask(phones[0] ?? '')).toBe('sent');
    const refuse = vi.spyOn(store, 'atomically');
    // There, budgets are written in a transaction of their own; here, with the message.
    if (database === 'PostgreSQL') refuse.mockRejectedValue(new Error('The disk is full.'));
    const tables = database === 'SQLite' ? ['messages', 'guard_journal'] : [];
    for (const table of tables) {
      await sql
        .raw(`create trigger full_${table} before insert on ${table} begin select raise(abort, 'full'); end`)
        .execute(store.db);
    }
    for (const [index, phone] of phones.entries()) expect(await ask(phone, from(index)), phone).not.toBe('sent');
    refuse.mockRestore();
    for (const table of tables) await sql.raw(`drop trigger full_${table}`).execute(store.db);
    // Whoever comes first afterwards hears of it where it has to do with budgets.
    await ask(phones[1] ?? '', from(1));
    expect(await ask(phones[2] ?? '', from(2))).toBe('sent');
    const { level, closures } = (await budgetOf('block:+491511234')) ?? {};
    expect([Number(level) / 1e6 <= 3, Number(closures)]).toEqual([true, 0]);
  });

  test('does the same whether a number has an account or not', async () => {
    const [withAccount = '', without = ''] = numbers('+491511234', 2);
    await server.services.users.create({ primaryPhone: withAccount });
    const budgetAfter = async (phone: string) => {
      expect(await ask(phone)).toBe('sent');
      return { ...(await budgetOf(`number:${phone}`)), scope: 'number' };
    };
    expect(await budgetAfter(withAccount)).toEqual(await budgetAfter(without));
  });

  test('lets people through who type their codes in, however many', async () => {
    for (const phone of numbers('+491511234', 30)) {
      expect(await ask(phone)).toBe('sent');
      await answer(phone);
    }
    expect(await decisions()).toEqual([]);
  });

  test('checks that nobody can pass, as their provider is away, count against nobody', async () => {
    const askAway = async (phones: readonly string[], isAway: boolean) => {
      const none = { isAsked: false, takePassed: async () => undefined, takeAll: async () => undefined };
      const check = { ...none, isAway: async () => isAway };
      const asked = phones.map((phone, index) =>
        server.services.verification
          .start({ recipient: recipientOf(phone), usageType: 'SignIn', flow: phone, client: from(index), check })
          .catch(({ code }: { code: string }) => code),
      );
      const results = await Promise.all(asked);
      return results.filter((result) => result === 'session.captcha_required').length;
    };
    const counted = async () => {
      const [budget, [attack]] = [await budgetOf('country:DE'), await server.services.attacks.list({ limit: 1 })];
      return { failed: Math.round(Number(budget?.failed) / 1e6), inAttack: attack?.failedChecks ?? 0 };
    };
    expect(await askAway(numbers('+491511234', 6), true)).toBeGreaterThan(1);
    // It is taken back after the answer.
    await expect.poll(counted).toEqual({ failed: 0, inAttack: 0 });
    const checks = await askAway(numbers('+491511235', 12), false);
    expect(await counted()).toMatchObject({ failed: checks });
    expect(checks).toBeGreaterThan(4);
  });

  test('sends nothing to a country that is not served, by its number, in every way in', async () => {
    await server.services.experience.change({ fraudPolicy: { countries: { mode: 'allow', list: ['US'] } } });
    expect(await ask('+12125550123')).toBe('sent');
    expect(await ask('+18765550123')).toBe('phone.country_not_served');
    const reply = await server.send('POST', '/api/verification-codes', { cookie, body: { phone: '+4915112340001' } });
    expect(reply.json()).toMatchObject({ code: 'phone.country_not_served', data: { country: 'DE' } });
  });

  test('only says what it would have refused where it records, and nothing where it is off', async () => {
    await server.services.experience.change({ fraudPolicy: { mode: 'record' } });
    expect(new Set(await askAll(numbers('+491511234', 20)))).toEqual(new Set(['sent']));
    const kept = (await decisions()).length;
    expect(kept).toBeGreaterThan(5);
    expect(await decisions()).toContainEqual(expect.objectContaining({ is_enforced: 0, country: 'DE' }));
    await server.services.experience.change({ fraudPolicy: { mode: 'off' } });
    expect(new Set(await askAll(numbers('+491511235', 20)))).toEqual(new Set(['sent']));
    expect(await decisions()).toHaveLength(kept);
  });

  test('counts the end user of a back end, and says when to ask again', async () => {
    const send = (phone: string, ip: string, deviceId = 'd') =>
      server.send('POST', '/api/verification-codes', { cookie, body: { phone, ip, deviceId } });
    expect((await send('+4915112340001', '192.0.2.300')).json()).toMatchObject({ code: 'guard.invalid_input' });
    expect((await send('+4915112340001', '192.0.2.30')).statusCode).toBe(204);
    const body = {
      phone: '+4915112340001',
      verificationCode: codeTo('+4915112340001'),
      ip: '192.0.2.30',
      deviceId: 'd',
    };
    expect((await server.send('POST', '/api/verification-codes/verify', { cookie, body })).statusCode).toBe(204);
    const { id } = await server.services.store.db.selectFrom('administrators').select('id').executeTakeFirstOrThrow();
    const device = `device:caller/administrator%2F${id}/d`;
    for (const scope of ['network:192.0.2.30', 'network:192.0.0.0/16', device, 'number:+4915112340001']) {
      expect(await budgetOf(scope)).toMatchObject({ scope, verified: 1e6 });
    }
    // What another back end calls by that name is another browser.
    const { verification } = server.services;
    const endUser = { caller: 'application/other', deviceId: 'd' };
    const other = recipientOf('+4915112340077');
    await verification.start({ recipient: other, usageType: 'SignIn', flow: 'management', endUser });
    expect(await budgetOf('caller:application/other')).toMatchObject({ level: 1e6 });
    const replies = await Promise.all(
      numbers('+491511239', 12).map((phone, index) => send(phone, `198.51.${index}.1`, `d${index}`)),
    );
    const refused = replies.find(({ statusCode }) => statusCode === 429);
    expect(refused?.json()).toMatchObject({ code: 'request.sending_paused' });
    expect(Number(refused?.headers['retry-after'])).toBeGreaterThan(0);
  });
});

test('where the guard fails or is slow, strangers wait, and known browsers and numbers are served', async () => {
  const server = await newConsoleServer('SQLite', () => start);
  const { services } = server;
  const { store, inbox, users, verification } = services;
  const phone = '+4915112340001';
  const recipientOf = (number: string) =>
    recipientOfPhone(parsePhone(number) as NonNullable<ReturnType<typeof parsePhone>>);
  const send = (number: string, client: Client = stranger) =>
    verification.start({ recipient: recipientOf(number), usageType: 'SignIn', flow: number, client });
  try {
    await services.experience.change({ fraudPolicy: { mode: 'enforce' } });
    const user = await users.create({ primaryPhone: phone });
    const known = '+4915112349999';
    await send(known);
    const code = inbox.messages(known)[0]?.code ?? '';
    await verification.answer({ recipient: recipientOf(known), flow: known, code, client: stranger });
    server.advance(3_600_000);
    const paused = { code: 'request.sending_paused', data: { retryAfterSeconds: 30 } };
    const marks = [{ type: 'user' as const, id: user.id, device: 'd1', since: start + 1 }];
    const run = store.run;
    // Budgets that are not in memory never come.
    vi.spyOn(store, 'run').mockImplementation((query) =>
      query.sql.includes('guard_budgets') ? new Promise(() => {}) : run(query),
    );
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const slow = send(phone).catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(1900);
    expect(await Promise.race([slow, Promise.resolve('waits')])).toBe('waits');
    await vi.advanceTimersByTimeAsync(200);
    expect(await slow).toMatchObject(paused);
    const others = [send(known, { ...stranger, address: '198.51.100.1' }), send(phone, { ...stranger, marks })];
    await vi.advanceTimersByTimeAsync(2100);
    vi.useRealTimers();
    await Promise.all(others);
    vi.restoreAllMocks();
    server.advance(3_600_000);
    await store.db.schema.dropTable('guard_budgets').execute();
    await expect(send(phone)).rejects.toMatchObject(paused);
    await expect(send(phone, { ...stranger, marks })).resolves.toBeDefined();
    await expect(send(known, { ...stranger, address: '198.51.100.9' })).resolves.toBeDefined();
    server.advance(60_000);
    // Where nobody may learn whether a message goes out, nothing tells known numbers from others.
    for (const number of [known, '+4915112340777']) {
      const secretly = { flow: number, isSuppressed: true, isDiscreet: true } as const;
      const asked = { recipient: recipientOf(number), usageType: 'ForgotPassword', client: stranger, ...secretly };
      await expect(verification.start(asked)).resolves.toBeDefined();
    }
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
    await server.close();
  }
});
