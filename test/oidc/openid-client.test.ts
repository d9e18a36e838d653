import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { goOnByCode, newPerson, type Person, signInByPassword } from '../setup/experience.ts';
import { discoverRelier, offline, type Relier, type Tokens } from '../setup/oidc-flow.ts';
import { reachable, startTestServer, type TestServer } from '../setup/server.ts';
import { databases, newMigratedLocation } from '../setup/stores.ts';
import { newUserAgent, type UserAgent } from '../setup/user-agent.ts';

const redirectUri = 'https://app.example.com/callback';

describe.each(databases)('a standard client against a whole server on %s', (database) => {
  let server: TestServer;
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let env: Record<string, string>;
  beforeAll(async () => {
    [place, env] = await Promise.all([newMigratedLocation(database), reachable()]);
    server = await startTestServer(place.location, { env });
  });
  afterAll(async () => {
    await server.close();
    await place.remove();
  });

  const newRelier = async (type: 'Traditional' | 'SPA' | 'Native' = 'Traditional'): Promise<Relier> => {
    const oidcClientMetadata = { redirectUris: [redirectUri], postLogoutRedirectUris: ['https://app.example.com'] };
    const { body } = await server.management.post('/applications', { name: 'Shop', type, oidcClientMetadata });
    const authentication = body.secret ? client.ClientSecretBasic(body.secret) : client.None();
    return discoverRelier(`${server.publicUrl}/oidc`, { id: body.id, redirectUri, authentication });
  };
  /** Signs a person in for an application; `page` is the sign-in page that came up. */
  async function signIn(relier: Relier, person: Person, parameters = {}, browser = newUserAgent()) {
    const kept = await relier.start(parameters);
    const { url: page } = await browser.visit(kept.url);
    const { url } = await browser.visit(await signInByPassword(server, browser, person));
    return { page, browser, tokens: await relier.finish(url, kept) };
  }
  const answerTo = async (relier: Relier, browser: UserAgent, parameters: Record<string, string>) =>
    (await browser.visit((await relier.start(parameters)).url)).url;
  const userInfo = (relier: Relier, { access_token: token }: Tokens, { id }: Person) =>
    client.fetchUserInfo(relier.configuration, token, id);

  test.each(['Traditional', 'SPA', 'Native'] as const)(
    'a %s application signs somebody in, refreshes and signs out',
    async (type) => {
      const [relier, person] = [await newRelier(type), await newPerson(server)];
      const { tokens, browser } = await signIn(relier, person, offline);
      const claims = {
        sub: person.id,
        username: person.username,
        name: 'Ali Baba',
        phone_number: person.phone,
        phone_number_verified: true,
      };
      expect(tokens.claims()).toMatchObject(claims);
      expect(await userInfo(relier, tokens, person)).toEqual(claims);

      const refreshed = await client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '');
      expect(await userInfo(relier, refreshed, person)).toEqual(claims);
      await client.tokenRevocation(relier.configuration, refreshed.refresh_token ?? '');
      await expect(userInfo(relier, refreshed, person)).rejects.toMatchObject({ status: 401 });

      const out = client.buildEndSessionUrl(relier.configuration, {
        id_token_hint: refreshed.id_token ?? '',
        post_logout_redirect_uri: 'https://app.example.com',
      });
      expect((await browser.visit(out)).url.href).toBe('https://app.example.com/');
      expect((await answerTo(relier, browser, { prompt: 'none' })).searchParams.get('error')).toBe('login_required');
    },
  );

  test('two tabs that refresh at once, and a retry after a lost answer, all go on', async () => {
    const [relier, person] = [await newRelier(), await newPerson(server)];
    const { tokens } = await signIn(relier, person, offline);
    const refresh = (token = '') => client.refreshTokenGrant(relier.configuration, token);
    const tabs = await Promise.all([refresh(tokens.refresh_token), refresh(tokens.refresh_token)]);
    const retry = await refresh(tokens.refresh_token);
    for (const { refresh_token } of [...tabs, retry]) await userInfo(relier, await refresh(refresh_token), person);
  });

  test('somebody new signs up with a code, by prompt=create', async () => {
    const relier = await newRelier();
    const browser = newUserAgent();
    const kept = await relier.start({ prompt: 'create', login_hint: '+8613900139000' });
    const page = await browser.visit(kept.url);
    expect(page.url.pathname).toBe('/register');
    const { url } = await browser.visit(
      await goOnByCode(server, browser, { event: 'Register', phone: '+8613900139000' }),
    );
    const tokens = await relier.finish(url, kept);
    expect(tokens.claims()).toMatchObject({ phone_number: '+8613900139000', phone_number_verified: true });
    expect((await server.management.get(`/users/${tokens.claims()?.sub}`)).body).toMatchObject({
      primaryPhone: '+8613900139000',
      lastSignInAt: expect.any(Number),
    });
  });

  test('a user who is suspended in the middle of a sign-in gets nothing', async () => {
    const [relier, person] = [await newRelier(), await newPerson(server)];
    const browser = newUserAgent();
    await browser.visit((await relier.start()).url);
    const resume = await signInByPassword(server, browser, person);
    await server.management.patch(`/users/${person.id}/is-suspended`, { isSuspended: true });
    const { url } = await browser.visit(resume);
    expect([url.origin, url.searchParams.get('code')]).toEqual([server.publicUrl, null]);
    await expect(signInByPassword(server, browser, person)).rejects.toThrow();
  });

  test('suspending, and deleting, signs out at once', async () => {
    const relier = await newRelier();
    const end = {
      suspended: ({ id }: Person) => server.management.patch(`/users/${id}/is-suspended`, { isSuspended: true }),
      deleted: ({ id }: Person) => server.management.delete(`/users/${id}`),
    };
    for (const change of Object.values(end)) {
      const person = await newPerson(server);
      const { tokens, browser } = await signIn(relier, person, offline);
      await change(person);
      await expect(userInfo(relier, tokens, person)).rejects.toMatchObject({ status: 401 });
      const refresh = client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '');
      await expect(refresh).rejects.toMatchObject({ error: 'invalid_grant' });
      expect((await answerTo(relier, browser, {})).pathname).toBe('/sign-in');
    }
  });

  test('a session, a refresh token and an unfinished sign-in survive a restart and a new signing key', async () => {
    const [relier, person] = [await newRelier(), await newPerson(server)];
    const { tokens, browser } = await signIn(relier, person, offline);
    const waiting = newUserAgent();
    const kept = await relier.start();
    await waiting.visit(kept.url);
    await server.management.post('/configs/oidc/private-keys/rotate');
    await server.close();
    server = await startTestServer(place.location, { env });
    expect((await answerTo(relier, browser, { prompt: 'none' })).searchParams.get('code')).not.toBeNull();
    await client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '');
    const { url } = await waiting.visit(await signInByPassword(server, waiting, person));
    expect((await relier.finish(url, kept)).claims()).toMatchObject({ sub: person.id });
    const bye = 'https://app.example.com';
    const parameters = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: bye };
    const { url: end } = await browser.visit(client.buildEndSessionUrl(relier.configuration, parameters));
    expect(end.origin).toBe(bye);
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('who is signed in is not asked again, unless the application wants it', async () => {
    const [relier, person] = [await newRelier(), await newPerson(server)];
    const { browser } = await signIn(relier, person);
    const silent = await answerTo(relier, browser, { prompt: 'none' });
    expect(silent.searchParams.get('code')).not.toBeNull();
    expect(silent.searchParams.get('iss')).toBe(`${server.publicUrl}/oidc`);
    expect((await answerTo(relier, browser, {})).searchParams.get('code')).not.toBeNull();
    expect((await answerTo(relier, browser, { prompt: 'login' })).pathname).toBe('/sign-in');
    expect((await answerTo(relier, browser, { max_age: '0' })).pathname).toBe('/sign-in');
    expect((await answerTo(relier, browser, { prompt: 'create' })).pathname).toBe('/register');
    expect((await answerTo(relier, newUserAgent(), { prompt: 'none' })).searchParams.get('error')).toBe(
      'login_required',
    );
  });

  test('max_age is answered by a new sign-in, with its time', async () => {
    const [relier, person] = [await newRelier(), await newPerson(server)];
    const first = await signIn(relier, person);
    const kept = await relier.start({ max_age: '0' });
    await first.browser.visit(kept.url);
    const before = Math.floor(Date.now() / 1000);
    const { url } = await first.browser.visit(await signInByPassword(server, first.browser, person));
    const tokens = await relier.finish(url, kept, 60);
    expect(tokens.claims()?.auth_time).toBeGreaterThanOrEqual(before);
  });

  test('the session cookie is another one after each sign-in', async () => {
    const [relier, person] = [await newRelier(), await newPerson(server)];
    const { browser } = await signIn(relier, person);
    const thief = browser.copy();
    await signIn(relier, person, { prompt: 'login' }, browser);
    server.advance(3_000);
    expect((await answerTo(relier, thief, { prompt: 'none' })).searchParams.get('error')).toBe('login_required');
    expect((await answerTo(relier, browser, { prompt: 'none' })).searchParams.get('code')).not.toBeNull();
  });

  test('a finished sign-in is answered only in the browser that proved who it is', async () => {
    const [relier, person] = [await newRelier(), await newPerson(server)];
    const browser = newUserAgent();
    await browser.visit((await relier.start()).url);
    const planted = browser.copy();
    const resume = await signInByPassword(server, browser, person);
    for (const stranger of [newUserAgent(), planted]) {
      const { response, url } = await stranger.visit(resume);
      expect([response.status, url.href]).toEqual([400, resume]);
      expect(response.headers.get('content-type')).toContain('text/html');
      expect(stranger.cookies()._session).toBeUndefined();
    }
    expect((await browser.visit(resume)).url.origin).toBe('https://app.example.com');
  });

  test('one flow’s path does not answer another flow', async () => {
    const [relier, person] = [await newRelier(), await newPerson(server)];
    const [mine, other] = [newUserAgent(), newUserAgent()];
    await mine.visit((await relier.start()).url);
    await other.visit((await relier.start()).url);
    const resume = await signInByPassword(server, mine, person);
    const theirs = await signInByPassword(server, other, await newPerson(server));
    expect((await mine.visit(theirs)).response.status).toBe(400);
    expect((await mine.visit(resume)).url.searchParams.get('code')).not.toBeNull();
  });

  test.each([
    `${redirectUri}/`,
    redirectUri.slice(0, -1),
    redirectUri.toUpperCase(),
    `${redirectUri}?next=1`,
    `${redirectUri}#fragment`,
    'https://app.example.com.evil.example/callback',
    'https://app.example.com@evil.example/callback',
    '//evil.example/callback',
    'javascript:alert(1)',
  ])('never leads to %s', async (uri) => {
    const relier = await newRelier();
    const { response, url } = await newUserAgent().visit((await relier.start({ redirect_uri: uri })).url);
    expect([response.status, url.origin, response.headers.get('location')]).toEqual([400, server.publicUrl, null]);
  });
});
