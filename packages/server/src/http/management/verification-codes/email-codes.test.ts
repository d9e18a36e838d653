import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

const [typed, key] = ['Ali.Baba@Bücher.Example', 'ali.baba@xn--bcher-kva.example'];
const phone = '+8613800138000';

describe.each(databases)('codes by email on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeEach(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
  });
  afterEach(() => server.close());

  const post = async (path: string, body: object) => {
    const reply = await server.send('POST', `/api${path}`, { cookie, body });
    return { status: reply.statusCode, body: reply.body ? reply.json() : undefined };
  };
  const get = async (path: string, as = cookie) => (await server.send('GET', `/api${path}`, { cookie: as })).json();
  const codeTo = (recipient: string) => server.services.inbox.messages(recipient)[0]?.code;

  test('are sent to an address as it was typed, and answered in any spelling of it, once', async () => {
    expect(await post('/verification-codes', { email: typed })).toEqual({ status: 204 });
    const [mail] = server.services.inbox.messages();
    expect(mail).toMatchObject({ channel: 'Email', recipient: 'Ali.Baba@xn--bcher-kva.example' });
    const answer = { email: key.toUpperCase(), verificationCode: mail?.code };
    expect(await post('/verification-codes/verify', answer)).toEqual({ status: 204 });
    expect(await post('/verification-codes/verify', answer)).toMatchObject({
      status: 400,
      body: { code: 'verification_code.not_found' },
    });
  });

  test('are recorded as messages of their channel, without a country, and found by a part of the address', async () => {
    const user = await server.services.users.create({ primaryEmail: typed, primaryPhone: phone });
    await post('/verification-codes', { email: typed });
    await post('/verification-codes', { phone });
    await post('/verification-codes', { email: 'ali_baba@example.com' });
    await post('/verification-codes', { phone: '+4915112345678' });
    const found = async (query: string) =>
      (await get(`/messages?${query}`)).map(({ recipient }: { recipient: string }) => recipient).toSorted();
    expect(await found('channel=Email')).toEqual([key, 'ali_baba@example.com']);
    expect(await found('channel=Sms')).toEqual(['+4915112345678', phone]);
    expect(await found(`email=${encodeURIComponent(typed)}`)).toEqual([key]);
    expect(await found('search=baba%40xn')).toEqual([key]);
    expect(await found('search=ALI_')).toEqual(['ali_baba@example.com']);
    expect(await found('search=3800138')).toEqual([phone]);
    expect(await found(`userId=${user.id}`)).toEqual([phone, key]);
    const [message] = await get('/messages?channel=Email&sort=oldest');
    expect(message).toMatchObject({ channel: 'Email', country: null });
    expect(await get(`/messages/${message.id}`)).toMatchObject({ channel: 'Email', userId: user.id });
    expect((await get('/search?q=Ali.Baba%40')).messages).toMatchObject([{ recipient: phone }, { recipient: key }]);
    expect((await get('/search?q=example.com%20baba')).messages).toEqual([]);
  });

  test('are locked after too many wrong answers, by the address, and unlocked', async () => {
    const user = await server.services.users.create({ primaryEmail: typed });
    const row = { recipient: key, blocked_until: 0, last_check_id: 'a check', updated_at: server.now() };
    await server.services.store.db
      .insertInto('verification_failures')
      .values([
        { ...row, counter: 'all', failures: 100 },
        { ...row, counter: 'back-end', failures: 100 },
      ])
      .execute();
    await post('/verification-codes', { email: typed });
    const right = () => post('/verification-codes/verify', { email: typed, verificationCode: codeTo(typed) });
    expect(await right()).toMatchObject({ body: { code: 'session.verification_blocked_too_many_attempts' } });
    expect(await get(`/users/${user.id}/access`)).toMatchObject({ lock: null, emailLock: { isLocked: true } });
    expect((await post('/verification-codes/unlock', { email: key })).status).toBe(204);
    const [entry] = await get('/audit-log?page_size=1');
    expect(entry).toMatchObject({ action: 'email.unlock', subject: { type: 'email', id: key } });
    expect(await get(`/users/${user.id}/access`)).toMatchObject({ emailLock: { isLocked: false } });
    expect((await right()).status).toBe(204);
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('and those by SMS are good for their own recipient alone', async () => {
    await post('/verification-codes', { email: typed });
    await post('/verification-codes', { phone });
    const crossed = { phone, verificationCode: codeTo(typed) };
    expect(codeTo(typed) === codeTo(phone) || (await post('/verification-codes/verify', crossed)).status).not.toBe(204);
    expect(await post('/verification-codes/verify', { phone, verificationCode: codeTo(phone) })).toEqual({
      status: 204,
    });
    const right = { email: typed, verificationCode: codeTo(typed) };
    expect(await post('/verification-codes/verify', right)).toEqual({ status: 204 });
  });

  test('need a connector for email, and SMS none of it', async () => {
    await server.send('DELETE', '/api/connectors/development-inbox-email', { cookie });
    for (const email of [typed, 'nobody']) {
      expect(await post('/verification-codes', { email })).toMatchObject({
        status: 501,
        body: { code: 'connector.not_found', data: { type: 'Email' } },
      });
    }
    expect((await post('/verification-codes', { phone })).status).toBe(204);
    expect((await get(`/messages?channel=Email`))[0]).toMatchObject({ recipient: key, state: 'failed' });
  });

  test('show viewers no address', async () => {
    await post('/verification-codes', { email: typed });
    const password = 'open barley';
    await server.services.administrators.colleagues.create({ username: 'viewer', password, role: 'viewer' });
    const viewer = await server.signIn({ username: 'viewer', password });
    const list = await get('/messages?channel=Email', viewer);
    expect(list).toHaveLength(1);
    expect(JSON.stringify(list)).not.toContain('ali.baba');
    expect((await server.send('GET', '/api/messages?email=a%40b.com', { cookie: viewer })).statusCode).toBe(403);
    expect((await server.send('GET', '/api/messages?search=a%40b.com', { cookie: viewer })).statusCode).toBe(403);
  });
});
