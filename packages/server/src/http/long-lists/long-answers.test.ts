import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newServer, type TestServer } from '../../../../../test/setup/server.ts';
import { databases } from '../../../../../test/setup/stores.ts';

const owner = { username: 'morgiana', password: 'open sesame' };
const ali = { username: 'ali', password: 'open barley' };
const fromConsole = { 'sec-fetch-site': 'same-origin', 'x-sesame-console': '1' };

/** An answer may take as long as its client takes to read it. */
describe.each(databases)('an answer that takes long, on %s', (database) => {
  let server: TestServer;
  let cookie: string;
  let id: string;
  /** How much later it is at each look at the clock, in milliseconds. */
  let step: number;
  beforeEach(async () => {
    step = 0;
    let now = 1_800_000_000_000;
    const clock = () => {
      now += step;
      return now;
    };
    server = await newServer(database, { platform: { now: clock } });
    const { administrators } = server.services;
    await administrators.seedFirst(owner);
    ({ id } = await administrators.colleagues.create({ ...ali, role: 'operator' }));
    const { headers } = await send('POST', '/api/console/sign-in', JSON.stringify(ali), 'application/json');
    cookie = headers.getSetCookie()[0]?.split(';')[0] ?? '';
  });
  afterEach(() => server.close());

  const send = (method: string, path: string, body?: string, type = 'application/x-ndjson') =>
    fetch(server.baseUrl + path, {
      method,
      headers: { ...fromConsole, ...(cookie && { cookie }), ...(body !== undefined && { 'content-type': type }) },
      ...(body !== undefined && { body }),
    });
  const remove = () => server.services.store.db.deleteFrom('administrators').where('id', '=', id).execute();
  const demote = () =>
    server.services.store.db.updateTable('administrators').set({ role: 'viewer' }).where('id', '=', id).execute();

  /** Three users, each read on its own; what is to happen happens before the second. */
  async function exportWhile(happens: () => Promise<unknown>, path: string) {
    const { users } = server.services;
    const every = users.every.bind(users);
    step = 1;
    for (const username of ['a_1', 'b_2', 'c_3']) await users.create({ username });
    step = 0;
    vi.spyOn(users, 'every').mockImplementation(async function* (...given) {
      let isFirst = true;
      for await (const entries of every(...given)) {
        for (const entry of entries) {
          yield [entry];
          if (isFirst) {
            await happens();
            step = 1_000;
          }
          isFirst = false;
        }
      }
    });
    const reply = await send('GET', path);
    expect(reply.status).toBe(200);
    let text = '';
    const failure = await (async () => {
      for await (const bytes of reply.body ?? []) text += new TextDecoder().decode(bytes);
    })().catch((error: Error) => error);
    return { text, failure };
  }

  test.each(['csv', 'ndjson'])(
    'is broken off as %s when whoever asked for it is removed or may less',
    async (format) => {
      for (const happens of [demote, remove]) {
        const { text, failure } = await exportWhile(happens, `/api/users?format=${format}`);
        step = 0;
        vi.restoreAllMocks();
        for (const { id: user } of (await server.services.users.list(undefined, { limit: 9, offset: 0 })).users) {
          await server.services.users.delete(user);
        }
        expect(text).toContain('c_3');
        expect(text).not.toContain('a_1');
        expect(failure).toBeInstanceOf(Error);
      }
      expect(server.logged).toEqual([]);
    },
  );

  test('goes on to its end otherwise', async () => {
    const { text, failure } = await exportWhile(async () => {}, '/api/users?format=ndjson');
    expect(failure).toBeUndefined();
    expect(text.match(/"username":"\w+"/g)).toEqual(['"username":"c_3"', '"username":"b_2"', '"username":"a_1"']);
  });

  test('is ended with an error for an import, and nothing more is taken', async () => {
    const { administrators, store } = server.services;
    const look = administrators.authenticateSession;
    let looks = 0;
    vi.spyOn(administrators, 'authenticateSession').mockImplementation(async (token) => {
      const found = await look(token);
      looks += 1;
      if (looks === 3) await remove();
      return found;
    });
    const lines = Array.from({ length: 1_000 }, (_, index) => JSON.stringify({ username: `user_${index}` }));
    step = 1_000;
    const reply = await send('POST', '/api/users/import', lines.join('\n'));
    const answered = (await reply.text()).trimEnd().split('\n');
    expect(JSON.parse(answered.at(-1) ?? '')).toEqual({
      done: false,
      created: answered.length - 1,
      updated: 0,
      exists: 0,
      failed: 0,
      error: { code: 'auth.unauthorized', message: expect.any(String) },
    });
    const taken = await store.db.selectFrom('users').select('id').execute();
    expect(taken).toHaveLength(answered.length - 1);
    expect([200, 400]).toContain(taken.length);
  });
});
