import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { identify, refused, restart, send, submit, verify } from './experience-rig.ts';

const minute = 60_000;

describe.each(databases)('test numbers on %s', (database) => {
  let server: TestServer;
  let relier: Relier;
  let phone: string;
  beforeAll(async () => {
    server = await newServer(database);
    relier = await newServerRelier(server);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    phone = newPhone();
  });

  const put = (fields: object) => server.management.put('/test-numbers', { phone, code: '424242', ...fields });
  const sendBack = (to = phone) => server.management.post('/verification-codes', { phone: to });
  const verifyBack = (code: string, to = phone) =>
    server.management.post('/verification-codes/verify', { phone: to, verificationCode: code });

  /** What was recorded or counted anywhere. */
  async function traces(recipient: string) {
    const { db } = server.services.store;
    const messages = await db.selectFrom('messages').select('id').where('recipient', '=', recipient).execute();
    const limits = await db.selectFrom('send_limits').select('key').execute();
    return { messages: messages.length, limits: limits.filter(({ key }) => key.includes(recipient)).length };
  }

  test('a back end gets the fixed code, sends nothing, and counts nowhere', async () => {
    expect(await put({ note: 'Review' })).toMatchObject({ status: 200, body: { recipient: phone, codeLength: 6 } });
    const { db } = server.services.store;
    const sum = () =>
      db
        .selectFrom('send_limits')
        .select((row) => row.fn.sum('sends').as('sends'))
        .executeTakeFirst();
    const before = await sum();
    for (let count = 0; count < 30; count += 1) expect(await sendBack()).toMatchObject({ status: 204 });
    expect(await sum()).toEqual(before);
    expect(server.services.inbox.messages(phone)).toEqual([]);
    expect(await traces(phone)).toEqual({ messages: 0, limits: 0 });
    expect(await verifyBack('111111')).toMatchObject(refused(400, 'verification_code.code_mismatch'));
    const answers = await Promise.all(Array.from({ length: 6 }, () => verifyBack('424242')));
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1);
    expect(await verifyBack('424242')).toMatchObject(refused(400, 'verification_code.not_found'));
  });

  test('an end user signs up with it, and a stranger sees nothing of it', async () => {
    await put({});
    const client = await beginExperience(server, relier);
    await restart(client, 'Register');
    const [sent, ordinary] = [await send(client, 'Register', phone), await send(client, 'Register', newPhone())];
    expect(sent.status).toBe(ordinary.status);
    expect(Object.keys(sent.body)).toEqual(Object.keys(ordinary.body));
    expect(Math.abs(sent.body.resendAfter - ordinary.body.resendAfter)).toBeLessThan(60_000);
    const { verificationId } = sent.body;
    expect(await verify(client, phone, verificationId, '424242')).toMatchObject({ status: 200 });
    expect(await identify(client, verificationId)).toMatchObject({ status: 201 });
    expect(await submit(client)).toMatchObject({ status: 200 });
    expect(await traces(phone)).toEqual({ messages: 0, limits: 0 });
  });

  test('who asks for another code at once has to wait, as for any number', async () => {
    await put({});
    const client = await beginExperience(server, relier);
    await restart(client, 'Register');
    for (const number of [phone, newPhone()]) {
      expect(await send(client, 'Register', number)).toMatchObject({ status: 200 });
      const again = await send(client, 'Register', number);
      expect(again).toMatchObject({ status: 429, body: { code: 'request.message_rate_limited' } });
      expect(again.body.data.retryAfterSeconds).toBeGreaterThan(20);
    }
    server.advance(minute);
    expect(await send(client, 'Register', phone)).toMatchObject({ status: 200 });
  });

  test('a flow in which it is proven again and again keeps no more than fifty verifications', async () => {
    await put({});
    const client = await beginExperience(server, relier);
    await restart(client, 'Register');
    let last = '';
    for (let count = 0; count < 55; count += 1) {
      last = (await send(client, 'Register', phone)).body.verificationId;
      expect(await verify(client, phone, last, '424242')).toMatchObject({ status: 200 });
    }
    const { db } = server.services.store;
    const kept = db.selectFrom('verifications').select('id').where('subject', '=', `flow:${client.flow}`);
    expect(await kept.execute()).toHaveLength(50);
    expect(await identify(client, last)).toMatchObject({ status: 201 });
  });

  test('guesses are counted as everywhere', async () => {
    await put({});
    const client = await beginExperience(server, relier);
    await restart(client, 'Register');
    let last: { status: number; body: { code?: string } } | undefined;
    for (
      let count = 0;
      count < 40 && last?.body.code !== 'session.verification_blocked_too_many_attempts';
      count += 1
    ) {
      server.advance(minute);
      const { body } = await send(client, 'Register', phone);
      last = await verify(client, phone, body.verificationId, String(100_000 + count));
    }
    expect(last).toMatchObject({ body: { code: 'session.verification_blocked_too_many_attempts' } });
  });

  test('ends at its time, or when it is deleted; then it is an ordinary number', async () => {
    const expiresAt = server.services.platform.now() + 5 * minute;
    await put({ expiresAt });
    const other = newPhone();
    await put({ phone: other });
    expect((await server.management.get('/test-numbers')).body).toContainEqual(
      expect.objectContaining({ recipient: phone, expiresAt }),
    );
    server.advance(10 * minute);
    await server.management.delete(`/test-numbers/${encodeURIComponent(other)}`);
    for (const one of [phone, other]) {
      await sendBack(one);
      expect(server.services.inbox.messages(one)).toHaveLength(1);
    }
    expect(await server.management.delete(`/test-numbers/${other}`)).toMatchObject(refused(404, 'entity.not_found'));
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('addresses are the same', async () => {
    const email = 'Review@Example.com';
    expect(await put({ phone: undefined, email })).toMatchObject({
      status: 200,
      body: { recipient: 'review@example.com' },
    });
    expect(await server.management.post('/verification-codes', { email: 'review@example.com' })).toMatchObject({
      status: 204,
    });
    const right = { email, verificationCode: '424242' };
    expect(await server.management.post('/verification-codes/verify', right)).toMatchObject({ status: 204 });
    expect(await server.management.delete('/test-numbers/REVIEW%40example.com')).toMatchObject({ status: 204 });
  });

  test('refusals, and the audit log, which knows no code', async () => {
    expect(await put({ expiresAt: 1 })).toMatchObject(refused(422, 'test_number.expiry_past'));
    expect(await put({ code: '1234' })).toMatchObject({ status: 422, body: { data: { codeLength: 6 } } });
    expect(await put({ code: 'abcdef' })).toMatchObject(refused(400, 'guard.invalid_input'));
    expect(await put({ phone: undefined })).toMatchObject(refused(400, 'guard.invalid_input'));
    const made = await put({ code: '135791' });
    await put({ code: '246802', note: 'changed' });
    const list = (await server.management.get('/test-numbers')).body;
    const log = (await server.management.get('/audit-log?action=test-number.put')).body;
    expect(log.length).toBeGreaterThan(1);
    const { db } = server.services.store;
    const rows = await db.selectFrom('test_numbers').selectAll().execute();
    expect(JSON.stringify([made.body, list, log, rows])).not.toMatch(/\b(135791|246802)\b/);
  });
});

test('a server in production takes none without an end, and no more than a hundred', async () => {
  const server = await newServer('SQLite', { env: { SESAME_PUBLIC_URL: 'https://sesame.test' } });
  const put = (fields: object) =>
    server.services.testNumbers.put({ recipient: newPhone(), code: '424242', note: '', expiresAt: null, ...fields });
  await expect(put({})).rejects.toMatchObject({ code: 'test_number.expiry_required' });
  const expiresAt = Date.now() + 60 * minute;
  for (let count = 0; count < 100; count += 1) await put({ expiresAt });
  await expect(put({ expiresAt })).rejects.toMatchObject({ code: 'test_number.too_many' });
  await server.close();
});
