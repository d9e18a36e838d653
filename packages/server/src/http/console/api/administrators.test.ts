import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

const second = { username: 'ali', password: 'open barley', role: 'owner' };

describe('/api/console/administrators', () => {
  let server: ConsoleServer;
  let cookie: string;
  beforeEach(async () => {
    server = await newConsoleServer('SQLite');
    cookie = await server.signIn();
  });
  afterEach(() => server.close());

  const url = '/api/console/administrators';
  const list = async () => (await server.send('GET', url, { cookie })).json() as { id: string; username: string }[];
  const create = (body: object = second) => server.send('POST', url, { cookie, body });
  const remove = (id: string, by = cookie) => server.send('DELETE', `${url}/${id}`, { cookie: by });

  test('are created, listed by name and deleted, with their sessions', async () => {
    const created = await create();
    expect([created.statusCode, created.json()]).toEqual([
      200,
      {
        id: expect.any(String),
        username: 'ali',
        role: 'owner',
        twoStepSince: null,
        createdAt: expect.any(Number),
      },
    ]);
    expect((await list()).map(({ username }) => username)).toEqual(['ali', 'morgiana']);
    const theirs = await server.signIn({ username: second.username, password: second.password });
    expect((await remove(created.json().id)).statusCode).toBe(204);
    expect((await server.send('GET', '/api/console/session', { cookie: theirs })).statusCode).toBe(401);
    expect((await remove(created.json().id)).json()).toMatchObject({ code: 'entity.not_found' });
    expect((await list()).map(({ username }) => username)).toEqual(['morgiana']);
  });

  test.each([
    [{ username: 'morgiana' }, 422, 'user.username_already_in_use'],
    [{ username: 'a b' }, 400, 'guard.invalid_input'],
    [{ username: '\0' }, 400, 'guard.invalid_input'],
    [{ password: 'ali' }, 422, 'password.rejected'],
  ])('are not created with %j', async (wrong, status, code) => {
    const reply = await create({ ...second, ...wrong });
    expect([reply.statusCode, reply.json().code]).toEqual([status, code]);
    expect(await list()).toHaveLength(1);
  });

  test('cannot delete themselves', async () => {
    const [{ id } = { id: '' }] = await list();
    const reply = await remove(id);
    expect([reply.statusCode, reply.json().code]).toEqual([422, 'administrator.cannot_delete_self']);
    expect(await list()).toHaveLength(1);
  });

  test('of several who delete each other at once, one is left', async () => {
    for (let round = 0; round < 5; round += 1) {
      await create();
      const theirs = await server.signIn({ username: second.username, password: second.password });
      const ids = new Map((await list()).map(({ username, id }) => [username, id]));
      const { colleagues, authenticateSession } = server.services.administrators;
      const [morgiana = '', ali = ''] = [ids.get('morgiana'), ids.get('ali')];
      const [first, other] = await Promise.all([cookie, theirs].map(authenticateSession));
      const asking = (administratorId: string, found: typeof first) => ({
        administratorId,
        sessionId: found?.session.id ?? '',
      });
      await Promise.allSettled([
        colleagues.delete(ali, asking(morgiana, first)),
        colleagues.delete(morgiana, asking(ali, other)),
      ]);
      const left = await colleagues.list();
      expect(left).toHaveLength(1);
      if (left[0]?.username === 'ali') {
        cookie = theirs;
        await create({ username: 'morgiana', password: 'open sesame', role: 'owner' });
        cookie = await server.signIn();
        await remove(ali);
      }
    }
  });
});
