import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { maxWrongSecrets } from '../../packages/server/src/accounts/secret-guesses.ts';
import { errorCatalogue } from '../../packages/server/src/errors.ts';
import type { Reply } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';

/** A refusal has a code of the catalogue and a text, and tells nothing of the inside. */
function expectRefusal(reply: Reply, status: number, code: string) {
  expect(reply, reply.text).toMatchObject({ status, body: { code, message: expect.any(String) } });
  expect(errorCatalogue).toHaveProperty([code]);
  expect(reply.headers.get('content-type')).toBe('application/json; charset=utf-8');
  expect(Object.keys(reply.body).filter((key) => !['code', 'message', 'data'].includes(key))).toEqual([]);
  expect(reply.text).not.toMatch(/\.ts\b|node_modules|\bat \S+ \(|SQLITE|ZodError|FST_ERR/);
}

describe.each(databases)('hostile input on %s', (database) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await newServer(database, { env: { SESAME_LOG_LEVEL: 'warn' } });
  });
  afterAll(() => server.close());

  const json = { 'content-type': 'application/json' };
  const post = (body: string, headers: Record<string, string> = json) =>
    server.management.request('POST', '/api/verification-codes', { body, headers });

  test.each(['{', '{"phone": }', 'undefined', '{"phone":"+8613800138000"', "{'phone':1}", '\u0000', ''])(
    'the body %j is not JSON',
    async (body) => {
      const reply = await post(body);
      expectRefusal(reply, 400, 'guard.invalid_input');
      expect(reply.body.data.issues).toMatchObject([{ in: 'body' }]);
    },
  );

  test.each(['null', '[]', '"phone"', '1', 'true', '{}', '[{"phone":"+8613800138000"}]'])(
    'the body %j lacks the phone',
    async (body) => {
      const reply = await post(body);
      expectRefusal(reply, 400, 'guard.invalid_input');
      expect(reply.body.data.issues.length).toBeGreaterThan(0);
    },
  );

  test.each(['null', '42', '["+8613800138000"]', '{"e164":"+8613800138000"}', 'true', `"${'1'.repeat(200_000)}"`])(
    'the phone %.40s is refused',
    async (phone) => {
      const reply = await post(`{"phone":${phone}}`);
      expectRefusal(reply, 400, 'guard.invalid_input');
      expect(reply.body.data.issues).toMatchObject([{ in: 'body', path: 'phone', message: expect.any(String) }]);
      expect(reply.text.length).toBeLessThan(1000);
    },
  );

  test.each(['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'application/x-www-form-urlencoded'])(
    'the content type %s is refused',
    async (type) => {
      expectRefusal(await post('phone=1', { 'content-type': type }), 415, 'guard.unsupported_media_type');
    },
  );

  test('a body of a megabyte is refused, and the connection stays of use', async () => {
    const body = JSON.stringify({ phone: newPhone(), more: 'x'.repeat(1024 * 1024) });
    expectRefusal(await post(body), 413, 'guard.body_too_large');
    expect(await server.management.get('/status')).toMatchObject({ status: 204 });
  });

  test.each<[string, string, number]>([
    ['/api/console/sign-in', 'application/json', 32],
    ['/console/set-up', 'application/x-www-form-urlencoded', 16],
    ['/console/new-password', 'application/x-www-form-urlencoded', 16],
    ['/sign-in', 'application/x-www-form-urlencoded', 16],
  ])('of what anybody may send to %s as %s, %i kB are read at most', async (path, type, size) => {
    const body = 'x'.repeat(size * 1024 + 1);
    const reply = await fetch(server.baseUrl + path, { method: 'POST', body, headers: { 'content-type': type } });
    await reply.text();
    expect(reply.status).toBe(413);
  });

  test('unknown fields are refused, each by its name, and nothing is sent', async () => {
    const phone = newPhone();
    const reply = await post(JSON.stringify({ phone, code: '123456', isAdmin: true, limits: [], usageType: 'X' }));
    expectRefusal(reply, 400, 'guard.invalid_input');
    const paths = reply.body.data.issues.map(({ path }: { path: string }) => path);
    expect(paths).toEqual(['code', 'isAdmin', 'limits', 'usageType']);
    const { body } = await server.management.get(`/development-inbox?phone=${encodeURIComponent(phone)}`);
    expect(body).toEqual([]);
  });

  test.each(['__proto__', 'constructor'])('the key %s pollutes nothing', async (key) => {
    const phone = newPhone();
    const evil = key === '__proto__' ? { polluted: true } : { prototype: { polluted: true } };
    const body = `{"phone":"${phone}","${key}":${JSON.stringify(evil)}}`;
    expectRefusal(await post(body), 400, 'guard.invalid_input');
    const config = `{"connectorId":"http-sms","config":{"${key}":${JSON.stringify(evil)}}}`;
    const created = await server.management.request('POST', '/api/connectors', { body: config, headers: json });
    expectRefusal(created, 400, 'guard.invalid_input');
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  test.each([
    ['GET', '/api/nothing'],
    ['GET', '/api/verification-codes'],
    ['PUT', '/api/connectors'],
    ['DELETE', '/api/verification-codes'],
    ['PATCH', '/api/connectors'],
    ['POST', '/api/swagger.json'],
    ['GET', '/nothing/../api/nothing'],
    ['GET', '/api/connectors/..%2f..%2fetc%2fpasswd'],
    ['GET', '/api/connectors/%00'],
    ['GET', '/api/connectors/%E0%A4%A'],
    ['GET', `/api/connectors/${'x'.repeat(5000)}`],
    ['GET', '/.env'],
    ['OPTIONS', '/api/nothing'],
  ])('%s %.60s leads nowhere', async (method, path) => {
    expectRefusal(await server.management.request(method, path), 404, 'entity.not_found');
  });

  test.each([
    ['page', '0'],
    ['page', '-1'],
    ['page', 'x'],
    ['page', '1e99'],
    ['page', '1;drop table messages'],
    ['page_size', '101'],
    ['page_size', '1000000000'],
    ['state', 'anything'],
    ['phone', "' or 1=1 --"],
    ['country', 'CHN'],
    ['from', 'yesterday'],
    ['until', '1e400'],
  ])('the query %s=%s is refused', async (name, value) => {
    const reply = await server.management.get(`/messages?${name}=${encodeURIComponent(value)}`);
    expectRefusal(reply, 400, 'guard.invalid_input');
    for (const issue of reply.body.data.issues) expect(issue).toMatchObject({ in: 'querystring', path: name });
    expect(reply.body.data.issues).not.toHaveLength(0);
  });

  test.each([
    ['usageType', "x' or '1'='1"],
    ['connectorFactoryId', '%'],
    ['connectorFactoryId', '\u0000'],
    ['usageType', '\ud800'],
    ['nothing', 'x'],
  ])('the query %s=%j finds nothing or is ignored', async (name, value) => {
    const reply = await server.management.get(`/messages?${name}=${encodeURIComponent(value.toWellFormed())}`);
    expect([200, 400], reply.text).toContain(reply.status);
  });

  test.runIf(database === 'SQLite')('no body and no query is read before it is known who sends it', async () => {
    const description = (await server.management.get('/swagger.json')).body;
    const methods = Object.entries<object>(description.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method): [string, string] => [method.toUpperCase(), path]),
    );
    const answered: Record<string, string[]> = {};
    for (const [method, path] of methods) {
      const url = server.baseUrl + path.replace(/\{\w+\}/g, 'x'.repeat(200));
      const reply = await fetch(`${url}?nonsense=1`, { method, headers: json, ...(method !== 'GET' && { body: '{' }) });
      const { code } = reply.status === 204 ? { code: '204' } : ((await reply.json()) as { code: string });
      answered[code] ??= [];
      answered[code].push(`${method} ${path}`);
    }
    const { 'auth.unauthorized': strangers = [], 'session.not_found': withoutSignIn = [], ...others } = answered;
    expect(strangers.length).toBeGreaterThan(100);
    expect(withoutSignIn.filter((operation) => !operation.includes(' /api/experience'))).toEqual([]);
    expect(withoutSignIn).toHaveLength(methods.filter(([, path]) => path.startsWith('/api/experience')).length);
    expect(Object.values(others).flat().toSorted()).toEqual([
      'GET /api/.well-known/account-center',
      'GET /api/.well-known/sign-in-exp',
      'GET /api/status',
      'POST /api/console/sign-in',
      'POST /api/console/sign-out',
    ]);
  });

  test.runIf(database === 'PostgreSQL')(
    'what PostgreSQL keeps in no text is refused in every path, query and body, without a line in the log',
    async () => {
      const description = (await server.management.get('/swagger.json')).body;
      const before = server.logged.length;
      const seen: Record<string, string[]> = {};
      const note = async (method: string, path: string, body?: string) => {
        const reply = await server.management.request(method, path, { headers: json, ...(body && { body }) });
        seen[reply.body?.code ?? reply.status] ??= [];
        seen[reply.body?.code ?? reply.status]?.push(`${method} ${path} ${body ?? ''}`);
      };
      for (const [path, operations] of Object.entries<Record<string, { parameters?: { in: string; name: string }[] }>>(
        description.paths,
      )) {
        if (/^\/api\/(experience|my-account|verifications|console|users\/import)/.test(path)) continue;
        for (const [name, { parameters = [] }] of Object.entries(operations)) {
          const method = name.toUpperCase();
          const [query] = parameters.filter((parameter) => parameter.in === 'query');
          if (path.includes('{')) await note(method, path.replace(/\{\w+\}/g, 'a%00b'));
          else if (query) await note(method, `${path}?${query.name}=%00`);
          if (!path.includes('{') && method !== 'GET') await note(method, path, '{"name":["\\u0000"],"\\ud800":1}');
        }
      }
      const { 'entity.not_found': paths = [], 'guard.invalid_input': inputs = [], ...others } = seen;
      expect(paths.length).toBeGreaterThan(50);
      expect(paths.filter((request) => !request.includes('/a%00b'))).toEqual([]);
      expect(inputs.length).toBeGreaterThan(40);
      expect(others).toEqual({});
      for (const path of [
        '/oidc/auth?client_id=%00',
        '/sign-in?x=%00',
        '/%00',
        '/oidc/%00',
        '/assets/%00',
        '/?%00=1',
        '/callbacks/%00/%00',
      ]) {
        const reply = await fetch(server.baseUrl + path, { headers: { accept: 'text/html' } });
        await reply.text();
        expect([400, 404], path).toContain(reply.status);
      }
      expect(server.logged.slice(before)).toEqual([]);
    },
  );

  test.each<[string, string]>([
    ['POST', 'console/sign-in'],
    ['GET', '.well-known/sign-in-exp'],
  ])('of thousands of unknown names that anybody sends to %s %s, the answer tells of some', async (method, path) => {
    const names = Array.from({ length: 2000 }, (_, index) => `${index}`);
    const body = JSON.stringify(Object.fromEntries(names.map((name) => [name, 1])));
    const url = `${server.baseUrl}/api/${path}`;
    const query = `${url}?${names.slice(0, 500).join('=&')}`;
    const reply = await (method === 'GET' ? fetch(query) : fetch(url, { method, body, headers: json }));
    const { code, data } = (await reply.json()) as { code: string; data: { issues: object[] } };
    expect([reply.status, code, data.issues.length]).toEqual([400, 'guard.invalid_input', 50]);
  });

  test('a page far behind the end is empty, and one beyond all bounds is refused with the way to go on', async () => {
    const reply = await server.management.get('/messages?page=9999&page_size=100');
    expect(reply).toMatchObject({ status: 200, body: [] });
    const refused = await server.management.get('/messages?page=1000000&page_size=100');
    expect(refused.status).toBe(400);
    expect(JSON.stringify(refused.body)).toContain('after');
  });

  test('wrong secrets of an application are counted and kept in the audit log, wherever they are given', async () => {
    const { management, baseUrl } = server;
    const { id, secret } = (await management.post('/applications', { name: 'Guessed', type: 'MachineToMachine' })).body;
    const give = async (path: string, password: string, inBody = false) => {
      const parameters = { grant_type: 'client_credentials', resource: `${server.publicUrl}/api`, token: 'none' };
      const basic = `Basic ${Buffer.from(`${id}:${password}`).toString('base64')}`;
      return fetch(`${baseUrl}/oidc/${path}`, {
        method: 'POST',
        headers: inBody ? {} : { authorization: basic },
        body: new URLSearchParams({ ...parameters, ...(inBody && { client_id: id, client_secret: password }) }),
      });
    };
    const guesses = Array.from({ length: maxWrongSecrets + 20 }, (_, index) =>
      give(index % 2 ? 'token' : 'token/revocation', `guess number ${index}`, index % 3 === 0),
    );
    const statuses = (await Promise.all(guesses)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 401)).toHaveLength(maxWrongSecrets);
    expect(statuses.filter((status) => status === 429)).toHaveLength(20);
    const right = await give('token', secret);
    expect([right.status, Number(right.headers.get('retry-after')) > 0]).toEqual([429, true]);
    expect(await right.json()).toMatchObject({ error: 'temporarily_unavailable' });
    const { body: entries } = await management.get(`/audit-log?subjectType=application&subjectId=${id}`);
    expect(entries.filter(({ action }: { action: string }) => action === 'application.fail-sign-in')).toEqual([
      expect.objectContaining({ times: maxWrongSecrets, actor: expect.objectContaining({ type: 'network' }) }),
    ]);
    // Others there go on.
    expect((await management.get('/status')).status).toBe(204);
  });

  test.each([
    ['POST', '/verification-codes', { phone: '+8613800138000', deviceId: 'd\u0000' }],
    ['PATCH', '/sign-in-exp', { unknownSessionRedirectUrl: 'https://shop.example.com/\u0001' }],
    ['PUT', '/test-numbers', { phone: '+8613800138000', code: '123456', note: 'a\u001bb' }],
    ['POST', '/suppressions', { email: 'ali@example.com', reason: 'a\nb' }],
  ])('%s %s with control characters is refused', async (method, path, body) => {
    const reply = await server.management.request(method, `/api${path}`, { body: JSON.stringify(body), headers: json });
    expectRefusal(reply, 400, 'guard.invalid_input');
  });

  test.each([undefined, '', 'Bearer', 'Bearer x', 'Basic dGVzdDp0ZXN0', `Bearer ${'a.'.repeat(3000)}`, 'Bearer a b'])(
    'the proof %.30s is none',
    async (authorization) => {
      const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
      const response = await fetch(`${server.baseUrl}/api/connectors`, { headers });
      const text = await response.text();
      const reply = { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
      expectRefusal(reply, 401, 'auth.unauthorized');
      expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    },
  );
});
