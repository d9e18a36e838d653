import { createRemoteJWKSet, type JWTPayload, jwtVerify } from 'jose';
import * as client from 'openid-client';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newRelier, newUser, offline, type Relier, signIn } from '../../../../test/setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../../../../test/setup/oidc-server.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { newUserAgent } from '../../../../test/setup/user-agent.ts';
import { withResourcesApart } from './resource-indicators.ts';

const scope = 'openid offline_access orders:read orders:write nothing:else reports:make';
const invalidTarget = { error: 'invalid_target' };

describe.each(databases)('tokens for resources on %s', (database) => {
  let server: OidcServer;
  let accountId: string;
  beforeAll(async () => {
    server = await startOidcServer(database);
    accountId = (await newUser(server, { username: 'ali' })).id;
  });
  afterAll(() => server.close());

  let made = 0;
  /** A resource with two scopes for everybody and one for machines. */
  async function newResource({ accessTokenTtl = 3600 } = {}) {
    made += 1;
    const indicator = `https://api-${made}.example.com`;
    const resource = await server.resources.create({ name: 'Orders', indicator, accessTokenTtl });
    for (const name of ['orders:read', 'orders:write']) await server.scopes.create(resource.id, { name });
    await server.scopes.create(resource.id, { name: 'reports:make', machinesOnly: true });
    return resource;
  }

  /** What a back end does that knows nothing but the issuer and its own name. */
  async function verify(token: string, audience: string): Promise<JWTPayload> {
    const issuer = `${server.url}/oidc`;
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
    return (await jwtVerify(token, keys, { issuer, audience, typ: 'at+jwt', algorithms: ['ES256'] })).payload;
  }

  async function startedBy(relier: Relier, resources: readonly string[], parameters: Record<string, string> = {}) {
    const kept = await relier.start({ ...offline, scope, ...parameters });
    for (const resource of resources) kept.url.searchParams.append('resource', resource);
    const browser = newUserAgent();
    const page = await browser.visit(kept.url);
    const flow = page.url.searchParams.get('flow') ?? '';
    return {
      kept,
      browser,
      page,
      answer: async () => (await browser.visit(await server.finish(flow, { accountId }))).url,
    };
  }

  /** Signs in for resources. The tokens of the first answer are for what `exchange` says. */
  async function signInFor(
    relier: Relier,
    resources: readonly string[],
    { exchange = {}, parameters = {} }: { exchange?: Record<string, string>; parameters?: Record<string, string> } = {},
  ) {
    const { kept, answer } = await startedBy(relier, resources, parameters);
    const { verifier, state } = kept;
    const checks = { pkceCodeVerifier: verifier, expectedState: state };
    return client.authorizationCodeGrant(relier.configuration, await answer(), checks, exchange);
  }
  const refresh = ({ configuration }: Relier, token: string | undefined, parameters: Record<string, string> = {}) =>
    client.refreshTokenGrant(configuration, token ?? '', parameters);

  test.each(['SPA', 'Native', 'Traditional'] as const)(
    'a %s application gets a JWT, and renews it without the person',
    async (type) => {
      const { indicator: resource } = await newResource({ accessTokenTtl: 600 });
      const relier = await newRelier(server, type);
      const tokens = await signInFor(relier, [resource], { exchange: { resource } });
      expect(tokens).toMatchObject({ expires_in: 600, scope: 'orders:read orders:write' });
      const payload = await verify(tokens.access_token, resource);
      expect(payload).toMatchObject({
        sub: accountId,
        client_id: relier.id,
        scope: 'orders:read orders:write',
        jti: expect.any(String),
      });
      expect((payload.exp ?? 0) - (payload.iat ?? 0)).toBe(600);
      expect(tokens.claims()).toMatchObject({ sub: accountId, aud: relier.id });

      const second = await refresh(relier, tokens.refresh_token, { resource });
      expect(await verify(second.access_token, resource)).toMatchObject({ sub: accountId, scope: payload.scope });
      const third = await refresh(relier, second.refresh_token, { resource, scope: 'openid orders:read' });
      expect(await verify(third.access_token, resource)).toMatchObject({ scope: 'orders:read' });
    },
  );

  test('several resources are granted in one sign-in, and each has its own tokens', async () => {
    const [orders, other] = [await newResource(), await newResource({ accessTokenTtl: 60 })];
    await server.scopes.create(other.id, { name: 'nothing:else' });
    const resources = [orders.indicator, other.indicator];
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, resources);
    const first = await refresh(relier, tokens.refresh_token, { resource: orders.indicator });
    expect(await verify(first.access_token, orders.indicator)).toMatchObject({ scope: 'orders:read orders:write' });
    const second = await refresh(relier, first.refresh_token, { resource: other.indicator });
    expect(second.expires_in).toBe(60);
    expect((await verify(second.access_token, other.indicator)).scope).toContain('nothing:else');
    const many = await startedBy(relier, [resources.join(',')]);
    expect(many.page.url.pathname).toBe('/sign-in');
    expect((await many.answer()).searchParams.get('code')).not.toBeNull();
  });

  test.each([
    ['one that nobody has heard of', 'https://other.example.com'],
    ['another spelling', 'https://api-1.example.com/'],
    ['no URI', 'orders'],
    ['a fragment', 'https://api-1.example.com#part'],
    ['a null character', 'https://api-1.example.com/\0'],
  ])('%s is no resource', async (_what, resource) => {
    await newResource();
    const relier = await newRelier(server, 'SPA');
    const { page } = await startedBy(relier, [resource]);
    expect([page.url.origin, page.url.searchParams.get('error')]).toEqual([
      'https://app.example.com',
      'invalid_target',
    ]);
    expect(page.url.searchParams.get('error_description')).not.toBeNull();
  });

  test('machine-to-machine applications get tokens on their own behalf', async () => {
    const { indicator: resource } = await newResource({ accessTokenTtl: 120 });
    const { id, secret } = await server.applications.create({ name: 'Reports', type: 'MachineToMachine' });
    const configuration = await client.discovery(new URL(`${server.url}/oidc`), id, secret, undefined, {
      execute: [client.allowInsecureRequests],
    });
    const grant = (parameters: Record<string, string>) => client.clientCredentialsGrant(configuration, parameters);
    const tokens = await grant({ resource, scope: 'openid orders:read reports:make' });
    expect(tokens).toMatchObject({ expires_in: 120, scope: 'orders:read reports:make' });
    expect(await verify(tokens.access_token, resource)).toMatchObject({
      sub: id,
      client_id: id,
      scope: 'orders:read reports:make',
    });
    expect(await verify((await grant({ resource })).access_token, resource)).not.toHaveProperty('scope');
    await expect(grant({ resource: `${resource}/` })).rejects.toMatchObject(invalidTarget);
  });

  test('a machine-to-machine application that is no administrator gets tokens for own resources alone', async () => {
    const { id: resourceId, indicator: resource } = await newResource();
    const machine = { name: 'Reports', type: 'MachineToMachine', isAdmin: false } as const;
    const { id, secret } = await server.applications.create(machine);
    const configuration = await client.discovery(new URL(`${server.url}/oidc`), id, secret, undefined, {
      execute: [client.allowInsecureRequests],
    });
    const grant = (parameters: Record<string, string>) => client.clientCredentialsGrant(configuration, parameters);
    const tokens = await grant({ resource, scope: 'orders:read reports:make' });
    expect(await verify(tokens.access_token, resource)).toMatchObject({ sub: id, scope: 'orders:read reports:make' });
    for (const scope of ['all', '', 'orders:read']) {
      await expect(grant({ resource: server.apiIndicator, scope })).rejects.toMatchObject(invalidTarget);
    }
    const none = { ...invalidTarget, error_description: 'ask for a resource' };
    await expect(grant({ scope: 'all' })).rejects.toMatchObject(none);
    await server.resources.setDefault(resourceId, true);
    expect(await verify((await grant({ scope: 'reports:make' })).access_token, resource)).toMatchObject({ sub: id });
    await server.resources.setDefault(resourceId, false);
    await server.applications.update(id, { isAdmin: true });
    expect(await grant({ resource: server.apiIndicator, scope: 'all' })).toMatchObject({ scope: 'all' });
  });

  test('a resource and a scope that are deleted, and a scope that is for machines from now on, end at once', async () => {
    const { id, indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, [resource], { exchange: { resource } });
    // Two of the same millisecond are in any order.
    const [read, write] = (await server.scopes.list(id)).toSorted((one, other) => (one.name < other.name ? -1 : 1));
    await server.scopes.delete(id, read?.id ?? '');
    const second = await refresh(relier, tokens.refresh_token, { resource });
    expect(await verify(second.access_token, resource)).toMatchObject({ scope: 'orders:write' });
    await server.scopes.update(id, write?.id ?? '', { machinesOnly: true });
    const third = await refresh(relier, second.refresh_token, { resource });
    expect(await verify(third.access_token, resource)).not.toHaveProperty('scope');
    const { kept, answer } = await startedBy(relier, [resource]);
    await server.resources.delete(id);
    expect((await answer()).searchParams.get('error')).toBe('invalid_target');
    expect(kept.url.searchParams.get('resource')).toBe(resource);
    await expect(refresh(relier, third.refresh_token, { resource })).rejects.toMatchObject(invalidTarget);
    // What is out verifies until it expires: the API asks nobody.
    await verify(tokens.access_token, resource);
  });

  test('a resource that is made again is another one: what was granted for the first is good for nothing there', async () => {
    const [first, other] = [await newResource(), await newResource()];
    const { indicator: resource } = first;
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, [resource, other.indicator]);
    const { kept, browser, answer } = await startedBy(relier, [resource, other.indicator]);
    const code = await answer();
    await server.resources.delete(first.id);
    const again = await server.resources.create({ name: 'Orders', indicator: resource, accessTokenTtl: 3600 });
    for (const name of ['orders:read', 'orders:write']) await server.scopes.create(again.id, { name });
    await expect(refresh(relier, tokens.refresh_token, { resource })).rejects.toMatchObject(invalidTarget);
    const checks = { pkceCodeVerifier: kept.verifier, expectedState: kept.state };
    await expect(client.authorizationCodeGrant(relier.configuration, code, checks, { resource })).rejects.toMatchObject(
      invalidTarget,
    );
    // The rest of the sign-in goes on, and whoever signs in again has the new one, and that alone.
    const rest = await refresh(relier, tokens.refresh_token, { resource: other.indicator });
    expect(await verify(rest.access_token, other.indicator)).toMatchObject({ scope: 'orders:read orders:write' });
    const { url, ...next } = await relier.start({ scope: 'openid orders:read', prompt: 'none', resource });
    const renewed = await client.authorizationCodeGrant(
      relier.configuration,
      (await browser.visit(url)).url,
      { pkceCodeVerifier: next.verifier, expectedState: next.state },
      { resource },
    );
    expect(await verify(renewed.access_token, resource)).toMatchObject({ scope: 'orders:read' });
    await expect(refresh(relier, rest.refresh_token, { resource })).rejects.toMatchObject(invalidTarget);
  });

  test('a new scope takes another sign-in, which asks the person nothing', async () => {
    const { id, indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const parameters = { ...offline, scope: 'openid offline_access orders:read orders:archive', resource };
    const { tokens, browser } = await signIn(server, { relier, accountId, parameters });
    await server.scopes.create(id, { name: 'orders:archive' });
    const same = await refresh(relier, tokens.refresh_token, { resource });
    expect(await verify(same.access_token, resource)).toMatchObject({ scope: 'orders:read' });
    const kept = await relier.start(parameters);
    const again = await relier.finish((await browser.visit(kept.url)).url, kept);
    const next = await refresh(relier, again.refresh_token, { resource });
    expect(await verify(next.access_token, resource)).toMatchObject({ scope: 'orders:read orders:archive' });
  });

  test('without a refresh token, a session renews it with prompt=none', async () => {
    const { indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const { browser } = await signIn(server, { relier, accountId });
    const { url, ...kept } = await relier.start({ scope: 'openid orders:read', prompt: 'none', resource });
    const checks = { pkceCodeVerifier: kept.verifier, expectedState: kept.state };
    const answer = (await browser.visit(url)).url;
    const tokens = await client.authorizationCodeGrant(relier.configuration, answer, checks, { resource });
    expect(tokens.refresh_token).toBeUndefined();
    expect(await verify(tokens.access_token, resource)).toMatchObject({ sub: accountId, scope: 'orders:read' });
  });

  test('ending all sessions of a user ends the refreshes', async () => {
    const { indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, [resource], { exchange: { resource } });
    await server.sessions.endAll(accountId);
    await expect(refresh(relier, tokens.refresh_token, { resource })).rejects.toMatchObject({ error: 'invalid_grant' });
  });

  test('the default resource is meant where none is named', async () => {
    const { id, indicator } = await newResource();
    await server.resources.setDefault(id, true);
    const relier = await newRelier(server, 'SPA');
    // A client that knows nothing but OAuth 2.0.
    const tokens = await signIn(server, { relier, accountId, parameters: { ...offline, scope } });
    const next = await refresh(relier, tokens.tokens.refresh_token, { resource: indicator });
    expect(await verify(next.access_token, indicator)).toMatchObject({ scope: 'orders:read orders:write' });
    const { kept, answer } = await startedBy(relier, [], { scope: 'orders:read' });
    const checks = { pkceCodeVerifier: kept.verifier, expectedState: kept.state };
    const bare = await client.authorizationCodeGrant(relier.configuration, await answer(), checks);
    expect(await verify(bare.access_token, indicator)).toMatchObject({ scope: 'orders:read' });

    const machine = await server.applications.create({ name: 'Reports', type: 'MachineToMachine' });
    const configuration = await client.discovery(
      ...([new URL(`${server.url}/oidc`), machine.id, machine.secret, undefined] as const),
      { execute: [client.allowInsecureRequests] },
    );
    const own = await client.clientCredentialsGrant(configuration, { scope: 'reports:make' });
    expect(await verify(own.access_token, indicator)).toMatchObject({ scope: 'reports:make' });
    await server.resources.setDefault(id, false);
    await expect(client.clientCredentialsGrant(configuration)).rejects.toMatchObject(invalidTarget);
    await signIn(server, { relier, accountId });
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('a back end that asks for a scope that it cannot have is told so, wherever it asks', async () => {
    const { id: resourceId, indicator: resource } = await newResource();
    const machine = { name: 'Codes', type: 'MachineToMachine' } as const;
    const { id, secret } = await server.applications.create({ ...machine, managementScopes: ['codes'] });
    const configuration = await client.discovery(new URL(`${server.url}/oidc`), id, secret, undefined, {
      execute: [client.allowInsecureRequests],
    });
    const grant = (parameters: Record<string, string>) => client.clientCredentialsGrant(configuration, parameters);
    const refusal = (description: string) => ({ error: 'invalid_scope', error_description: description });
    const own = refusal('this application may ask for: codes (managementScopes)');
    for (const scope of ['code', 'codes code', 'all', 'users codes', 'CODES', 'orders:read']) {
      await expect(grant({ resource: server.apiIndicator, scope })).rejects.toMatchObject(own);
    }
    expect(await grant({ resource: server.apiIndicator, scope: 'openid codes' })).toMatchObject({ scope: 'codes' });
    for (const scope of ['orders:delete', 'orders:read orders:delete', 'all']) {
      await expect(grant({ resource, scope })).rejects.toMatchObject({ error: 'invalid_scope' });
    }
    await server.resources.setDefault(resourceId, true);
    await expect(grant({ scope: 'orders:delete' })).rejects.toMatchObject({ error: 'invalid_scope' });
    await server.resources.setDefault(resourceId, false);
  });

  test('a refresh for a scope that was never granted is refused, and the refresh token is good', async () => {
    const { indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, [resource]);
    await expect(
      refresh(relier, tokens.refresh_token, { resource, scope: 'openid orders:delete' }),
    ).rejects.toMatchObject({ error: 'invalid_scope' });
    expect(await refresh(relier, tokens.refresh_token, { resource })).toMatchObject({
      scope: 'orders:read orders:write',
    });
  });

  test('without naming the resource, the token is for the server’s own endpoints, as with Logto', async () => {
    const { indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, [resource]);
    await client.fetchUserInfo(relier.configuration, tokens.access_token, accountId);
    const forApi = await refresh(relier, tokens.refresh_token, { resource });
    await verify(forApi.access_token, resource);
    const own = await refresh(relier, forApi.refresh_token);
    await client.fetchUserInfo(relier.configuration, own.access_token, accountId);
  });

  test('a JWT for a resource opens nothing of this server', async () => {
    const { indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const { access_token: token } = await signInFor(relier, [resource], { exchange: { resource } });
    await expect(client.fetchUserInfo(relier.configuration, token, accountId)).rejects.toMatchObject({ status: 401 });
    expect(await server.interactions.findAccessToken(token)).toBeUndefined();
    await expect(verify(token, server.apiIndicator)).rejects.toThrow('"aud"');
  });

  test('a token request for two resources at once, and for one that was not asked for, is refused', async () => {
    const [orders, other] = [await newResource(), await newResource()];
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, [orders.indicator]);
    await expect(refresh(relier, tokens.refresh_token, { resource: other.indicator })).rejects.toMatchObject(
      invalidTarget,
    );
    const body = new URLSearchParams({ grant_type: 'refresh_token', client_id: relier.id });
    body.set('refresh_token', tokens.refresh_token ?? '');
    for (const { indicator } of [orders, other]) body.append('resource', indicator);
    const reply = await fetch(`${server.url}/oidc/token`, { method: 'POST', body });
    expect([reply.status, await reply.json()]).toMatchObject([400, invalidTarget]);
  });

  test('users get no token for the Management API', async () => {
    const { page } = await startedBy(await newRelier(server, 'SPA'), [server.apiIndicator], { scope: 'openid all' });
    expect(page.url.searchParams.get('error')).toBe('invalid_target');
  });

  test('the lifetime is that of the resource at the time of the token', async () => {
    const { id, indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, [resource], { exchange: { resource } });
    expect(tokens.expires_in).toBe(3600);
    await server.resources.update(id, { accessTokenTtl: 60 });
    expect((await refresh(relier, tokens.refresh_token, { resource })).expires_in).toBe(60);
  });

  test('tokens of a replaced key go on verifying; new ones are by the new key', async () => {
    const { indicator: resource } = await newResource();
    const relier = await newRelier(server, 'SPA');
    const tokens = await signInFor(relier, [resource], { exchange: { resource } });
    await server.signingKeys.rotateSigningKey();
    await verify(tokens.access_token, resource);
    const next = await refresh(relier, tokens.refresh_token, { resource });
    await verify(next.access_token, resource);
    const keyOf = (token: string) => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid;
    expect(keyOf(next.access_token)).not.toBe(keyOf(tokens.access_token));
  });

  test('many scopes at once are not too long', async () => {
    const { id, indicator: resource } = await newResource();
    const names = Array.from({ length: 60 }, (_, index) => `a-rather-long-name-of-a-scope:${index}`);
    for (const name of names) await server.scopes.create(id, { name });
    const parameters = { scope: ['openid', ...names].join(' ') };
    const tokens = await signInFor(await newRelier(server, 'SPA'), [resource], { exchange: { resource }, parameters });
    expect((await verify(tokens.access_token, resource)).scope).toBe(names.join(' '));
  });
});

test.each([
  ['/auth', '/auth'],
  ['/auth?resource=https%3A%2F%2Fa.example', '/auth?resource=https%3A%2F%2Fa.example'],
  ['/auth?a=b?c&resource=urn:a,urn:b', '/auth?a=b%3Fc&resource=urn%3Aa&resource=urn%3Ab'],
  ['/auth?resource=urn:a&resource=urn:b,urn:c&x=1', '/auth?x=1&resource=urn%3Aa&resource=urn%3Ab&resource=urn%3Ac'],
  ['/auth?state=a,b&resource=urn:a', '/auth?state=a,b&resource=urn:a'],
])('%s stands for %s', (given, meant) => {
  expect(withResourcesApart(given)).toBe(meant);
});
