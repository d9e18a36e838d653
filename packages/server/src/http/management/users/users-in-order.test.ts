import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

describe.each(databases)('users in the order of a field, on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
    const { users } = server.services;
    const names = ['Émile', 'zoe', 'Ada', 'ada', 'Ada', 'Ömer', '李雷', undefined];
    for (const [index, name] of names.entries()) {
      server.advance(1);
      await users.create({
        ...(name && { name }),
        ...(index % 2 === 0 && { username: `user_${9 - index}` }),
        ...(index < 3 && { primaryPhone: `+4915112345${600 + ((index * 7) % 5)}` }),
        ...(index > 5 && { primaryEmail: `${9 - index}@Example.com` }),
      });
    }
  });
  afterAll(() => server?.close());

  type Users = { name: string | null; username: string | null; primaryPhone: string | null; id: string }[];
  const list = async (query: string, as = cookie) => server.send('GET', `/api/users?${query}`, { cookie: as });
  const names = async (query: string) => (await list(query)).json<Users>().map(({ name }) => name?.toLowerCase());

  test('names go by their letters, without those who have none', async () => {
    const inOrder = ['ada', 'ada', 'ada', 'émile', 'ömer', 'zoe', '李雷'];
    expect(await names('sort=name')).toEqual(inOrder);
    expect(await names('sort=-name')).toEqual(inOrder.toReversed());
    expect((await list('sort=name')).headers['total-number']).toBe('7');
  });

  test.each(['name', '-name'])('pages by %s go on from their place, and back', async (sort) => {
    const whole = (await list(`sort=${sort}`)).json<Users>().map(({ id }) => id);
    const seen: string[] = [];
    let query = '';
    let last = await list(`sort=${sort}&page_size=2`);
    for (;;) {
      seen.push(...last.json<Users>().map(({ id }) => id));
      const next = last.headers['next-cursor'];
      if (!next) break;
      query = `sort=${sort}&page_size=2&after=${next}`;
      last = await list(query);
    }
    expect(seen).toEqual(whole);
    const back = await list(`sort=${sort}&page_size=2&before=${last.headers['previous-cursor']}`);
    expect(back.json<Users>().map(({ id }) => id)).toEqual(whole.slice(4, 6));
    expect((await list(`sort=${sort}&page_size=2&page=3`)).json()).toEqual(back.json());
    const lines = (await list(`sort=${sort}&format=ndjson`)).body.trim().split('\n');
    expect(lines.map((line) => JSON.parse(line).id)).toEqual(whole);
  });

  test('usernames, numbers and addresses have an order as well', async () => {
    const of = async (field: string) =>
      (await list(`sort=${field}`)).json().map((user: Record<string, string>) => user[field.replace('-', '')]);
    expect(await of('username')).toEqual(['user_3', 'user_5', 'user_7', 'user_9']);
    expect(await of('-primaryPhone')).toEqual(['+4915112345604', '+4915112345602', '+4915112345600']);
    expect(await of('primaryEmail')).toEqual(['2@example.com', '3@example.com']);
  });

  test('who signed in last comes first, without those who never did', async () => {
    const { store } = server.services;
    const signedIn = { user_9: 3_000, user_7: 1_000, user_5: 3_000, user_3: 2_000 };
    for (const [username, at] of Object.entries(signedIn)) {
      await store.db.updateTable('users').set({ last_sign_in_at: at }).where('username', '=', username).execute();
    }
    const times = async (query: string) =>
      (await list(query)).json().map(({ lastSignInAt }: { lastSignInAt: number }) => lastSignInAt);
    expect(await times('sort=-lastSignInAt')).toEqual([3_000, 3_000, 2_000, 1_000]);
    expect(await times('sort=lastSignInAt')).toEqual([1_000, 2_000, 3_000, 3_000]);
    const first = await list('sort=-lastSignInAt&page_size=1');
    expect(await times(`sort=-lastSignInAt&page_size=2&after=${first.headers['next-cursor']}`)).toEqual([3_000, 2_000]);
  });

  test('what is searched for, and when users were made, is kept to', async () => {
    expect(await names('sort=name&search=ad')).toEqual(['ada', 'ada', 'ada']);
    expect(await names('sort=name&search.name=%25m%25')).toEqual(['émile', 'ömer']);
    const [first] = (await list('sort=oldest')).json();
    expect(await names(`sort=name&until=${first.createdAt + 1}`)).toEqual(['émile']);
  });

  test('a place of one order is none of another, and there are no other orders', async () => {
    const cursor = (await list('sort=name&page_size=1')).headers['next-cursor'];
    for (const query of ['', 'sort=username&', 'sort=oldest&']) {
      const reply = await list(`${query}after=${cursor}`);
      expect([query, reply.statusCode, reply.json().data?.issues[0].path]).toEqual([query, 400, 'after']);
    }
    expect((await list('sort=createdAt')).statusCode).toBe(400);
  });

  test('viewers learn nothing of numbers and addresses by their order, nor of those that are names', async () => {
    const password = 'open barley';
    await server.services.administrators.colleagues.create({ username: 'viewer', password, role: 'viewer' });
    const viewer = await server.signIn({ username: 'viewer', password });
    const statuses = ['name', '-username', '-lastSignInAt', 'primaryPhone', '-primaryPhone', 'primaryEmail'].map(
      async (sort) => (await list(`sort=${sort}`, viewer)).statusCode,
    );
    expect(await Promise.all(statuses)).toEqual([403, 403, 200, 403, 403, 403]);
  });
});
