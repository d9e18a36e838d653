import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { stopClock } from '../setup/clock.ts';
import { newServer, startTestServer, type TestServer } from '../setup/server.ts';
import { databases, newMigratedLocation } from '../setup/stores.ts';

const redirectUri = 'https://app.example.com/callback';

async function newApplication({ services }: TestServer): Promise<string> {
  const { id } = await services.applications.create({
    name: 'Shop',
    type: 'SPA',
    oidcClientMetadata: { redirectUris: [redirectUri], postLogoutRedirectUris: [] },
  });
  return id;
}

const begin = (
  { baseUrl }: TestServer,
  clientId: string,
  parameters: Record<string, string> = {},
  init: RequestInit = {},
) => {
  const query = new URLSearchParams({
    client_id: clientId,
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid',
    code_challenge: 'a'.repeat(43),
    code_challenge_method: 'S256',
    ...parameters,
  });
  return fetch(`${baseUrl}/oidc/auth?${query}`, { redirect: 'manual', headers: { accept: 'text/html' }, ...init });
};

const rowsOf = async ({ services }: TestServer) => {
  const { db } = services.store;
  const [models, flows] = await Promise.all([
    db.selectFrom('oidc_models').selectAll().execute(),
    db.selectFrom('sign_in_flows').selectAll().execute(),
  ]);
  return { models, flows };
};

describe.each(databases)('requests of anybody on %s', (database) => {
  let server: TestServer;
  let clientId: string;
  beforeAll(async () => {
    server = await newServer(database);
    clientId = await newApplication(server);
  });
  afterAll(() => server.close());

  test('what is as long as it may be is kept', async () => {
    const response = await begin(server, clientId, {
      state: 'x'.repeat(2048),
      nonce: 'x'.repeat(512),
      login_hint: 'x'.repeat(256),
    });
    expect(response.headers.get('location')).toContain('/sign-in?flow=');
  });

  test('a sign-in that nobody goes on with is over after half an hour, and then deleted', async () => {
    await begin(server, clientId);
    const { models, flows } = await rowsOf(server);
    const latest = Date.now() + 30 * 60_000 + 1_000;
    for (const { expires_at: expiresAt } of [...models.filter(({ model }) => model === 'Interaction'), ...flows]) {
      expect(expiresAt).toBeLessThanOrEqual(latest);
    }
  });

  test('a sign-out of nobody keeps little, for ten minutes', async () => {
    const response = await fetch(`${server.baseUrl}/oidc/session/end?state=${'x'.repeat(3000)}`);
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('state must not be longer than 2048 characters');
    await fetch(`${server.baseUrl}/oidc/session/end?state=x`);
    const sessions = (await rowsOf(server)).models.filter(({ model }) => model === 'Session');
    expect(sessions).toHaveLength(1);
    expect(sessions[0]?.payload.length).toBeLessThan(1000);
    expect(sessions[0]?.expires_at).toBeLessThanOrEqual(Date.now() + 10 * 60_000 + 1_000);
  });

  test('sign-ins of the Console and sends that are refused leave no rows behind', async () => {
    stopClock();
    const { db } = server.services.store;
    const attempts = () =>
      db.selectFrom('sign_in_attempts').select('key').where('key', 'like', 'administrator%').execute();
    const signIn = (username: string) =>
      fetch(`${server.baseUrl}/api/console/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username, password: 'a wrong password' }),
      });
    let status = 0;
    for (let count = 0; status !== 429; count += 1) status = (await signIn(`guess ${count}`)).status;
    const before = await attempts();
    for (let count = 0; count < 20; count += 1) expect((await signIn(`another ${count}`)).status).toBe(429);
    expect(await attempts()).toHaveLength(before.length);
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test.each([
    ['state', 2048],
    ['nonce', 512],
    ['login_hint', 256],
    ['acr_values', 1024],
    ['identifier', 256],
    ['direct_sign_in', 1024],
    ['id_token_hint', 4096],
  ])('a %s of more than %i characters is refused by its name, and nothing is kept', async (name, limit) => {
    const before = await rowsOf(server);
    const response = await begin(server, clientId, { [name]: 'x'.repeat(limit + 1) });
    expect(response.status).toBe(303);
    const answer = new URL(response.headers.get('location') ?? '');
    expect(answer.origin + answer.pathname).toBe(redirectUri);
    expect(answer.searchParams.get('error')).toBe('invalid_request');
    if (name !== 'id_token_hint')
      expect(answer.searchParams.get('error_description')).toBe(`${name} must not be longer than ${limit} characters`);
    expect(await rowsOf(server)).toEqual(before);
  });

  test.each([
    ['auth', Array.from({ length: 101 }, (_, index) => `p${index}`).join('=&')],
    ['auth', 'a&'.repeat(1000)],
    ['auth', `resource=${'a,'.repeat(1000)}`],
    ['token', `resource=${'a%2C'.repeat(1000)}`],
    ['session/end', 'state=x&'.repeat(101)],
  ])('a query of /oidc/%s with more than a hundred parameters is refused unread', async (path, query) => {
    const method = path === 'token' ? 'POST' : 'GET';
    const response = await fetch(`${server.baseUrl}/oidc/${path}?${query}`, { method });
    expect(response.status).toBe(400);
    expect(await response.text()).toContain('the URL must not have more than 100 parameters');
  });

  test('of ui_locales as much is kept as can be read: a hint stops no sign-in', async () => {
    const response = await begin(server, clientId, { ui_locales: `fr zh_TW ${'x'.repeat(5000)} ${'de '.repeat(100)}` });
    expect(response.headers.get('location')).toContain('/sign-in?flow=');
    const payloads = (await rowsOf(server)).models.map(({ payload }) => JSON.parse(payload));
    const kept = payloads.map(({ params }) => params?.ui_locales).filter(Boolean);
    expect(kept).toEqual([`fr zh-TW${' de'.repeat(8)}`]);
  });

  test('a URL of more than 8,192 characters is refused', async () => {
    const before = await rowsOf(server);
    const response = await begin(server, clientId, { made_up: 'x'.repeat(9000), ui_locales: 'sv zh_CN' });
    expect(response.status).toBe(400);
    const page = await response.text();
    expect(page).toContain('8192');
    expect(page).toContain('<html lang="zh-CN"');
    expect(await rowsOf(server)).toEqual(before);
  });
});

test.each(databases)(
  'a network begins 300 sign-ins in a quarter of an hour on %s, however many processes it asks',
  async (database) => {
    const { location, remove } = await newMigratedLocation(database);
    const env = { SESAME_TRUSTED_PROXIES: 'loopback' };
    const first = await startTestServer(location, { env });
    const servers = database === 'PostgreSQL' ? [first, await startTestServer(location, { env })] : [first];
    const clientId = await newApplication(first);
    const from = (address: string, accept = 'text/html') => ({ headers: { accept, 'x-forwarded-for': address } });
    const waiting = Array.from({ length: 330 }, (_, index) => servers[index % servers.length] as TestServer);
    const statuses: number[] = [];
    const work = async () => {
      for (let server = waiting.pop(); server; server = waiting.pop()) {
        statuses.push((await begin(server, clientId, {}, from('203.0.113.7'))).status);
      }
    };
    await Promise.all(Array.from({ length: 20 }, work));
    expect(statuses.filter((status) => status === 303)).toHaveLength(300);
    expect(statuses.filter((status) => status === 429)).toHaveLength(30);
    expect((await rowsOf(first)).flows).toHaveLength(300);

    const refused = await begin(first, clientId, {}, from('203.0.113.7'));
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(800);
    expect(await refused.text()).toMatch(/<h1[^>]*>Too many/i);
    const json = await begin(first, clientId, {}, from('203.0.113.7', 'application/json'));
    expect(json.status).toBe(429);
    expect(await json.json()).toMatchObject({
      error: 'temporarily_unavailable',
      error_description: expect.stringContaining('try again in'),
    });
    // A request that begins nothing is no sign-in, and others have their own.
    expect((await begin(first, clientId, { prompt: 'none' }, from('203.0.113.7'))).headers.get('location')).toContain(
      'error=login_required',
    );
    expect((await begin(first, clientId, {}, from('203.0.113.8'))).status).toBe(303);
    expect(first.logged).toEqual([]);
    for (const server of servers) await server.close();
    await remove();
  },
  60_000,
);
