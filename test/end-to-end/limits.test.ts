import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Reply } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { type Provider, startHttpSms } from './providers.ts';

const second = 1000;

describe.each(databases)('limits and policies on %s', (database) => {
  let server: TestServer;
  let provider: Provider;
  let phone: string;
  beforeAll(async () => {
    [server, provider] = await Promise.all([newServer(database), startHttpSms()]);
    const { factoryId: connectorId, config } = provider;
    await server.management.post('/connectors', { connectorId, config });
  });
  afterAll(async () => {
    await Promise.all([server.close(), provider.double.close()]);
  });
  const defaults = { sendWindow: 600, maxSendsPerRecipient: 10, maxSendsTotal: null };
  beforeEach(() => {
    phone = newPhone();
    // Time passes when a test says so.
    vi.useFakeTimers({ toFake: ['Date'] });
  });
  afterEach(async () => {
    vi.useRealTimers();
    await change({
      verificationCodePolicy: { codeLength: 6, expirationDuration: 600, maxRetryAttempts: 10 },
      messageRateLimitPolicy: defaults,
    });
  });

  const send = (to = phone): Promise<Reply> => server.management.post('/verification-codes', { phone: to });
  const verify = (verificationCode: string): Promise<Reply> =>
    server.management.post('/verification-codes/verify', { phone, verificationCode });
  /** Digits that are not the pending code, as many as it has. */
  const wrongCode = () => provider.codeTo(phone).replace(/\d/g, (digit) => String((Number(digit) + 1) % 10));
  async function change(policies: object) {
    const reply = await server.management.patch('/sign-in-exp', policies);
    expect(reply, reply.text).toMatchObject({ status: 200, body: policies });
  }
  function expectLimited({ status, headers, body }: Reply, retryAfterSeconds: number) {
    expect({ status, code: body.code }).toEqual({ status: 429, code: 'request.message_rate_limited' });
    expect([headers.get('retry-after'), body.data.retryAfterSeconds]).toEqual([
      String(retryAfterSeconds),
      retryAfterSeconds,
    ]);
  }

  test('a number gets ten messages in a window, other numbers theirs, and the window ends', async () => {
    const replies = await Promise.all(Array.from({ length: 40 }, () => send()));
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(10);
    for (const reply of replies.filter(({ status }) => status !== 204)) expectLimited(reply, 600);
    expect(provider.accepted().filter(({ to }) => to === phone)).toHaveLength(10);
    expect(await send(newPhone())).toMatchObject({ status: 204 });
    server.advance(300 * second);
    expectLimited(await send(), 300);
    server.advance(301 * second);
    expect(await send()).toMatchObject({ status: 204 });
  });

  test('a send over the limit leaves the code before it in force', async () => {
    await change({ messageRateLimitPolicy: { maxSendsPerRecipient: 1 } });
    await send();
    const code = provider.codeTo(phone);
    expectLimited(await send(), 600);
    expect(await verify(code)).toMatchObject({ status: 204 });
  });

  test('the limit on all messages together holds across numbers, from when it is set', async () => {
    await change({ messageRateLimitPolicy: { maxSendsTotal: 3, sendWindow: 60 } });
    const replies = await Promise.all(Array.from({ length: 12 }, () => send(newPhone())));
    expect(replies.filter(({ status }) => status === 204)).toHaveLength(3);
    for (const reply of replies.filter(({ status }) => status !== 204)) expectLimited(reply, 60);
    await change({ messageRateLimitPolicy: { maxSendsTotal: null } });
    expect(await send()).toMatchObject({ status: 204 });
  });

  // What follows is decided whatever the database. The store’s tests count failures on both.
  if (database !== 'SQLite') return;

  test('the policies are as documented, and a change keeps what it leaves out', async () => {
    const messageRateLimitPolicy = { ...defaults, maxSendsPerAddress: 50, resendInterval: 30 };
    const verificationCodePolicy = { codeLength: 6, expirationDuration: 600, maxRetryAttempts: 10 };
    const policies = { verificationCodePolicy, messageRateLimitPolicy };
    expect((await server.management.get('/sign-in-exp')).body).toMatchObject(policies);
    await change({ verificationCodePolicy: { codeLength: 5 } });
    expect((await server.management.get('/sign-in-exp')).body).toMatchObject({
      ...policies,
      verificationCodePolicy: { ...verificationCodePolicy, codeLength: 5 },
    });
  });

  test.each([
    { verificationCodePolicy: { codeLength: 3 } },
    { verificationCodePolicy: { codeLength: 7 } },
    { verificationCodePolicy: { codeLength: '6' } },
    { verificationCodePolicy: { codeLength: null } },
    { verificationCodePolicy: { expirationDuration: 601 } },
    { verificationCodePolicy: { expirationDuration: 60.5 } },
    { verificationCodePolicy: { maxRetryAttempts: 0 } },
    { verificationCodePolicy: { maxRetryAttempts: 101 } },
    { messageRateLimitPolicy: { sendWindow: 0 } },
    { messageRateLimitPolicy: { maxSendsPerRecipient: 0 } },
    { messageRateLimitPolicy: { maxSendsTotal: -1 } },
    { messageRateLimitPolicy: [] },
  ])('the policy %j is refused', async (policies) => {
    const before = (await server.management.get('/sign-in-exp')).body;
    const [policy, values] = Object.entries(policies)[0] ?? [];
    const path = [policy, ...Object.keys(values ?? {})].join('.');
    expect(await server.management.patch('/sign-in-exp', policies)).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [{ in: 'body', path }] } },
    });
    expect((await server.management.get('/sign-in-exp')).body).toEqual(before);
  });

  test('length, lifetime and tries of codes follow the policy at once', async () => {
    const verificationCodePolicy = { codeLength: 4, expirationDuration: 60, maxRetryAttempts: 2 };
    await change({ verificationCodePolicy });
    await send();
    expect(provider.codeTo(phone)).toMatch(/^\d{4}$/);
    const message = JSON.parse(provider.double.requests.at(-1)?.body ?? '');
    expect(message.expiresInSeconds).toBe(60);
    expect(await verify(wrongCode())).toMatchObject({ body: { data: { triesLeft: 1 } } });
    expect(await verify(wrongCode())).toMatchObject({ body: { data: { triesLeft: 0 } } });
    expect(await verify(provider.codeTo(phone))).toMatchObject({ body: { code: 'verification_code.exceed_max_try' } });
    await send();
    server.advance(61 * second);
    expect(await verify(provider.codeTo(phone))).toMatchObject({ body: { code: 'verification_code.expired' } });
  });

  test('wrong answers in a row slow a number down, then lock it, across codes; an administrator unlocks it', async () => {
    await change({
      verificationCodePolicy: { maxRetryAttempts: 100 },
      messageRateLimitPolicy: { maxSendsPerRecipient: null },
    });
    const blocked = 'session.verification_blocked_too_many_attempts';
    // Access tokens live an hour by the clock of the process, so the whole clock is moved.
    await send();
    const waits: number[] = [];
    for (let failures = 0; failures < 100; ) {
      const { body, headers } = await verify(wrongCode());
      if (body.code === 'verification_code.code_mismatch') failures += 1;
      else if (body.code === blocked) {
        expect(headers.get('retry-after')).toBe(String(body.data.retryAfterSeconds));
        waits.push(body.data.retryAfterSeconds);
        vi.setSystemTime(Date.now() + body.data.retryAfterSeconds * second);
        await server.management.renewToken();
      } else {
        expect(body.code).toBe('verification_code.expired');
        await send();
      }
    }
    expect(waits.slice(0, 5)).toEqual([1, 2, 4, 8, 16]);
    expect(Math.max(...waits)).toBe(4096);
    expect(waits).toHaveLength(80);

    await send();
    const locked = { status: 400, body: { code: blocked, data: { locked: true } } };
    expect(await verify(provider.codeTo(phone))).toMatchObject(locked);
    vi.setSystemTime(Date.now() + 24 * 3600 * second);
    await server.management.renewToken();
    await send();
    expect(await verify(provider.codeTo(phone)), 'a day later').toMatchObject(locked);

    expect(await server.management.post('/verification-codes/unlock', { phone })).toMatchObject({ status: 204 });
    expect(await verify(provider.codeTo(phone))).toMatchObject({ status: 204 });
    const nothingLeft = await server.management.post('/verification-codes/unlock', { phone: newPhone() });
    expect(nothingLeft).toMatchObject({ status: 404, body: { code: 'entity.not_found' } });
  });

  test('a right answer ends the row of wrong ones', async () => {
    await change({ verificationCodePolicy: { maxRetryAttempts: 100 } });
    for (let round = 0; round < 3; round += 1) {
      await send();
      for (let failures = 0; failures < 19; failures += 1) {
        expect(await verify(wrongCode())).toMatchObject({ body: { code: 'verification_code.code_mismatch' } });
      }
      expect(await verify(provider.codeTo(phone))).toMatchObject({ status: 204 });
    }
  });
});
