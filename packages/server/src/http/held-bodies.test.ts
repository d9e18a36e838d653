import { once } from 'node:events';
import { connect } from 'node:net';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newServer, type TestServer } from '../../../../test/setup/server.ts';

const owner = { username: 'morgiana', password: 'open sesame' };
const ali = { username: 'ali', password: 'open barley' };
const fromConsole = { 'sec-fetch-site': 'same-origin', 'x-sesame-console': '1' };
const robot = { name: 'Robot', type: 'MachineToMachine' } as const;
const backDoor = { username: 'back-door', password: 'open wheat', role: 'owner' };

type Headers = Record<string, string>;

/** Somebody may be removed while the body of what they ask for is on its way, which may take half a minute. */
describe('a request whose body is late', () => {
  let server: TestServer;
  let byOwner: Headers;
  beforeEach(async () => {
    server = await newServer('SQLite');
    const { administrators } = server.services;
    await administrators.seedFirst(owner);
    await administrators.colleagues.create({ ...ali, role: 'owner' });
    byOwner = await signIn(owner);
  });
  afterEach(() => server.close());

  const send = (method: string, path: string, headers: Headers, body?: object) =>
    fetch(server.baseUrl + path, {
      method,
      headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
  async function signIn(typed: object): Promise<Headers> {
    const { headers, status } = await send('POST', '/api/console/sign-in', fromConsole, typed);
    expect(status).toBe(204);
    const [cookie = ''] = headers.getSetCookie().map((each) => each.split(';')[0] ?? '');
    return { ...fromConsole, cookie };
  }

  /** Sends the head, waits until the server has asked who it is from, and returns what sends the body. */
  async function hold(method: string, path: string, headers: Headers, body: object, looks: ReturnType<typeof spies>) {
    const text = JSON.stringify(body);
    const socket = connect(Number(new URL(server.baseUrl).port), '127.0.0.1');
    const lines = Object.entries({
      host: 'sesame.test',
      connection: 'close',
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(text)),
      ...headers,
    }).map(([name, value]) => `${name}: ${value}\r\n`);
    const before = looks.count();
    socket.write(`${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n`);
    await expect.poll(looks.count).toBe(before + 1);
    return async () => {
      let reply = '';
      socket.on('data', (bytes) => {
        reply += bytes;
      });
      socket.write(text);
      await once(socket, 'close');
      return [Number(reply.split(' ')[1]), /"code":"([\w.]+)"/.exec(reply)?.[1]];
    };
  }

  function spies() {
    const { administrators, applications } = server.services;
    const all = [vi.spyOn(administrators, 'authenticateSession'), vi.spyOn(applications, 'mayManage')];
    return { count: () => all.reduce((sum, { mock }) => sum + mock.settledResults.length, 0) };
  }

  const idOf = async (username: string) =>
    (await server.services.administrators.colleagues.list()).find((each) => each.username === username)?.id ?? '';
  const names = async () => (await server.services.administrators.colleagues.list()).map(({ username }) => username);
  const applicationNames = async () =>
    (await server.services.applications.list({ page: 1, pageSize: 20 })).applications.map(({ name }) => name);

  const changes: [string, string, object][] = [
    ['POST', '/api/console/administrators', backDoor],
    ['POST', '/api/console/two-step', { currentPassword: ali.password }],
    ['POST', '/api/console/password', { currentPassword: ali.password, newPassword: 'open wheat and rye' }],
    ['POST', '/api/applications', robot],
    ['POST', '/api/users', { username: 'cassim' }],
    ['PATCH', '/api/sign-in-exp', { privacyPolicyUrl: 'https://example.com' }],
    ['POST', '/api/configs/oidc/private-keys/rotate', {}],
  ];

  test.each(['deleted', 'demoted', 'signed out'])(
    'of an administrator who is %s meanwhile does nothing',
    async (how) => {
      const byAli = await signIn(ali);
      const looks = spies();
      const held: [string, Awaited<ReturnType<typeof hold>>][] = [];
      for (const [method, path, body] of changes) held.push([path, await hold(method, path, byAli, body, looks)]);
      const url = `/api/console/administrators/${await idOf('ali')}`;
      const done =
        how === 'deleted'
          ? await send('DELETE', url, byOwner)
          : how === 'demoted'
            ? await send('PATCH', url, byOwner, { role: 'viewer' })
            : await send('POST', '/api/console/sign-out', byAli);
      expect(done.status).toBe(204);
      for (const [path, finish] of held) {
        const isOwn = how === 'demoted' && /password$|two-step$/.test(path);
        const expected = how === 'demoted' ? [403, 'auth.forbidden'] : [401, 'auth.unauthorized'];
        const [status, code] = await finish();
        expect([path, status, code]).toEqual([path, ...(isOwn ? [expect.any(Number), undefined] : expected)]);
        if (isOwn) expect(status).toBeLessThan(300);
      }
      expect(await names()).toEqual(how === 'deleted' ? ['morgiana'] : ['ali', 'morgiana']);
      expect(await applicationNames()).not.toContain(robot.name);
      expect(await server.services.store.db.selectFrom('users').select('username').execute()).toEqual([]);
    },
  );

  test.each(['deleted', 'taken from the Management API'])(
    'of an application that is %s meanwhile does nothing',
    async (how) => {
      const { id, secret } = await server.services.applications.create({ ...robot, name: 'Caller' });
      const authorization = `Bearer ${await tokenOf(id, secret ?? '')}`;
      const looks = spies();
      const finish = await hold('POST', '/api/applications', { authorization }, robot, looks);
      const done =
        how === 'deleted'
          ? await send('DELETE', `/api/applications/${id}`, byOwner)
          : await send('PATCH', `/api/applications/${id}`, byOwner, { isAdmin: false });
      expect(done.status).toBeLessThan(300);
      expect(await finish()).toEqual([401, 'auth.unauthorized']);
      expect(await applicationNames()).not.toContain(robot.name);
    },
  );

  test('is asked about twice; one whose body comes with the head once', async () => {
    const looks = spies();
    expect((await send('POST', '/api/applications', byOwner, robot)).status).toBe(200);
    expect(looks.count()).toBe(1);
    const finish = await hold('POST', '/api/applications', byOwner, robot, looks);
    expect(await finish()).toEqual([200, undefined]);
    expect(looks.count()).toBe(3);
  });

  async function tokenOf(id: string, secret: string): Promise<string> {
    const reply = await fetch(`${server.baseUrl}/oidc/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${Buffer.from(`${id}:${secret}`).toString('base64')}` },
      body: new URLSearchParams({
        grant_type: 'client_credentials',
        resource: `${server.publicUrl}/api`,
        scope: 'all',
      }),
    });
    return ((await reply.json()) as { access_token: string }).access_token;
  }
});
