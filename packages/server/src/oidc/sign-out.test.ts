import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newRelier, newUser, type Relier, signIn } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { newUserAgent } from '../../../../test/setup/user-agent.ts';

describe.each(databases)('sign-out on %s', (database) => {
  let server: OidcServer;
  let relier: Relier;
  let accountId: string;
  beforeEach(async () => {
    server = await startOidcServer(database);
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

  test('asks, signs out, and leads back to the application', async () => {
    const { tokens, browser } = await signIn(server, { relier, accountId });
    const page = await browser.visit(
      endSession({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: bye, state: 's' }),
    );
    expect(page.response.headers.get('content-security-policy')).toContain("form-action 'self' https:;");
    const { action, send } = await formOf(page.response);
    const { url } = await browser.visit(action, send({ logout: 'yes' }));
    expect(url.href).toBe(`${bye}?state=s`);
    expect(await server.sessions.list(accountId)).toEqual([]);
    await expect(client.fetchUserInfo(relier.configuration, tokens.access_token, accountId)).rejects.toMatchObject({
      status: 401,
    });
    expect((await browser.visit((await relier.start()).url)).url.pathname).toBe('/sign-in');
  });

  test('a person may stay signed in', async () => {
    const { tokens, browser } = await signIn(server, { relier, accountId });
    const { action, send } = await formOf(
      (await browser.visit(endSession({ id_token_hint: tokens.id_token ?? '' }))).response,
    );
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
    const url = endSession({ id_token_hint: tokens.id_token ?? '', post_logout_redirect_uri: bye });
    expect((await browser.visit(url)).response.status).toBe(200);
  });
});
