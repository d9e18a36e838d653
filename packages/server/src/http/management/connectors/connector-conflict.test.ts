import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

const inbox = 'development-inbox';

describe.each(databases)('two administrators who change the connector on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeEach(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
  });
  afterEach(() => server.close());

  const post = (url: string, body: object) => server.send('POST', `/api${url}`, { cookie, body });
  const setUp = (body: object = {}) => post('/connectors', { connectorId: inbox, ...body });
  const restore = (id: string, body: object = {}) => post(`/connectors/history/${id}/restore`, body);
  const list = async (url = '/connectors'): Promise<{ id: string; updatedAt: number }[]> =>
    (await server.send('GET', `/api${url}`, { cookie })).json();
  const live = async () => (await list())[0]?.id ?? null;
  const conflictWith = (liveConnectorId: string | null) => ({ code: 'connector.conflict', data: { liveConnectorId } });

  test('the second is told, and nothing is kept of what was not set up', async () => {
    const first = await setUp({ replaces: inbox });
    const { id } = first.json();
    const second = await setUp({ replaces: inbox, id: 'second' });
    expect(second.statusCode).toBe(409);
    expect(second.json()).toMatchObject(conflictWith(id));
    expect(await live()).toBe(id);
    expect(await list('/connectors/history')).toMatchObject([{ id: inbox }]);
    expect((await setUp({ replaces: id, id: 'second' })).statusCode).toBe(200);
    expect((await setUp()).statusCode).toBe(200);
  });

  test('none counts as well: it is taken once, and not taken for another', async () => {
    expect((await setUp({ replaces: null })).json()).toMatchObject(conflictWith(inbox));
    await server.send('DELETE', `/api/connectors/${inbox}`, { cookie });
    expect((await setUp({ replaces: inbox })).json()).toMatchObject(conflictWith(null));
    const replies = await Promise.all(Array.from({ length: 10 }, () => setUp({ replaces: null })));
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array(9).fill(409)]);
    expect(await list('/connectors/history')).toMatchObject([{ id: inbox }]);
  });

  test('of many set-ups and restores of the same at once, one wins', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { id: other } = (await setUp()).json();
      const { id: replaces } = (await setUp()).json();
      const before = (await list('/connectors/history')).map(({ id }) => id);
      const replies = await Promise.all(
        Array.from({ length: 16 }, (_, index) => (index % 2 ? setUp({ replaces }) : restore(other, { replaces }))),
      );
      expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array(15).fill(409)]);
      const winner = replies.find(({ statusCode }) => statusCode === 200)?.json().id;
      expect(await live()).toBe(winner);
      const after = (await list('/connectors/history')).map(({ id }) => id);
      expect(after.toSorted()).toEqual([...before, replaces].filter((id) => id !== winner).toSorted());
    }
  });

  test('of many changes of one configuration at once, one wins', async () => {
    const [{ updatedAt } = { updatedAt: 0 }] = await list();
    const change = (seen?: number) =>
      server.send('PATCH', `/api/connectors/${inbox}`, { cookie, body: { config: {}, updatedAt: seen } });
    const replies = await Promise.all(Array.from({ length: 10 }, () => change(updatedAt)));
    expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, ...Array(9).fill(409)]);
    const changed = replies.find(({ statusCode }) => statusCode === 200)?.json().updatedAt;
    expect(changed).toBeGreaterThan(updatedAt);
    const [told] = replies.filter(({ statusCode }) => statusCode === 409);
    expect(told?.json()).toMatchObject({ ...conflictWith(inbox), data: { updatedAt: changed } });
    expect((await change(changed)).statusCode).toBe(200);
    expect((await change()).statusCode).toBe(200);
  });

  test('a change is told from one within the same millisecond', async () => {
    const stopped = await newConsoleServer(database, () => 1_800_000_000_000);
    try {
      const { connectors } = stopped.services;
      const { row } = await connectors.get(inbox);
      const changed = await connectors.update(inbox, {}, { updatedAt: row.updated_at });
      expect((await connectors.get(inbox)).row).toEqual(changed.row);
      const conflict = expect.objectContaining({ code: 'connector.conflict' });
      await expect(connectors.update(inbox, {}, { updatedAt: row.updated_at })).rejects.toEqual(conflict);
      const restored = await connectors.restore(inbox, inbox);
      await expect(connectors.update(inbox, {}, { updatedAt: changed.row.updated_at })).rejects.toEqual(conflict);
      await connectors.update(inbox, {}, { updatedAt: restored.row.updated_at });
    } finally {
      await stopped.close();
    }
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('restoring is guarded alike', async () => {
    const { id } = (await setUp()).json();
    const refused = await restore(inbox, { replaces: 'another' });
    expect([refused.statusCode, refused.json().data.liveConnectorId]).toEqual([409, id]);
    expect((await restore(inbox, { replaces: null })).json()).toMatchObject(conflictWith(id));
    expect((await restore('unknown', { replaces: id })).statusCode).toBe(404);
    expect(await live()).toBe(id);
    expect((await restore(inbox, { replaces: id })).statusCode).toBe(200);
    expect((await server.send('POST', `/api/connectors/history/${id}/restore`, { cookie })).statusCode).toBe(200);
  });
});
