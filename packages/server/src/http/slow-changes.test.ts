import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { administrator, type ConsoleServer, newConsoleServer } from '../../../../test/setup/console.ts';

const robot = { name: 'Robot', type: 'MachineToMachine' } as const;
const phone = '+8613926837155';

/** Somebody may be removed while a digest is computed or a connector looks at its configuration. */
describe('a change that takes its time', () => {
  let server: ConsoleServer;
  let byOwner: string;
  /** Happens once, in the middle of the next digest or check of a configuration. */
  let meanwhile: (() => Promise<unknown>) | undefined;
  beforeEach(async () => {
    server = await newConsoleServer('SQLite');
    byOwner = await server.signIn(administrator);
    const { passwords, factories } = server.services;
    const inbox = factories.get('development-inbox');
    const { hash, verify } = passwords;
    const { checkConfig } = inbox;
    const happen = async () => {
      const happens = meanwhile;
      meanwhile = undefined;
      await happens?.();
    };
    vi.spyOn(passwords, 'hash').mockImplementation((...given) => happen().then(() => hash(...given)));
    vi.spyOn(passwords, 'verify').mockImplementation((...given) => happen().then(() => verify(...given)));
    vi.spyOn(inbox, 'checkConfig').mockImplementation((config) => happen().then(() => checkConfig(config)));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    return server.close();
  });

  async function changes() {
    const { services } = server;
    const user = await services.users.create({ username: 'cassim', password: 'open wheat' });
    const [first] = await services.connectors.allLive();
    const id = first?.row.id ?? '';
    const second = await services.connectors.setUp('development-inbox', {});
    const list: ['POST' | 'PATCH', string, object?][] = [
      ['POST', '/api/users', { username: 'robber', password: 'open rye' }],
      ['POST', `/api/users/${user.id}/password/verify`, { password: 'open wheat' }],
      ['PATCH', `/api/users/${user.id}/password`, { password: 'open rye' }],
      ['PATCH', `/api/connectors/${second.row.id}`, { config: {} }],
      ['POST', `/api/connectors/history/${id}/restore`],
      ['POST', '/api/connectors', { connectorId: 'development-inbox', config: {} }],
      ['POST', '/api/connectors/development-inbox/test', { phone, config: {} }],
    ];
    return list;
  }
  /** What the changes would have changed. */
  async function state() {
    const { db } = server.services.store;
    return {
      users: await db.selectFrom('users').select(['username', 'password_digest']).execute(),
      connectors: await db.selectFrom('connectors').select(['id', 'updated_at']).orderBy('id').execute(),
      live: await db.selectFrom('live_connectors').select(['type', 'connector_id']).orderBy('type').execute(),
      messages: await db.selectFrom('messages').select('id').execute(),
    };
  }

  const ways: Record<string, [(ali: { id: string; cookie: string }) => Promise<unknown>, number]> = {
    deleted: [({ id }) => server.send('DELETE', `/api/console/administrators/${id}`, { cookie: byOwner }), 401],
    demoted: [
      ({ id }) =>
        server.send('PATCH', `/api/console/administrators/${id}`, { cookie: byOwner, body: { role: 'viewer' } }),
      403,
    ],
    'signed out': [({ cookie }) => server.send('POST', '/api/console/sign-out', { cookie }), 401],
  };
  test.each(Object.entries(ways))('by an administrator who is %s meanwhile is none', async (_how, [end, status]) => {
    const list = await changes();
    const before = await state();
    for (const [index, [method, url, body]] of list.entries()) {
      const ali = { username: `ali-${index}`, password: 'open barley' };
      const { id } = await server.services.administrators.colleagues.create({ ...ali, role: 'operator' });
      const cookie = await server.signIn(ali);
      meanwhile = () => end({ id, cookie });
      const reply = await server.send(method, url, { cookie, ...(body && { body }) });
      expect([method, url, reply.statusCode, meanwhile]).toEqual([method, url, status, undefined]);
    }
    expect(await state()).toEqual(before);
  });

  const ends: Record<string, [(id: string) => Promise<unknown>, number]> = {
    deleted: [(id) => server.services.applications.delete(id), 401],
    'deleted and made again': [
      async (id) => {
        await server.services.applications.delete(id);
        await server.services.applications.create({ ...robot, id });
      },
      401,
    ],
    'shut out of the Management API': [(id) => server.services.applications.update(id, { isAdmin: false }), 401],
    'left with less of it': [
      (id) => server.services.applications.update(id, { managementScopes: ['codes', 'read'] }),
      403,
    ],
  };
  test.each(Object.entries(ends))('by an application that is %s meanwhile is none', async (_how, [end, status]) => {
    const list = await changes();
    const before = await state();
    for (const [method, url, body] of list) {
      const { id, secret = '' } = await server.services.applications.create(robot);
      const authorization = `Bearer ${await server.getAccessToken({ id, secret })}`;
      meanwhile = () => end(id);
      const reply = await server.send(method, url, { headers: { authorization }, ...(body && { body }) });
      expect([method, url, reply.statusCode, meanwhile]).toEqual([method, url, status, undefined]);
    }
    expect(await state()).toEqual(before);
  });

  test('is made where nothing happens', async () => {
    const { id, secret = '' } = await server.services.applications.create({ ...robot, managementScopes: ['users'] });
    const authorization = `Bearer ${await server.getAccessToken({ id, secret, scope: 'users' })}`;
    for (const [method, url, body] of await changes()) {
      const isOfUsers = url.startsWith('/api/users');
      const by = isOfUsers ? { headers: { authorization } } : { cookie: byOwner };
      const reply = await server.send(method, url, { ...by, ...(body && { body }) });
      expect([method, url, Math.floor(reply.statusCode / 100)]).toEqual([method, url, 2]);
    }
  });
});
