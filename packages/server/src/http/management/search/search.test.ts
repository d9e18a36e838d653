import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';

let server: ConsoleServer;
let cookie: string;
beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  cookie = await server.signIn();
});
afterAll(() => server?.close());

test('as many of a kind as are given may not be all', async () => {
  const search = async () => {
    const found = (await server.send('GET', '/api/search?q=marjana', { cookie })).json();
    return [found.users.length, found.mayBeMore];
  };
  const add = (username: string) => server.send('POST', '/api/users', { cookie, body: { username } });
  for (const index of [1, 2, 3, 4]) await add(`marjana_${index}`);
  expect(await search()).toEqual([4, false]);
  await add('marjana_5');
  expect(await search()).toEqual([5, true]);
});
