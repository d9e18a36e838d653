import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

type Entry = { id: string; phone: string; code: string; codeState: string | null; userId: string | null };

const [one, other] = ['+8613800138000', '+4915112345678'];

describe.each(databases)('the development inbox on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeEach(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
  });
  afterEach(() => server.close());

  const send = async (body: object, path = '/verification-codes') =>
    server.send('POST', `/api${path}`, { cookie, body });
  const list = async (query = '', as = cookie) =>
    (await server.send('GET', `/api/development-inbox${query}`, { cookie: as })).json() as Entry[];

  test('marks codes that were used, replaced or have expired, and knows whose number it is', async () => {
    const user = await server.services.users.create({ primaryPhone: one });
    await send({ phone: one });
    server.advance(301_000);
    await send({ phone: one });
    await send({ phone: other });
    expect((await list()).map(({ phone, codeState }) => [phone, codeState])).toEqual(
      expect.arrayContaining([
        [other, 'valid'],
        [one, 'valid'],
        [one, 'expired'],
      ]),
    );
    expect((await list(`?phone=${encodeURIComponent(one)}`)).map(({ userId }) => userId)).toEqual([user.id, user.id]);
    expect((await list(`?phone=${encodeURIComponent(other)}`)).map(({ userId }) => userId)).toEqual([null]);
    const [newest] = await list(`?phone=${encodeURIComponent(one)}`);
    await send({ phone: one, verificationCode: newest?.code }, '/verification-codes/verify');
    expect((await list('?codeState=used')).map(({ id }) => id)).toEqual([newest?.id]);
    server.advance(3_600_000);
    expect((await list('?codeState=valid')).length).toBe(0);
    expect((await list('?codeState=used')).map(({ id }) => id)).toEqual([newest?.id]);
  });

  test('a code that went out again is good, and used, in each of its messages', async () => {
    await send({ phone: one });
    server.advance(61_000);
    await send({ phone: one });
    const entries = await list();
    expect(new Set(entries.map(({ code }) => code)).size).toBe(1);
    expect(entries.map(({ codeState }) => codeState)).toEqual(['valid', 'valid']);
    await send({ phone: one, verificationCode: entries[0]?.code }, '/verification-codes/verify');
    expect((await list()).map(({ codeState }) => codeState)).toEqual(['used', 'used']);
  });
  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('the test of a connector carries no code that is checked', async () => {
    await send({ phone: one }, '/connectors/development-inbox/test');
    expect((await list()).map(({ codeState }) => codeState)).toEqual([null]);
  });

  test('is searched by text and by any part of a number, and comes in pages', async () => {
    await send({ phone: one });
    server.advance(1_000);
    await send({ phone: other });
    const found = async (search: string) =>
      (await list(`?search=${encodeURIComponent(search)}`)).map((row) => row.phone);
    for (const typed of ['0151 1234', '5678', '+49 151', '004915']) expect(await found(typed), typed).toEqual([other]);
    expect(await found('13800138000')).toEqual([one]);
    const [entry] = await list(`?phone=${encodeURIComponent(one)}`);
    expect(await found(entry?.code ?? '')).toContain(one);
    expect(await found('nothing like this')).toEqual([]);

    const first = await server.send('GET', '/api/development-inbox?page_size=1&sort=oldest', { cookie });
    expect(first.headers['total-number']).toBe('2');
    expect(first.json()).toMatchObject([{ phone: one }]);
    const cursor = String(first.headers['next-cursor']);
    const next = await server.send('GET', `/api/development-inbox?page_size=1&sort=oldest&after=${cursor}`, { cookie });
    expect(next.json()).toMatchObject([{ phone: other }]);
    const before = String(next.headers['previous-cursor']);
    const back = await server.send('GET', `/api/development-inbox?page_size=1&sort=oldest&before=${before}`, {
      cookie,
    });
    expect(back.json()).toEqual(first.json());
    const csv = await server.send('GET', '/api/development-inbox?format=csv', { cookie });
    expect(csv.body.split('\r\n')).toHaveLength(4);
  });

  test('shows mails beside SMS, and finds both by what is in them', async () => {
    const user = await server.services.users.create({ primaryEmail: 'Ali.Baba@Example.com' });
    await send({ phone: one });
    server.advance(1_000);
    await send({ email: 'ali.baba@example.com' });
    const [mail, sms] = (await server.send('GET', '/api/development-inbox', { cookie })).json();
    expect(sms).toMatchObject({ channel: 'Sms', phone: one, email: null, subject: null, html: null });
    expect(mail).toMatchObject({
      channel: 'Email',
      phone: null,
      email: 'ali.baba@example.com',
      userId: user.id,
      codeState: 'valid',
      subject: expect.stringContaining(mail.code),
      text: expect.stringContaining(mail.code),
      html: expect.stringContaining(mail.code),
    });
    const found = async (query: string, as = cookie) => (await list(query, as)).map(({ id }) => id);
    expect(await found('?channel=Email')).toEqual([mail.id]);
    expect(await found('?email=ALI.BABA%40example.com')).toEqual([mail.id]);
    expect(await found('?search=Baba%40')).toEqual([mail.id]);
    const password = 'open barley';
    await server.services.administrators.colleagues.create({ username: 'viewer', password, role: 'viewer' });
    const viewer = await server.signIn({ username: 'viewer', password });
    const shown = (await server.send('GET', '/api/development-inbox?channel=Email', { cookie: viewer })).body;
    expect(shown).not.toMatch(new RegExp(`\\b${mail.code}\\b`));
    expect(shown).not.toContain('ali.baba');
    expect(JSON.parse(shown)).toMatchObject([{ code: null, html: null }]);
    expect((await server.send('GET', '/api/development-inbox?email=a%40b.com', { cookie: viewer })).statusCode).toBe(
      403,
    );
  });

  test('is emptied, which is recorded, and takes an operator', async () => {
    await send({ phone: one });
    const password = 'open barley';
    await server.services.administrators.colleagues.create({ username: 'viewer', password, role: 'viewer' });
    const viewer = await server.signIn({ username: 'viewer', password });
    expect((await server.send('DELETE', '/api/development-inbox', { cookie: viewer })).statusCode).toBe(403);
    expect((await list('', viewer)).map(({ code }) => code)).toEqual([null]);
    expect((await server.send('GET', '/api/development-inbox?search=1', { cookie: viewer })).statusCode).toBe(403);
    expect((await server.send('DELETE', '/api/development-inbox', { cookie })).statusCode).toBe(204);
    expect(await list()).toEqual([]);
    const [entry] = (await server.send('GET', '/api/audit-log?page_size=1', { cookie })).json();
    expect(entry).toMatchObject({ action: 'development-inbox.clear', subject: { type: 'development-inbox' } });
    for (const id of ['development-inbox', 'development-inbox-email']) {
      expect((await server.send('DELETE', '/api/development-inbox', { cookie })).statusCode).toBe(204);
      await server.send('DELETE', `/api/connectors/${id}`, { cookie });
    }
    expect((await server.send('DELETE', '/api/development-inbox', { cookie })).statusCode).toBe(404);
  });
});
