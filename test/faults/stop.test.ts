import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createNetServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { startProviderDouble } from '@sesame/connector-kit/provider-double';
import { describe, expect, test } from 'vitest';
import { openStore } from '../../packages/server/src/store/store.ts';
import { newChildData, startChildServer, startInVain } from '../setup/child-server.ts';
import { freePort } from '../setup/free-port.ts';
import { newPhone } from '../setup/phones.ts';
import { startTestServer } from '../setup/server.ts';

const main = fileURLToPath(new URL('../../packages/server/src/main.mjs', import.meta.url));

const halfABody =
  'POST /api/console/sign-in HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 100\r\n\r\n{"a';

/** Stops a server while it waits for a provider, which then answers. @returns whom the message went to */
async function stopDuringASend(signal: 'SIGTERM' | 'SIGINT', env: Record<string, string>): Promise<string> {
  const reached = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  const provider = await startProviderDouble(async () => {
    reached.resolve();
    await answer.promise;
    return { body: { id: 'slow' } };
  });
  const server = await startChildServer(env);
  const config = { endpoint: provider.url };
  await server.management.post('/connectors', { connectorId: 'http-sms', config });
  const phone = newPhone();
  const send = server.management.post('/verification-codes', { phone });
  await reached.promise;
  server.signal(signal);
  await expect(untilRefused(server.baseUrl)).resolves.toBe('refused');
  answer.resolve();
  expect(await send).toMatchObject({ status: 204, text: '' });
  expect(await server.exited).toBe(0);
  await provider.close();
  return phone;
}

const sent = { state: 'accepted', provider_message_id: 'slow' };

// Most of each is waiting for processes.
describe.concurrent('a signal to stop', () => {
  test('SIGINT ends a server on PostgreSQL with 0, after a send that its provider answers slowly', async () => {
    const { env, remove } = await newChildData('PostgreSQL');
    const recipient = await stopDuringASend('SIGINT', env);
    const store = await openStore({ databaseUrl: env.SESAME_DATABASE_URL ?? '' });
    const found = store.db.selectFrom('messages').where('recipient', '=', recipient).selectAll();
    expect(await found.execute()).toMatchObject([sent]);
    await store.close();
    await remove();
  });

  // The second server shows what the first has done, and is the one with clients: a start takes long.
  test('SIGTERM ends one on SQLite so, and although clients say nothing, half a head, or half a body, or keep their connections', async () => {
    const { env, remove } = await newChildData('SQLite');
    const phone = await stopDuringASend('SIGTERM', env);
    const second = await startChildServer(env);
    const { body } = await second.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
    expect(body).toMatchObject([{ state: sent.state, providerMessageId: sent.provider_message_id }]);

    const clients = await Promise.all(
      ['', 'GET /api/st', halfABody].flatMap((said) =>
        Array.from({ length: 5 }, () => openConnection(second.baseUrl, said)),
      ),
    );
    // `fetch` keeps the connections of these.
    await Promise.all(Array.from({ length: 20 }, () => second.management.get('/connectors')));
    expect(await second.kill('SIGTERM')).toBe(0);
    expect(second.stderr()).toBe('');
    for (const client of clients) client.destroy();
    await remove();
  });
});

/** A client that says this much and no more, and does not mind how it ends. */
async function openConnection(baseUrl: string, said: string): Promise<Socket> {
  const socket = connect(Number(new URL(baseUrl).port), '127.0.0.1').on('error', () => {});
  await once(socket, 'connect');
  if (said !== '') await new Promise((resolve) => socket.write(said, resolve));
  // The server has seen the connection when it has answered a later one.
  await fetch(`${baseUrl}/livez`);
  return socket;
}

/** Asks over connections of its own until none is taken any more. */
async function untilRefused(baseUrl: string): Promise<'refused'> {
  for (;;) {
    const reply = await fetch(`${baseUrl}/api/status`, { headers: { connection: 'close' } }).catch(() => undefined);
    if (!reply) return 'refused';
    expect([204, 503]).toContain(reply.status);
  }
}

/** A process that is the first one of a container, as far as it can tell, and waits for its database. */
async function startFirstProcess() {
  const database = createNetServer().listen(0, '127.0.0.1');
  const asked = once(database, 'connection');
  await once(database, 'listening');
  const url = `postgres://127.0.0.1:${(database.address() as AddressInfo).port}/x?connect_timeout=0`;
  const { PATH = '' } = process.env;
  const child = spawn('unshare', ['--user', '--map-root-user', '--pid', '--fork', process.execPath, main], {
    env: { PATH, SESAME_DATABASE_URL: url, SESAME_SECRET_KEY: 'the secret key of every test server' },
    stdio: 'ignore',
  });
  const exited = once(child, 'exit');
  const [socket] = (await Promise.race([asked, exited.then(() => [])])) as [Socket?];
  return {
    signal() {
      const [first] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim().split(' ');
      process.kill(Number(first), 'SIGTERM');
    },
    exited: exited.then(([code]) => code as number | null),
    async close() {
      socket?.destroy();
      database.close();
      await exited;
    },
  };
}

// Some systems let nobody make such a process.
const hasNamespaces = spawnSync('unshare', ['--user', '--map-root-user', '--pid', '--fork', 'true']).status === 0;

test.skipIf(!hasNamespaces)('SIGTERM ends the first process of a container in the middle of its start', async () => {
  const { signal, exited, close } = await startFirstProcess();
  signal();
  expect(await exited).toBe(0);
  await close();
});

describe.concurrent('a start that cannot be', () => {
  const cannotStart = (reason: RegExp) => {
    const line = new RegExp(`^Sesame cannot start: [^\n]*${reason.source}[^\n]*\n$`);
    return { exitCode: 1, stdout: expect.not.stringContaining('is ready'), stderr: expect.stringMatching(line) };
  };

  test.each<[Record<string, string>, RegExp]>([
    [{ SESAME_PORT: 'abc' }, /SESAME_PORT takes a port/],
    [{ SESAME_DATABASE_URL: 'postgres://postgres@127.0.0.1:1/none' }, /SESAME_DATABASE_URL/],
  ])('with %j says so in one line', async (env, reason) => {
    const data = await newChildData('SQLite');
    expect(await startInVain({ ...data.env, ...env })).toMatchObject(cannotStart(reason));
    await data.remove();
  });

  test('in a folder that can be none, or with another secret key than the one that the data was made with', async () => {
    await expect(startTestServer({ dataDir: '/dev/null/data' })).rejects.toThrow(/SESAME_DATA_DIR|\/dev\/null/);
    const { env, remove } = await newChildData('SQLite');
    const place = { dataDir: env.SESAME_DATA_DIR ?? '' };
    await (await startTestServer(place)).close();
    const other = { SESAME_SECRET_KEY: 'another secret key, which is not the one' };
    await expect(startTestServer(place, { env: other })).rejects.toThrow(/SESAME_SECRET_KEY/);
    await remove();
  });

  test('on a port that is in use, although metrics are there already', async () => {
    const occupant = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => occupant.once('listening', resolve));
    const { port } = occupant.address() as AddressInfo;
    const { env, remove } = await newChildData('SQLite');
    const metrics = { SESAME_METRICS_PORT: String(await freePort()) };
    const failed = await startInVain({ ...env, ...metrics, SESAME_PORT: String(port) });
    expect(failed).toMatchObject(
      cannotStart(/SESAME_PORT cannot be used: the port is in use.*, for example SESAME_PORT=\d+/),
    );
    occupant.close();
    await remove();
  });
});
