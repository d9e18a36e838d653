import type { FastifyRequest } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn, usersOf } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { newUserAgent, type UserAgent } from '../../../../test/setup/user-agent.ts';
import { accountApplication } from './account-client.ts';
import type { CurrentSession, SignInRequest } from './interactions.ts';

describe.each(databases)('interactions on %s', (database) => {
  let server: OidcServer;
  let relier: Relier;
  let browser: UserAgent;
  beforeEach(async () => {
    const look = async (request: FastifyRequest) => ({
      request: (await server.findRequest((await server.interactions.idFromCookie(request)) ?? '')) ?? null,
      session: (await server.interactions.findSession(request)) ?? null,
    });
    server = await startOidcServer(database, { prepare: ({ app }) => void app.get('/look', look) });
    relier = await newRelier(server);
    browser = newUserAgent();
  });
  afterEach(() => server.close());

  /** What the server sees of a browser. */
  const seenOf = async (agent: UserAgent) =>
    (await (await agent.send(`${server.url}/look`)).json()) as {
      request: SignInRequest | null;
      session: CurrentSession | null;
    };
  const ask = async (parameters: Record<string, string>) =>
    (await browser.visit((await relier.start(parameters)).url)).url;

  test.each([
    [{ prompt: 'create' }, '/register', 'Register'],
    [{ prompt: 'consent create', scope: 'openid offline_access' }, '/register', 'Register'],
    [{ first_screen: 'register' }, '/register', 'Register'],
    [{ first_screen: 'identifier:register' }, '/register', 'Register'],
    [{ interaction_mode: 'signUp' }, '/register', 'Register'],
    [{ interaction_mode: 'signUp', first_screen: 'sign_in' }, '/sign-in', 'SignIn'],
    [{ direct_sign_in: 'social:google', first_screen: 'register' }, '/register', 'Register'],
    [{ first_screen: 'reset_password' }, '/forgot-password', 'ForgotPassword'],
    [{ first_screen: 'identifier:sign_in' }, '/sign-in', 'SignIn'],
    [
      { direct_sign_in: 'social:google', first_screen: 'unknown', scope: 'openid roles email identities' },
      '/sign-in',
      'SignIn',
    ],
  ])('%o begins at %s', async (parameters, path, event) => {
    const page = await ask(parameters);
    expect(page.pathname).toBe(path);
    expect(await server.findRequest(page.searchParams.get('flow') ?? '')).toMatchObject({ first: { event } });
  });

  test('what is finished is answered once, and then unknown', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    const flow = (await ask({})).searchParams.get('flow') ?? '';
    const resume = await server.finish(flow, { accountId: id });
    expect(resume).toBe(`${server.url}/oidc/auth/${flow}`);
    expect((await browser.visit(resume)).url.searchParams.get('code')).not.toBeNull();
    expect(await server.findRequest(flow)).toBeUndefined();
    await expect(server.finish(flow, { accountId: id })).rejects.toMatchObject({
      code: 'session.not_found',
    });
    const again = await browser.visit(resume);
    expect([again.response.status, again.url.href]).toEqual([400, resume]);
  });

  test('a session of somebody else in the browser gives way; their offline access stays, as after a sign-out', async () => {
    const [ali, cassim] = await Promise.all([
      newUser(server, { username: 'ali' }),
      newUser(server, { username: 'cassim' }),
    ]);
    const other = await newRelier(server);
    const offlineTokens = await signIn(server, { relier: other, accountId: ali.id, parameters: offline, browser });
    const before = await relier.start();
    const first = await relier.finish((await browser.visit(before.url)).url, before);
    const second = await signIn(server, { relier, accountId: cassim.id, parameters: { prompt: 'login' }, browser });
    expect(second.tokens.claims()).toMatchObject({ sub: cassim.id });
    expect((await seenOf(browser)).session).toMatchObject({ accountId: cassim.id });
    expect(await server.interactions.listSessions(ali.id)).toEqual([]);
    expect(await server.interactions.findAccessToken(first.access_token)).toBeUndefined();
    expect(await server.interactions.findAccessToken(offlineTokens.tokens.access_token)).toBeDefined();
  });

  test('a session that was planted before anybody signed in opens nothing after it', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    // The page that asks to sign out makes a session for anybody.
    await browser.visit(`${server.url}/oidc/session/end`);
    const thief = browser.copy();
    expect(thief.cookies()._session).toEqual(expect.any(String));
    await signIn(server, { relier, accountId: id, browser });
    expect((await seenOf(browser)).session).toMatchObject({ accountId: id });
    expect((await seenOf(thief)).session).toBeNull();
    expect((await thief.visit((await relier.start({ prompt: 'none' })).url)).url.searchParams.get('error')).toBe(
      'login_required',
    );
  });

  test('the session cookie from before a sign-in opens nothing after it', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    await signIn(server, { relier, accountId: id, browser });
    const before = browser.copy();
    expect((await seenOf(before)).session).toMatchObject({ accountId: id });
    await signIn(server, { relier, accountId: id, browser, parameters: { prompt: 'login' } });
    server.advance(3_000);
    expect((await seenOf(before)).session).toBeNull();
    expect((await seenOf(browser)).session).toMatchObject({ accountId: id });
    expect(before.cookies()._session).not.toBe(browser.cookies()._session);
  });

  test('an access token stands for its user until the application is gone', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    const { tokens } = await signIn(server, { relier, accountId: id, browser });
    const [session] = await server.interactions.listSessions(id);
    const find = () => server.interactions.findAccessToken(tokens.access_token);
    expect(await find()).toEqual({
      accountId: id,
      clientId: relier.id,
      clientName: 'Shop',
      scopes: ['openid', 'profile', 'phone'],
      grantId: expect.stringMatching(/^[\w-]{20,}$/),
      sessionId: session?.id,
    });
    expect(await server.interactions.findAccessToken('unknown')).toBeUndefined();
    await server.applications.delete(relier.id);
    expect(await find()).toBeUndefined();
  });

  test('an access token stands for nobody while its user is suspended', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    const { tokens } = await signIn(server, { relier, accountId: id, browser });
    expect(await server.interactions.findAccessToken(tokens.access_token)).toBeDefined();
    await usersOf(server.store).setSuspended(id, true);
    expect(await server.interactions.findAccessToken(tokens.access_token)).toBeUndefined();
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('a request leads to the sign-in page, and says what pages need', async () => {
    const page = await ask({ ui_locales: 'zh-CN en', login_hint: '+8613800138000' });
    const flow = page.searchParams.get('flow') ?? '';
    expect(page.href).toBe(`${server.url}/sign-in?flow=${flow}`);
    const request = {
      id: flow,
      application: { id: relier.id, name: 'Shop' },
      uiLocales: ['zh-CN', 'en'],
      loginHint: '+8613800138000',
      first: { event: 'SignIn', identifiers: [] },
      redirectOrigins: ['https:'],
      resumeUrl: `${server.url}/oidc/auth/${flow}`,
      asksInFull: false,
    };
    expect(await server.findRequest(flow)).toEqual({ ...request, accountId: undefined });
    expect(await seenOf(browser)).toEqual({ request, session: null });
    expect(await seenOf(newUserAgent())).toEqual({ request: null, session: null });
  });

  test('a cookie with another signature is nobody’s', async () => {
    await ask({});
    const { _interaction: id = '', '_interaction.sig': signature = '' } = browser.cookies();
    const forged = `${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
    const response = await fetch(`${server.url}/look`, {
      headers: { cookie: `_interaction=${id}; _interaction.sig=${forged}` },
    });
    expect(await response.json()).toEqual({ request: null, session: null });
  });

  test('a finished request is answered in its browser only', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    const flow = (await ask({})).searchParams.get('flow') ?? '';
    const resume = await server.finish(flow, { accountId: id });
    expect((await newUserAgent().visit(resume)).response.status).toBe(400);
    expect((await browser.visit(resume)).url.origin).toBe('https://app.example.com');
  });

  test('two tabs do not get into each other’s way', async () => {
    const [ali, cassim] = await Promise.all([
      newUser(server, { username: 'ali' }),
      newUser(server, { username: 'cassim' }),
    ]);
    const kept = [await relier.start(), await relier.start()] as const;
    const [one, other] = [await browser.visit(kept[0].url), await browser.visit(kept[1].url)];
    const finish = async ({ url }: { url: URL }, accountId: string) =>
      browser.visit(await server.finish(url.searchParams.get('flow') ?? '', { accountId }));
    const tokens = await relier.finish((await finish(one, ali.id)).url, kept[0]);
    expect(tokens.claims()).toMatchObject({ sub: ali.id });
    const others = await relier.finish((await finish(other, cassim.id)).url, kept[1]);
    expect(others.claims()).toMatchObject({ sub: cassim.id });
  });

  test('a machine’s token stands for nobody', async () => {
    const { id, secret = '' } = await server.applications.create({ name: 'Back end', type: 'MachineToMachine' });
    const body = new URLSearchParams({ client_id: id, client_secret: secret, grant_type: 'client_credentials' });
    body.set('resource', server.apiIndicator);
    const response = await fetch(`${server.url}/oidc/token`, { method: 'POST', body });
    const { access_token: token } = (await response.json()) as { access_token: string };
    expect(token).toEqual(expect.any(String));
    expect(await server.interactions.findAccessToken(token)).toBeUndefined();
  });

  test('the account page signs in as an application of its own, and comes back', async () => {
    const { id } = await newUser(server, { username: 'ali' });
    const page = await browser.visit(server.interactions.accountSignInUrl({ uiLocales: 'zh-CN' }));
    const flow = page.url.searchParams.get('flow') ?? '';
    expect(await server.findRequest(flow)).toMatchObject({
      application: accountApplication,
      uiLocales: ['zh-CN'],
    });
    const back = await browser.visit(await server.finish(flow, { accountId: id }));
    expect(`${back.url.origin}${back.url.pathname}`).toBe(`${server.url}/account`);
    expect((await seenOf(browser)).session).toMatchObject({ accountId: id });
    await expect(server.applications.get(accountApplication.id)).rejects.toMatchObject({ code: 'entity.not_found' });
    expect((await server.interactions.listSessions(id)).map(({ applications }) => applications)).toEqual([[]]);
  });
});
