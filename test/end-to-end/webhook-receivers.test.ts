import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';

let server: TestServer;
const closing: (() => unknown)[] = [];
beforeAll(async () => {
  server = await newServer(databases[0] ?? 'SQLite', { env: { SESAME_PRIVATE_WEBHOOKS: 'allow' } });
});
afterAll(async () => {
  await server.close();
  for (const close of closing) close();
});

async function startReceiver(answer: RequestListener): Promise<string> {
  const receiver = createServer(answer).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  closing.push(() => receiver.close());
  return `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
}

test('a webhook that leads to the server itself, also by a redirect, changes nothing there and holds up no other', async () => {
  const { management, baseUrl } = server;
  const got: string[] = [];
  const good = await startReceiver(async (request, response) => {
    got.push(JSON.parse(Buffer.concat(await request.toArray()).toString()).data.username);
    response.writeHead(204).end();
  });
  const back = await startReceiver((_, response) =>
    response.writeHead(307, { location: `${baseUrl}/api/users` }).end(),
  );
  // The worst that somebody could put in: a token that may do all.
  const headers = { authorization: `Bearer ${await management.token()}` };
  const ids: string[] = [];
  for (const url of [good, back, `${baseUrl}/api/users`, `${baseUrl}/api/hooks`, `${baseUrl}/callbacks/a/b`]) {
    const made = await management.post('/hooks', { events: ['User.Created'], config: { url, headers } });
    expect(made.status, made.text).toBeLessThan(300);
    ids.push(made.body.id);
  }
  for (const username of ['ali', 'cassim']) {
    expect(await management.post('/users', { username })).toMatchObject({ status: 200 });
  }
  type Delivery = { attempts: { status: number | null }[] };
  /** What each webhook was answered first. */
  const answers = () =>
    Promise.all(
      ids.map(async (id) => {
        const { body } = await management.get(`/hooks/${id}/deliveries`);
        return (body as Delivery[]).map(({ attempts }) => attempts.at(-1)?.status);
      }),
    );
  const twice = (status: number) => [status, status];
  await expect.poll(answers).toEqual([204, 307, 400, 400, 404].map(twice));
  expect(got.toSorted()).toEqual(['ali', 'cassim']);
  const users = (await management.get('/users')).body as { username: string }[];
  expect(users.map(({ username }) => username).toSorted()).toEqual(['ali', 'cassim']);
  expect((await management.get('/hooks')).body).toHaveLength(ids.length);
});
