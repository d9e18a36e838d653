import Fastify, { type FastifyContextConfig } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../test/setup/console.ts';
import { openedBy, scopesOpening } from '../accounts/resources/management-scopes.ts';
import type { AppInstance } from './app-instance.ts';
import { registerConsoleApi } from './console/api/index.ts';
import { registerManagementApi } from './management/index.ts';
import { guard } from './roles.ts';

/** Not one that the guides of connectors have for an example. */
const phone = '+8613926837155';
const digits = '13926837155';
const roleNames = ['viewer', 'operator', 'owner'] as const;
type RoleName = (typeof roleNames)[number];

/** Every operation of the Management API and of the Console's own, with what it declares. */
async function operations(server: ConsoleServer) {
  const app = Fastify()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler) as AppInstance;
  const found: { method: string; url: string; config: FastifyContextConfig }[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if (method !== 'HEAD') found.push({ method: String(method), url, config: config ?? {} });
  });
  registerManagementApi(app, server.services);
  registerConsoleApi(
    app,
    { ...server.services, settings: { publicUrl: '', apiIndicator: 'https://sesame.example/api' } },
    async () => {},
  );
  await app.ready();
  await app.close();
  return found;
}

describe('roles', () => {
  let server: ConsoleServer;
  let cookies: Record<RoleName, string>;
  let token: string;
  beforeAll(async () => {
    server = await newConsoleServer('SQLite');
    const { colleagues } = server.services.administrators;
    const password = 'open barley';
    await colleagues.create({ username: 'operator', password, role: 'operator' });
    await colleagues.create({ username: 'viewer', password, role: 'viewer' });
    cookies = {
      owner: await server.signIn(),
      operator: await server.signIn({ username: 'operator', password }),
      viewer: await server.signIn({ username: 'viewer', password }),
    };
    token = await server.getAccessToken();
    const { services } = server;
    await services.users.create({ primaryPhone: phone, name: `Ali ${digits}`, customData: { mobile: digits } });
    await server.send('POST', '/api/verification-codes', { cookie: cookies.owner, body: { phone } });
    await services.store.db
      .updateTable('messages')
      .set({ error: JSON.stringify({ providerMessage: `The number ${digits} (${phone}) is not reachable` }) })
      .execute();
    await services.store.db
      .insertInto('verification_failures')
      .values({ recipient: phone, counter: 'all', failures: 100, blocked_until: 0, last_check_id: '', updated_at: 1 })
      .execute();
    const unlocked = await server.send('POST', '/api/verification-codes/unlock', {
      cookie: cookies.owner,
      body: { phone },
    });
    expect(unlocked.statusCode).toBe(204);
    await services.experience.change({
      fraudPolicy: { mode: 'enforce', never: { prefixes: [phone], networks: ['203.0.113.0/24'] } },
    });
    const body = { phone };
    const refused = await server.send('POST', '/api/verification-codes', { cookie: cookies.owner, body });
    expect(refused.json().code).toBe('request.sending_paused');
    await services.store.flush();
    const [{ reasons } = expect.fail()] = await services.store.db.selectFrom('guard_decisions').selectAll().execute();
    expect(JSON.parse(reasons)).toEqual([{ rule: 'never', scope: 'number:+86 ••• 55' }]);
    // As an older version kept it.
    await services.store.db
      .updateTable('guard_decisions')
      .set({ reasons: reasons.replace('+86 ••• 55', phone) })
      .execute();
  });
  afterAll(() => server.close());

  const as = (role: RoleName, method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) =>
    server.send(method, `/api${url}`, { cookie: cookies[role], ...(body && { body }) });

  test('every operation but signing in and out names the role that it takes', async () => {
    const nameless = (await operations(server)).filter(({ config }) => config.role === undefined);
    expect(nameless.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /console/sign-in',
      'POST /console/sign-out',
    ]);
  });

  test('a viewer finds no address in the audit log, not by any part of it', async () => {
    const body = { email: 'cassim.baba@example.com' };
    expect((await as('operator', 'POST', '/suppressions', body)).statusCode).toBeLessThan(300);
    const found = async (role: RoleName, search: string) => {
      const entries = (await as(role, 'GET', `/audit-log?search=${search}`)).json();
      return entries.map(({ action }: { action: string }) => action);
    };
    for (const part of ['cassim', 'baba', 'xample.co']) {
      expect(await found('operator', part)).toEqual(['suppression.add']);
      expect(await found('viewer', part)).toEqual([]);
    }
    expect((await found('viewer', 'operator')).length).toBeGreaterThan(0);
  });

  test('every operation of the Management API names the scope that it takes, and refuses tokens without', async () => {
    const all = (await operations(server)).filter(({ url }) => !url.startsWith('/console'));
    const scopeless = all.filter(({ config }) => config.scope === undefined);
    expect(scopeless.map(({ method, url }) => `${method} ${url}`)).toEqual([]);
    const opened = (scope: string) =>
      all
        .filter(({ config }) => openedBy([scope]).has(config.scope ?? 'all'))
        .map(({ method, url }) => `${method} ${url}`);
    expect(opened('codes')).toEqual(['POST /verification-codes', 'POST /verification-codes/verify']);
    expect(opened('read').filter((operation) => !operation.startsWith('GET '))).toEqual([]);
    expect(
      opened('users').filter((operation) => !/ \/(users|verification-codes\/unlock|suppressions)\b/.test(operation)),
    ).toEqual([]);
    expect(opened('all')).toHaveLength(all.length);

    const { applications } = server.services;
    const { id, secret = '' } = await applications.create({ name: 'Sender', type: 'MachineToMachine' });
    const wide = await server.getAccessToken({ id, secret });
    await applications.update(id, { managementScopes: ['codes'] });
    const narrow = await server.getAccessToken({ id, secret, scope: 'codes' });
    for (const { method, url, config } of all) {
      const path = url.replace(/:\w+/g, 'nothing');
      for (const token of [wide, narrow]) {
        const reply = await server.send(method as 'GET', `/api${path}`, {
          headers: { authorization: `Bearer ${token}` },
          ...(method !== 'GET' && { body: { nonsense: true, phone: 'none' } }),
        });
        const isOpen = config.scope === 'codes';
        expect([method, url, reply.statusCode === 403, reply.json().data?.requiredScopes]).toEqual([
          method,
          url,
          !isOpen,
          isOpen ? undefined : scopesOpening(config.scope ?? 'all'),
        ]);
      }
    }
    const refused = await server.getAccessToken({ id, secret }).catch(String);
    expect(refused).toContain('this application may ask for: codes');
    const reader = await applications.create({ name: 'Reader', type: 'MachineToMachine', managementScopes: ['read'] });
    const token = await server.getAccessToken({ id: reader.id, secret: reader.secret ?? '', scope: 'read' });
    const headers = { authorization: `Bearer ${token}` };
    expect((await server.send('GET', '/api/users', { headers })).statusCode).toBe(200);
    expect((await server.send('GET', '/api/users?includePasswordHash=true', { headers })).statusCode).toBe(403);
    await applications.update(reader.id, { managementScopes: ['users', 'codes'] });
    expect((await server.send('GET', '/api/messages', { headers })).statusCode).toBe(403);
  });

  test('every operation refuses lesser roles, and says which it takes; a token may do everything', async () => {
    const all = (await operations(server)).filter(({ config }) => config.role !== undefined);
    expect(all.length).toBeGreaterThan(40);
    for (const { method, url, config } of all) {
      const lesser = roleNames.slice(0, roleNames.indexOf(config.role ?? 'owner'));
      const path = url.replace(/:\w+/g, 'nothing');
      for (const role of lesser) {
        const reply = await as(role, method as 'GET', path, method === 'GET' ? undefined : {});
        expect([method, url, role, reply.statusCode, reply.json().code, reply.json().data]).toEqual([
          method,
          url,
          role,
          403,
          'auth.forbidden',
          { requiredRole: config.role },
        ]);
      }
      if (url.startsWith('/console')) continue;
      const headers = { authorization: `Bearer ${token}` };
      const reply = await server.send(method as 'GET', `/api${path}`, {
        headers,
        ...(method !== 'GET' && { body: { nonsense: true, phone: 'none' } }),
      });
      expect([method, url, reply.statusCode]).not.toEqual([method, url, 403]);
    }
  });

  test('viewers change nothing but what is theirs', async () => {
    const changes = (await operations(server)).filter(({ method }) => method !== 'GET');
    const allowed = changes
      .filter(({ config }) => config.role === 'viewer')
      .map(({ method, url }) => `${method} ${url}`);
    expect(allowed.toSorted()).toEqual([
      'DELETE /console/sessions',
      'DELETE /console/sessions/:id',
      'POST /connectors/:factoryId/deliverability',
      'POST /console/password',
      'POST /console/two-step',
      'POST /console/two-step/confirm',
      'POST /console/two-step/decline',
      'POST /console/two-step/recovery-codes',
      'POST /console/two-step/turn-off',
      'POST /sign-in-exp/preview',
    ]);
  });

  test('secrets and administrators are for owners', async () => {
    const owners = (await operations(server)).filter(({ config }) => config.role === 'owner');
    expect(owners.map(({ method, url }) => `${method} ${url}`).toSorted()).toEqual([
      'DELETE /configs/oidc/private-keys/:keyId',
      'DELETE /console/administrators/:id',
      'GET /console/administrators',
      'PATCH /console/administrators/:id',
      'POST /applications',
      'POST /applications/:id/secrets/rotate',
      'POST /configs/oidc/private-keys/rotate',
      'POST /console/administrators',
    ]);
  });

  test('an operator may take the Management API from an application; letting it call is for owners', async () => {
    const { id } = await server.services.applications.create({ name: 'Robot', type: 'MachineToMachine' });
    const change = async (role: RoleName, isAdmin: boolean) => {
      const reply = await as(role, 'PATCH', `/applications/${id}`, { isAdmin });
      return [reply.statusCode, reply.json().data?.requiredRole, (await server.services.applications.get(id)).isAdmin];
    };
    expect(await change('viewer', false)).toEqual([403, 'operator', true]);
    expect(await change('operator', false)).toEqual([200, undefined, false]);
    expect(await change('operator', true)).toEqual([403, 'owner', false]);
    expect(await change('owner', true)).toEqual([200, undefined, true]);
    const scopes = { managementScopes: ['codes'] };
    expect((await as('operator', 'PATCH', `/applications/${id}`, scopes)).statusCode).toBe(403);
    expect((await as('owner', 'PATCH', `/applications/${id}`, scopes)).json().managementScopes).toEqual(['codes']);
    expect((await as('owner', 'PATCH', `/applications/${id}`, { managementScopes: [] })).statusCode).toBe(400);
  });

  test('viewers read no number and no code, wherever it stands', async () => {
    const [user] = (await as('owner', 'GET', '/users?search=ali')).json();
    const [message] = (await as('owner', 'GET', '/messages')).json();
    const reads = (await operations(server)).filter(
      ({ method, config }) => method === 'GET' && config.role === 'viewer',
    );
    const urls = reads.map(({ url }) =>
      url
        .replace(':userId', user.id)
        .replace('/messages/:id', `/messages/${message.id}`)
        .replace(/log$/, 'log?page_size=100'),
    );
    const [{ code }] = (await as('owner', 'GET', '/development-inbox')).json();
    expect(code).toMatch(/^\d{6}$/);
    // Times and ids have more digits, in which any six may stand.
    const codeAlone = new RegExp(`\\b${code}\\b`);
    const shown: string[] = [];
    for (const url of urls) {
      const full = await as('owner', 'GET', url);
      const masked = await as('viewer', 'GET', url);
      expect([url, masked.statusCode]).toEqual([url, full.statusCode]);
      if (full.body.includes(digits)) shown.push(url);
      expect([url, masked.body.includes(digits), codeAlone.test(masked.body)]).toEqual([url, false, false]);
      const operators = await as('operator', 'GET', url);
      expect([url, operators.body.includes(digits)]).toEqual([url, full.body.includes(digits)]);
    }
    expect(shown.toSorted()).toEqual([
      '/audit-log?page_size=100',
      '/development-inbox',
      '/messages',
      `/messages/${message.id}`,
      '/protection/listed',
      '/sign-in-exp',
      '/users',
      `/users/${user.id}`,
    ]);
    expect((await as('viewer', 'GET', `/users/${user.id}`)).json()).toMatchObject({
      id: user.id,
      primaryPhone: '+86 ••• 55',
    });
  });

  test('viewers see no end of a number whose range is beside it', async () => {
    const [decision] = (await as('operator', 'GET', '/protection/decisions')).json();
    expect(decision).toMatchObject({ range: phone.slice(0, -4), recipient: '+86 ••• 55' });
    const shown = (await as('viewer', 'GET', '/protection/decisions')).json();
    expect(shown[0]).toMatchObject({ id: decision.id, range: phone.slice(0, -4), recipient: '+86 •••' });
    expect(JSON.stringify(shown)).not.toContain('••• 55');
    const exported = (await as('viewer', 'GET', '/protection/decisions?format=ndjson')).body;
    expect(exported).not.toContain('••• 55');
  });

  test('viewers cannot find out a number by searching for it', async () => {
    for (const url of ['/messages', '/development-inbox']) {
      const reply = await as('viewer', 'GET', `${url}?phone=${encodeURIComponent(phone)}`);
      expect([reply.statusCode, reply.json().data]).toEqual([403, { requiredRole: 'operator' }]);
    }
    const found = async (role: RoleName) => (await as(role, 'GET', '/users?search=8613926')).json().length;
    expect([await found('owner'), await found('viewer')]).toEqual([1, 0]);
    expect((await as('viewer', 'GET', '/users?search=ali')).json()).toHaveLength(1);
    for (const search of ['search=%25926837%25', 'search=%2B8613926837155&mode=exact']) {
      const url = `/users?${search}`;
      expect((await as('operator', 'GET', url)).json()).toHaveLength(1);
      expect((await as('viewer', 'GET', url)).json()).toEqual([]);
    }
    for (const search of [
      'search.primaryEmail=ali%25',
      'search.primaryPhone=%25926837%25',
      'search.name=%25926837%25',
      'search.primaryPhone=a',
      'search.username=u1',
      'search.id=%2526%25',
    ]) {
      const byField = await as('viewer', 'GET', `/users?${search}`);
      expect([byField.statusCode, byField.json().data]).toEqual([403, { requiredRole: 'operator' }]);
    }
    expect((await as('viewer', 'GET', '/users?search.name=Ali%25')).json()).toHaveLength(1);
    const { id } = (await as('owner', 'POST', '/users', { username: 'tel8613926837199' })).json();
    for (const typed of ['tel86', 'tel⁸⁶', 'tel⑧⑥']) {
      const url = `/users?search=${encodeURIComponent(typed)}`;
      expect((await as('operator', 'GET', url)).json()).toHaveLength(1);
      expect((await as('viewer', 'GET', url)).json()).toEqual([]);
    }
    expect((await as('viewer', 'GET', `/users?search=${id}`)).json()).toMatchObject([{ id, username: 'tel••• 99' }]);
    // Nor an address that is a name, letter by letter.
    await as('owner', 'POST', '/users', { name: 'zeyn.alasnam@example.com' });
    for (const search of ['search=zeyn', 'search=%25alasnam%25', 'search.name=zeyn.a%25', 'search.name=%25nam@%25']) {
      expect((await as('operator', 'GET', `/users?${search}`)).json()).toHaveLength(1);
      expect((await as('viewer', 'GET', `/users?${search}`)).json()).toEqual([]);
    }
  });

  test('what is kept of passwords is for owners', async () => {
    const [{ id }] = (await as('owner', 'GET', '/users?search=ali')).json();
    for (const path of [`/users/${id}`, '/users']) {
      const read = (role: RoleName) => as(role, 'GET', `${path}?includePasswordHash=true`);
      expect((await read('operator')).json()).toMatchObject({ data: { requiredRole: 'owner' } });
      expect((await read('owner')).statusCode).toBe(200);
      const [entry] = (await as('owner', 'GET', '/audit-log')).json();
      expect(entry).toMatchObject({
        action: 'user.read-password-hash',
        subject: { id: path === '/users' ? null : id },
      });
    }
  });

  test('a role counts from the next request on', async () => {
    const [{ id }] = (await as('owner', 'GET', '/console/administrators'))
      .json()
      .filter(({ username }: { username: string }) => username === 'viewer');
    expect((await as('owner', 'PATCH', `/console/administrators/${id}`, { role: 'operator' })).statusCode).toBe(204);
    expect((await as('viewer', 'POST', '/users', { name: 'Cassim' })).statusCode).toBe(200);
    expect((await as('owner', 'PATCH', `/console/administrators/${id}`, { role: 'viewer' })).statusCode).toBe(204);
    expect((await as('viewer', 'POST', '/users', { name: 'Cassim' })).statusCode).toBe(403);
    const session = (await as('viewer', 'GET', '/console/session')).json();
    expect(session).toMatchObject({ administrator: { username: 'viewer', role: 'viewer' } });
    const [entry] = (await as('owner', 'GET', '/audit-log')).json();
    expect(entry).toMatchObject({ action: 'administrator.set-role', details: { role: 'viewer' }, subject: { id } });
  });
});

test('an operation that names no role is for owners, and what cannot be masked is not for viewers', async () => {
  const app = Fastify();
  let role: RoleName = 'viewer';
  app.decorateRequest('caller', undefined);
  guard(app, async (request) => {
    request.caller = { type: 'administrator', administrator: { id: '1', username: 'ali', role } };
  });
  app.setErrorHandler((error: { code: string }, _request, reply) => reply.code(403).send({ code: error.code }));
  app.get('/nameless', () => ({}));
  app.get('/export', { config: { role: 'viewer' } }, (_request, reply) =>
    reply.type('text/csv').send(`name\n${phone}`),
  );
  app.get('/bytes', { config: { role: 'viewer' } }, (_request, reply) => reply.send(Buffer.from(phone)));
  expect((await app.inject('/nameless')).statusCode).toBe(403);
  expect((await app.inject('/export')).body).toBe('name\n+86 ••• 55');
  expect((await app.inject('/bytes')).statusCode).toBe(403);
  role = 'owner';
  expect((await app.inject('/nameless')).statusCode).toBe(200);
  expect((await app.inject('/bytes')).body).toBe(phone);
  await app.close();
});
