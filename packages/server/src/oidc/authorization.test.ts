import * as client from 'openid-client';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';

const redirectUri = 'https://app.example.com/callback';

/** Asks for a code as a single-page application; `undefined` leaves a parameter out. */
async function authorize({ url, applications }: OidcServer, changes: Record<string, string | undefined> = {}) {
  const oidcClientMetadata = { redirectUris: [redirectUri] };
  const { id } = await applications.create({ name: 'App', type: 'SPA', oidcClientMetadata });
  const parameters = {
    client_id: id,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: await client.calculatePKCECodeChallenge(client.randomPKCECodeVerifier()),
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(parameters).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return fetch(`${url}/oidc/auth?${new URLSearchParams(given)}`, { redirect: 'manual' });
}

describe('an authorization request', () => {
  let server: OidcServer;
  beforeEach(async () => {
    server = await startOidcServer('SQLite');
  });
  afterEach(() => server.close());

  test('goes on to the sign-in page, with cookies that scripts cannot read', async () => {
    const response = await authorize(server);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toMatch(`${server.url}/sign-in?flow=`);
    expect(response.headers.getSetCookie()).not.toHaveLength(0);
    for (const cookie of response.headers.getSetCookie()) expect(cookie).toMatch(/; samesite=lax; httponly/i);
  });

  test.each([
    ['no code challenge', { code_challenge: undefined, code_challenge_method: undefined }, 'invalid_request'],
    ['a plain code challenge', { code_challenge_method: 'plain' }, 'invalid_request'],
    ['the implicit flow', { response_type: 'token' }, 'unsupported_response_type'],
    ['the Management API as resource', { resource: 'https://sesame.example/api' }, 'invalid_target'],
  ])('with %s is refused', async (_what, changes, error) => {
    const { headers } = await authorize(server, changes);
    const { searchParams, hash } = new URL(headers.get('location') ?? '');
    // Answers of the implicit flow are in the fragment.
    expect(searchParams.get('error') ?? new URLSearchParams(hash.slice(1)).get('error')).toBe(error);
  });

  test.each([`${redirectUri}/`, `${redirectUri}?a=b`, 'https://evil.example/', undefined])(
    'to %s leads nowhere',
    async (redirect_uri) => {
      const response = await authorize(server, { redirect_uri });
      expect([response.status, response.headers.get('location')]).toEqual([400, null]);
      expect(await response.json()).toMatchObject({ error: expect.stringMatching(/^invalid_re/) });
    },
  );
});

describe('a redirect URI of the machine that the browser runs on', () => {
  test.each([
    ['Native', 'http://127.0.0.1/callback', 'http://127.0.0.1:51004/callback', true],
    ['Native', 'http://[::1]/callback', 'http://[::1]:51004/callback', true],
    ['Native', 'http://127.0.0.1/callback', 'http://127.0.0.1:51004/other', false],
    ['Native', 'http://127.0.0.1/callback', 'http://127.0.0.1.evil.example:51004/callback', false],
    ['Native', 'com.example.app:/callback', 'com.example.app:/callback2', false],
    ['Traditional', 'http://127.0.0.1/callback', 'http://127.0.0.1:51004/callback', false],
    ['SPA', 'http://localhost:3000/callback', 'http://localhost:3001/callback', false],
  ] as const)('%s, registered %s: %s (RFC 8252, section 7.3)', async (type, registered, redirect_uri, isFine) => {
    const server = await startOidcServer('SQLite');
    const oidcClientMetadata = { redirectUris: [registered] };
    const { id } = await server.applications.create({ name: 'App', type, oidcClientMetadata });
    const parameters = new URLSearchParams({
      ...{ client_id: id, redirect_uri, response_type: 'code', scope: 'openid' },
      ...{ code_challenge: 'a'.repeat(43), code_challenge_method: 'S256' },
    });
    const { status } = await fetch(`${server.url}/oidc/auth?${parameters}`, { redirect: 'manual' });
    expect(status).toBe(isFine ? 303 : 400);
    await server.close();
  });
});

describe('a request that cannot be answered', () => {
  test('shows a browser a page, which holds no markup of the request', async () => {
    const server = await startOidcServer('SQLite');
    const parameters = new URLSearchParams({ client_id: '<script>alert(1)</script>', ui_locales: 'zh-CN' });
    const response = await fetch(`${server.url}/oidc/auth?${parameters}`, { headers: { accept: 'text/html' } });
    expect([response.status, response.headers.get('content-type')]).toEqual([400, 'text/html; charset=utf-8']);
    expect(response.headers.get('content-security-policy')).toMatch(
      /^default-src 'none'; script-src 'self'; style-src/,
    );
    const page = await response.text();
    expect(page).toContain('invalid_client');
    expect(page).not.toContain('<script>');
    await server.close();
  });
});

describe('behind a proxy that ends TLS', () => {
  test('cookies are secure and links are public, whatever the request claims', async () => {
    const server = await startOidcServer('SQLite', { publicUrl: 'https://id.example.com/auth' });
    const headers = { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' };
    const discovery = await fetch(`${server.url}/oidc/.well-known/openid-configuration`, { headers });
    expect(await discovery.json()).toMatchObject({
      issuer: 'https://id.example.com/auth/oidc',
      token_endpoint: 'https://id.example.com/auth/oidc/token',
    });
    const cookies = (await authorize(server)).headers.getSetCookie();
    expect(cookies).not.toHaveLength(0);
    for (const cookie of cookies) expect(cookie).toMatch(/; secure/i);
    await server.close();
  });
});
