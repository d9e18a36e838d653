import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  administrator,
  type ConsoleServer,
  consolePublicUrl,
  newConsoleServer,
} from '../../../../../../test/setup/console.ts';

const hour = 60 * 60_000;

describe('sessions of the Console', () => {
  let server: ConsoleServer;
  beforeEach(async () => {
    server = await newConsoleServer('SQLite');
  });
  afterEach(() => server.close());

  const trySignIn = (typed: object = {}, remoteAddress = '192.0.2.1') =>
    server.send('POST', '/api/console/sign-in', { body: { ...administrator, ...typed }, remoteAddress });
  const whoIs = async (cookie: string) => (await server.send('GET', '/api/console/session', { cookie })).statusCode;

  test('begin with a cookie that no script reads and no other site sends', async () => {
    const reply = await trySignIn();
    expect([reply.statusCode, reply.body]).toEqual([204, '']);
    const [session, device] = [reply.headers['set-cookie']].flat();
    expect(device).toMatch(/^__Host-sesame_device=[\w.-]+; Max-Age=15552000; Path=\/; HttpOnly; Secure; SameSite=Lax$/);
    expect(session?.split('; ').toSorted()).toEqual([
      'HttpOnly',
      expect.stringMatching(/^Max-Age=43(199|200)$/),
      'Path=/',
      'SameSite=Strict',
      'Secure',
      expect.stringMatching(/^__Host-sesame_console=[\w-]{43}$/),
    ]);
  });

  test('tell who is signed in, for twelve hours', async () => {
    const cookie = await server.signIn();
    const reply = await server.send('GET', '/api/console/session', { cookie });
    const { administrator: who, expiresAt, apiIndicator } = reply.json();
    expect(who).toEqual({ id: expect.any(String), username: 'morgiana', role: 'owner' });
    expect(expiresAt - server.now()).toBeGreaterThan(12 * hour - 60_000);
    expect(apiIndicator).toBe(`${consolePublicUrl}/api`);
    expect(reply.headers['cache-control']).toBe('no-store');
    server.advance(12 * hour);
    expect((await server.send('GET', '/api/console/session', { cookie })).json()).toMatchObject({
      code: 'auth.unauthorized',
    });
  });

  test('are those of nobody without the right cookie', async () => {
    await server.signIn();
    for (const cookie of ['', 'x', 'a'.repeat(43), '%', '%00']) expect(await whoIs(cookie)).toBe(401);
    expect((await server.send('GET', '/api/console/session')).statusCode).toBe(401);
    const authorization = `Bearer ${await server.getAccessToken()}`;
    for (const path of ['session', 'sessions', 'administrators']) {
      const reply = await server.send('GET', `/api/console/${path}`, { headers: { authorization } });
      expect([path, reply.statusCode]).toEqual([path, 401]);
    }
  });

  test('are refused alike for a wrong password and an unknown name', async () => {
    const wrong = [{ password: 'open barley' }, { username: 'nobody' }, { username: 'bell\u0007' }];
    for (const typed of wrong) {
      const reply = await trySignIn(typed);
      expect([reply.statusCode, reply.json().code]).toEqual([422, 'session.invalid_credentials']);
      expect(reply.headers['set-cookie']).toBeUndefined();
    }
  });

  test('are limited per network, which IPv6 has 2^64 addresses of', async () => {
    const guess = (index: number) => trySignIn({ password: 'open barley' }, `2001:db8::${index + 1}`);
    const replies = await Promise.all(Array.from({ length: 12 }, (_, index) => guess(index)));
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([...Array(10).fill(422), 429, 429]);
    const limited = await trySignIn({}, '2001:db8::ffff');
    expect(limited.json()).toMatchObject({ code: 'request.sign_in_rate_limited' });
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(800);
    expect((await trySignIn({}, '2001:db8:0:1::1')).statusCode).toBe(204);
  });

  test('rotate: signing in ends the session that was sent along', async () => {
    const before = await server.signIn();
    const other = await server.signIn();
    const after = await server.signIn({ cookie: before });
    expect(await Promise.all([before, other, after].map(whoIs))).toEqual([401, 200, 200]);
  });

  test('stay when a sign-in with them fails', async () => {
    const cookie = await server.signIn();
    const body = { ...administrator, password: 'open barley' };
    await server.send('POST', '/api/console/sign-in', { cookie, body });
    expect(await whoIs(cookie)).toBe(200);
  });

  test('end with signing out, which clears the cookie, however often it is done', async () => {
    const cookie = await server.signIn();
    for (const _ of [1, 2]) {
      const reply = await server.send('POST', '/api/console/sign-out', { cookie });
      expect(reply.statusCode).toBe(204);
      expect(reply.headers['set-cookie']).toMatch(
        /^__Host-sesame_console=; Max-Age=0; Path=\/; Expires=Thu, 01 Jan 1970/,
      );
      expect(await whoIs(cookie)).toBe(401);
    }
  });

  test('are listed with the current one marked, and can be ended one by one', async () => {
    const firefox = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' };
    const reply = await server.send('POST', '/api/console/sign-in', { body: administrator, headers: firefox });
    const one = /sesame_console=([\w-]{43})/.exec(String(reply.headers['set-cookie']))?.[1] ?? '';
    server.advance(1000);
    const cookie = await server.signIn();
    const sessions = (await server.send('GET', '/api/console/sessions', { cookie })).json();
    expect(sessions).toEqual(
      [
        { isCurrent: true, browser: '', system: '' },
        { isCurrent: false, browser: 'Firefox', system: 'Linux' },
      ].map((session) => ({
        id: expect.any(String),
        createdAt: expect.any(Number),
        expiresAt: expect.any(Number),
        ...session,
      })),
    );
    expect(JSON.stringify(sessions)).not.toContain(cookie);
    const url = `/api/console/sessions/${sessions[1].id}`;
    expect((await server.send('DELETE', url, { cookie })).statusCode).toBe(204);
    expect((await server.send('DELETE', url, { cookie })).statusCode).toBe(404);
    expect(await Promise.all([one, cookie].map(whoIs))).toEqual([401, 200]);
  });

  test('other than the current one end together, and those of nobody else', async () => {
    const owner = await server.signIn();
    const cassim = { username: 'cassim', password: 'open barley' };
    const body = { ...cassim, role: 'viewer' };
    await server.send('POST', '/api/console/administrators', { cookie: owner, body });
    const [one, two, cookie] = [await server.signIn(cassim), await server.signIn(cassim), await server.signIn(cassim)];
    expect((await server.send('DELETE', '/api/console/sessions', { cookie })).statusCode).toBe(204);
    expect(await Promise.all([one, two, cookie, owner].map(whoIs))).toEqual([401, 401, 200, 200]);
    expect((await server.send('DELETE', '/api/console/sessions', { cookie })).statusCode).toBe(204);
    const [entry] = (await server.send('GET', '/api/audit-log', { cookie })).json();
    expect(entry).toMatchObject({ action: 'administrator.end-other-sessions' });
  });

  test('other than the current one end when the password changes', async () => {
    const [other, cookie] = [await server.signIn(), await server.signIn()];
    const change = (currentPassword: string, newPassword: string) =>
      server.send('POST', '/api/console/password', { cookie, body: { currentPassword, newPassword } });
    expect((await change('open wheat', 'open barley')).json()).toMatchObject({ code: 'session.invalid_credentials' });
    const rejected = await change('open sesame', 'morgiana');
    expect(rejected.json()).toMatchObject({
      code: 'password.rejected',
      data: [{ code: 'password_rejected.restricted.user_info' }],
    });
    expect(await whoIs(other)).toBe(200);
    expect((await change('open sesame', 'open barley')).statusCode).toBe(204);
    expect(await Promise.all([other, cookie].map(whoIs))).toEqual([401, 200]);
    await server.signIn({ password: 'open barley' });
  });
});
