import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { newUserAgent } from '../../../../test/setup/user-agent.ts';

describe('sign-out', () => {
  let server: OidcServer;
  let relier: Relier;
  let accountId: string;
  beforeEach(async () => {
    server = await startOidcServer('SQLite');
    relier = await newRelier(server);
    accountId = (await newUser(server, { username: 'ali' })).id;
  });
  afterEach(() => server.close());

  const bye = 'https://app.example.com/bye';
  const endSession = (parameters: Record<string, string>) =>
    client.buildEndSessionUrl(relier.configuration, parameters);
  /** The form of a page, and the way to send it. */
  async function formOf(response: Response) {
    const html = await response.text();
    const action = /action="([^"]+)"/.exec(html)?.[1] ?? '';
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';
    return {
      action,
      send: (fields: Record<string, string>) => ({ method: 'POST', body: new URLSearchParams({ xsrf, ...fields }) }),
    };
  }

  const hasEnded = async (accessToken: string) => {
    expect(await server.sessions.list(accountId)).toEqual([]);
    await expect(client.fetchUserInfo(relier.configuration, accessToken, accountId)).rejects.toMatchObject({
      status: 401,
    });
  };

  test('with the ID token of the session it is done at once', async () => {
    const { tokens, browser } = await signIn(server, { relier, accountId });
    const before = browser.copy();
    const parameters = { id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: bye, state: 's' };
    const { url } = await browser.visit(endSession(parameters));
    expect(url.href).toBe(`${bye}?state=s`);
    expect(browser.cookies()._session).toBeUndefined();
    await hasEnded(tokens.access_token);
    for (const agent of [browser, before]) {
      expect((await agent.visit((await relier.start()).url)).url.pathname).toBe('/sign-in');
    }
  });

  test('a refresh token that was asked for goes on working', async () => {
    const { tokens, browser } = await signIn(server, { relier, accountId, parameters: offline });
    await browser.visit(endSession({ id_token_hint: tokens.id_token ?? '' }));
    expect(await server.sessions.list(accountId)).toEqual([]);
    await client.refreshTokenGrant(relier.configuration, tokens.refresh_token ?? '');
  });

  test('otherwise it asks, signs out, and leads back to the application', async () => {
    const { tokens, browser } = await signIn(server, { relier, accountId });
    const page = await browser.visit(endSession({ post_logout_redirect_uri: bye, state: 's' }));
    expect(page.response.headers.get('content-security-policy')).toContain("form-action 'self' https:;");
    const { action, send } = await formOf(page.response);
    const { url } = await browser.visit(action, send({ logout: 'yes' }));
    expect(url.href).toBe(`${bye}?state=s`);
    await hasEnded(tokens.access_token);
  });

  test('an ID token of somebody else, and one of an application that this session is not for, ask too', async () => {
    const { browser } = await signIn(server, { relier, accountId });
    const stranger = await newUser(server, { username: 'cassim' });
    const theirs = await signIn(server, { relier, accountId: stranger.id });
    const other = await newRelier(server);
    const mine = await signIn(server, { relier: other, accountId });
    for (const { tokens } of [theirs, mine]) {
      const { response } = await browser.visit(endSession({ id_token_hint: tokens.id_token ?? '', client_id: '' }));
      expect(await response.text()).toContain('Sign out?');
    }
    expect(await server.sessions.list(accountId)).toHaveLength(2);
  });

  test('a person may stay signed in', async () => {
    const { browser } = await signIn(server, { relier, accountId });
    const { action, send } = await formOf((await browser.visit(endSession({}))).response);
    await browser.visit(action, send({}));
    expect(await server.sessions.list(accountId)).toHaveLength(1);
  });

  test('without the answer of the page nobody is signed out', async () => {
    const { browser } = await signIn(server, { relier, accountId });
    await browser.visit(endSession({ client_id: relier.id, post_logout_redirect_uri: bye }));
    const forged = { method: 'POST', body: new URLSearchParams({ xsrf: 'guessed', logout: 'yes' }) };
    expect((await browser.visit(`${server.url}/oidc/session/end/confirm`, forged)).response.status).toBe(400);
    expect(await server.sessions.list(accountId)).toHaveLength(1);
  });

  test.each([`${bye}/`, `${bye}?a=b`, 'https://app.example.com/by', 'https://evil.example/', 'javascript:alert(1)'])(
    'never leads to %s',
    async (uri) => {
      const { browser } = await signIn(server, { relier, accountId });
      const { response, url } = await browser.visit(
        endSession({ client_id: relier.id, post_logout_redirect_uri: uri }),
      );
      expect([response.status, url.origin]).toEqual([400, server.url]);
    },
  );

  test('without an application it ends on a page of ours', async () => {
    const { browser } = await signIn(server, { relier, accountId });
    const { action, send } = await formOf(
      (await browser.visit(`${server.url}/oidc/session/end?post_logout_redirect_uri=${bye}`)).response,
    );
    const { url, response } = await browser.visit(action, send({ logout: 'yes' }));
    expect([url.origin, response.status]).toEqual([server.url, 200]);
    expect(await response.text()).toContain('You are signed out.');
  });

  test('whoever is not signed in is led back by a form of oidc-provider', async () => {
    const page = await newUserAgent().visit(endSession({ client_id: relier.id, post_logout_redirect_uri: bye }));
    expect(page.response.headers.get('content-security-policy')).toMatch(
      /script-src 'self' 'sha256-[^']+';.*form-action 'self' https:;/,
    );
  });

  test('an ID token of a retired key still says who signs out', async () => {
    const { tokens, browser } = await signIn(server, { relier, accountId });
    await server.signingKeys.rotateSigningKey();
    const { url } = await browser.visit(
      endSession({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: bye }),
    );
    expect(url.href).toBe(bye);
  });
});
