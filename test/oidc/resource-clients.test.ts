import { readFileSync } from 'node:fs';
import { createManagementApi } from '@logto/api/management';
import LogtoClient, { type LogtoConfig } from '@logto/node';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import {
  type INavigator,
  InMemoryWebStorage,
  UserManager,
  type UserManagerSettings,
  WebStorageStateStore,
} from 'oidc-client-ts';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { managementApplication } from '../setup/management-client.ts';
import { newUser } from '../setup/oidc-flow.ts';
import { type OidcServer, startOidcServer } from '../setup/oidc-server.ts';
import { newServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { newUserAgent } from '../setup/user-agent.ts';

const redirectUri = 'https://app.example.com/callback';
const orders = 'https://orders.example.com';
const stock = 'https://stock.example.com/api';

/** An object that the guide shows, as it stands there. */
function inGuide<T>(name: string): T {
  const guide = readFileSync(new URL('../../docs/protect-an-api.md', import.meta.url), 'utf8');
  const [, code] = new RegExp(`^(const ${name} = \\{.*?^\\};)$`, 'ms').exec(guide) ?? [];
  return new Function(`${code}; return ${name};`)();
}

/** Clients as they are published, in a single-page application, and APIs that know nothing but the issuer. */
describe.each(databases)('tokens for APIs, by other people’s clients, on %s', (database) => {
  let server: OidcServer;
  let accountId: string;
  let clientId: string;
  beforeAll(async () => {
    server = await startOidcServer(database);
    accountId = (await newUser(server, { username: 'ali' })).id;
    for (const [indicator, name] of [
      [orders, 'orders:read'],
      [stock, 'stock:read'],
    ] as const) {
      const { id } = await server.resources.create({ name, indicator, accessTokenTtl: 3600 });
      await server.scopes.create(id, { name });
    }
    const oidcClientMetadata = { redirectUris: [redirectUri], postLogoutRedirectUris: [] };
    clientId = (await server.applications.create({ name: 'Shop', type: 'SPA', oidcClientMetadata })).id;
  });
  afterAll(() => server.close());

  async function signInAt(url: string): Promise<string> {
    const browser = newUserAgent();
    const flow = (await browser.visit(url)).url.searchParams.get('flow') ?? '';
    return (await browser.visit(await server.finish(flow, { accountId }))).url.href;
  }
  async function scopeOf(token: string | undefined, audience: string): Promise<unknown> {
    const issuer = `${server.url}/oidc`;
    const keys = createRemoteJWKSet(new URL(`${issuer}/jwks`));
    const { payload } = await jwtVerify(token ?? '', keys, { issuer, audience });
    expect(payload.sub).toBe(accountId);
    return payload.scope;
  }

  test('oidc-client-ts', async () => {
    const visited: string[] = [];
    const navigator: INavigator = {
      prepare: async () => ({
        navigate: async ({ url }) => {
          visited.push(url);
          return { url };
        },
        close: () => {},
      }),
      callback: async () => {},
    };
    const store = () => new WebStorageStateStore({ store: new InMemoryWebStorage() });
    const manager = new UserManager(
      {
        ...inGuide<UserManagerSettings>('settings'),
        authority: `${server.url}/oidc`,
        client_id: clientId,
        userStore: store(),
        stateStore: store(),
        automaticSilentRenew: false,
      },
      ...([navigator, navigator, navigator] as const),
    );
    await manager.signinRedirect();
    const user = await manager.signinRedirectCallback(await signInAt(visited[0] ?? ''));
    expect(user.profile.sub).toBe(accountId);
    expect(await scopeOf(user.access_token, orders)).toBe('orders:read');
    const renewed = await manager.signinSilent();
    expect(renewed?.access_token).not.toBe(user.access_token);
    expect(await scopeOf(renewed?.access_token, orders)).toBe('orders:read');
    // No frame and no redirect were needed for that.
    expect(visited).toHaveLength(1);
  });

  test('Logto’s SDK', async () => {
    const kept = new Map<string, string>();
    let visited = '';
    const config = { ...inGuide<LogtoConfig>('config'), endpoint: server.url, appId: clientId };
    const resources = [...(config.resources ?? []), stock];
    const client = new LogtoClient(
      { ...config, resources, scopes: [...(config.scopes ?? []), 'stock:read', 'not:there'] },
      {
        navigate: (url) => {
          visited = url;
        },
        storage: {
          getItem: async (key) => kept.get(key) ?? null,
          setItem: async (key, value) => void kept.set(key, value),
          removeItem: async (key) => void kept.delete(key),
        },
      },
    );
    await client.signIn(redirectUri);
    await client.handleSignInCallback(await signInAt(visited));
    expect(await client.fetchUserInfo()).toMatchObject({ sub: accountId });
    const token = await client.getAccessToken(orders);
    expect(await scopeOf(token, orders)).toBe('orders:read');
    expect(await scopeOf(await client.getAccessToken(stock), stock)).toBe('stock:read');
    expect(await client.getAccessTokenClaims(orders)).toMatchObject({ aud: orders, client_id: clientId });
    expect(await client.getAccessToken(orders)).toBe(token);
    await client.clearAccessToken();
    const renewed = await client.getAccessToken(orders);
    expect(renewed).not.toBe(token);
    expect(await scopeOf(renewed, orders)).toBe('orders:read');
    expect(await client.fetchUserInfo()).toMatchObject({ sub: accountId });
  });
});

test('Logto’s Management client makes resources and scopes', async () => {
  const server = await newServer('SQLite');
  try {
    const { apiClient } = createManagementApi('default', {
      clientId: managementApplication.id,
      clientSecret: managementApplication.secret,
      baseUrl: server.baseUrl,
      apiIndicator: `${server.publicUrl}/api`,
    });
    const made = await apiClient.POST('/api/resources', { body: { name: 'Orders', indicator: orders } });
    expect([made.response.status, made.data]).toMatchObject([
      201,
      { tenantId: 'default', indicator: orders, isDefault: false, accessTokenTtl: 3600, scopes: [] },
    ]);
    const id = made.data?.id ?? '';
    const scope = await apiClient.POST('/api/resources/{resourceId}/scopes', {
      params: { path: { resourceId: id } },
      body: { name: 'orders:read', description: 'Reads orders' },
    });
    expect([scope.response.status, scope.data]).toMatchObject([201, { resourceId: id, name: 'orders:read' }]);
    const listed = await apiClient.GET('/api/resources', { params: { query: { includeScopes: 'true', page: 1 } } });
    expect(listed.data?.map(({ scopes }) => scopes?.map(({ name }) => name))).toEqual([
      expect.arrayContaining(['all', 'codes', 'users', 'read']),
      ['orders:read'],
    ]);
    const path = { resourceId: id, scopeId: scope.data?.id ?? '' };
    const ended = await apiClient.DELETE('/api/resources/{resourceId}/scopes/{scopeId}', { params: { path } });
    expect(ended.response.status).toBe(204);
    await apiClient.PATCH('/api/resources/{id}/is-default', { params: { path: { id } }, body: { isDefault: true } });
    expect((await apiClient.GET('/api/resources/{id}', { params: { path: { id } } })).data?.isDefault).toBe(true);
    const again = await apiClient.POST('/api/resources', { body: { name: 'Orders', indicator: orders } });
    expect([again.response.status, again.error]).toMatchObject([422, { code: 'resource.resource_identifier_in_use' }]);
    await apiClient.DELETE('/api/resources/{id}', { params: { path: { id } } });
    expect((await apiClient.GET('/api/resources/{id}', { params: { path: { id } } })).response.status).toBe(404);
  } finally {
    await server.close();
  }
});
