import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, consolePublicUrl, newConsoleServer } from '../../../../test/setup/console.ts';

describe('the Management API with the session of an administrator', () => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer('SQLite');
    cookie = await server.signIn();
  });
  afterAll(() => server.close());

  const change = async (headers: Record<string, string>, withCookie = cookie) => {
    const body = { messageRateLimitPolicy: { resendInterval: 10 } };
    const reply = await server.send('PATCH', '/api/sign-in-exp', { cookie: withCookie, body, headers });
    return [reply.statusCode, reply.json().code];
  };
  const forbidden = [403, 'auth.forbidden'];

  test('can be read and changed', async () => {
    const read = await server.send('GET', '/api/connectors', {
      headers: { cookie: `__Host-sesame_console=${cookie}` },
    });
    expect(read.statusCode).toBe(200);
    expect(read.json()).toHaveLength(2);
    expect(await change({})).toEqual([200, undefined]);
  });

  test.each<Record<string, string>>([
    { 'sec-fetch-site': 'same-origin', origin: consolePublicUrl },
    { 'sec-fetch-site': 'same-origin' },
    { origin: consolePublicUrl, host: 'internal:3001' },
    { origin: 'http://localhost:3001', host: 'localhost:3001' },
    { cookie: `first=1; __Host-sesame_console=COOKIE; last=%E4` },
  ])('can be changed from the Console: %j', async (headers) => {
    const own = headers.cookie && { cookie: headers.cookie.replace('COOKIE', cookie) };
    expect(await change({ ...headers, ...own })).toEqual([200, undefined]);
  });

  test.each<Record<string, string>>([
    { 'x-sesame-console': '' },
    { 'x-sesame-console': '0' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'none' },
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { origin: `${consolePublicUrl}.evil.example` },
    { origin: 'http://localhost:5173', host: 'localhost:3001' },
    { origin: '' },
  ])('cannot be changed from elsewhere: %j', async (headers) => {
    expect(await change(headers)).toEqual(forbidden);
  });

  test('protects every change, those of the Console itself and signing out too', async () => {
    const headers = { cookie: `__Host-sesame_console=${cookie}` };
    const changes = [
      ['POST', '/api/connectors', { connectorId: 'development-inbox' }],
      ['POST', '/api/verification-codes', { phone: '+8613800138000' }],
      ['DELETE', '/api/users/any', undefined],
      ['POST', '/api/console/sign-out', undefined],
      ['POST', '/api/console/password', { currentPassword: 'open sesame', newPassword: 'open barley' }],
      ['POST', '/api/console/administrators', { username: 'ali', password: 'open barley' }],
      ['DELETE', '/api/console/sessions/any', undefined],
      ['DELETE', '/api/console/sessions', undefined],
    ] as const;
    for (const [method, url, body] of changes) {
      const reply = await server.send(method, url, { headers, ...(body && { body }) });
      expect([url, reply.statusCode, reply.json().code]).toEqual([url, ...forbidden]);
    }
  });

  test('a sign-in that another site sends is refused', async () => {
    const body = { username: 'morgiana', password: 'open sesame' };
    for (const headers of [{ origin: 'https://evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<
      string,
      string
    >[]) {
      const reply = await server.send('POST', '/api/console/sign-in', { body, headers });
      expect([reply.statusCode, reply.json().code]).toEqual(forbidden);
      expect(reply.headers['set-cookie']).toBeUndefined();
    }
  });

  test('says 401 to a session that is over, with or without the header', async () => {
    const other = await server.signIn();
    await server.send('POST', '/api/console/sign-out', { cookie: other });
    expect(await change({}, other)).toEqual([401, 'auth.unauthorized']);
    expect(await change({ 'x-sesame-console': '' }, other)).toEqual([401, 'auth.unauthorized']);
  });

  test('an access token works as ever, and decides where both are sent', async () => {
    const authorization = `Bearer ${await server.getAccessToken()}`;
    const from = { 'x-sesame-console': '', origin: 'https://back-end.example' };
    expect(await change({ authorization, ...from })).toEqual([200, undefined]);
    expect(await change({ authorization: 'Bearer wrong' })).toEqual([401, 'auth.unauthorized']);
    const neither = await server.send('GET', '/api/connectors');
    expect([neither.statusCode, neither.headers['www-authenticate']]).toEqual([401, 'Bearer']);
  });
});
