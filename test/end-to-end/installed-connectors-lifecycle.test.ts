import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newPhone } from '../setup/phones.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';
import { goodMetadata, moduleOf, writeConnector } from './installed-connectors-fixture.ts';

let home: string;
let server: TestServer | undefined;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'sesame-lifecycle-'));
});
afterEach(async () => {
  await server?.close();
  await rm(home, { recursive: true });
});

/** Where the commands install connectors, and remove them. */
const installed = () => join(home, 'connectors');

async function restart(): Promise<TestServer> {
  await server?.close();
  server = await startTestServer({ dataDir: home });
  return server;
}

const live = async ({ management }: TestServer) => (await management.get('/connectors')).body[0];
const send = ({ management }: TestServer) => management.post('/verification-codes', { phone: newPhone() });
const originOf = async ({ management }: TestServer, id: string) =>
  (await management.get(`/connector-factories/${id}`)).body;

test('added, set up, removed and added again, as an administrator would', async () => {
  await writeConnector(installed(), 'own');
  await writeConnector(installed(), 'plivo', { module: moduleOf(goodMetadata('plivo-sms')) });

  let running = await restart();
  expect(await originOf(running, 'plivo-sms')).toMatchObject({ origin: 'installed', package: { name: 'plivo' } });
  const config = { behaviour: 'any', token: 'a-secret-token' };
  expect(await running.management.post('/connectors', { connectorId: 'own', config })).toMatchObject({ status: 200 });
  expect(await send(running)).toMatchObject({ status: 204 });
  expect(await live(running)).toMatchObject({ origin: 'installed', config: { token: '••••oken' } });

  await rm(installed(), { recursive: true });
  running = await restart();
  expect(await originOf(running, 'plivo-sms')).toMatchObject({ origin: 'built-in', package: null });
  expect(await live(running)).toMatchObject({ connectorId: 'own', origin: 'not-installed', config: {} });
  expect(await send(running)).toMatchObject({ status: 501, body: { code: 'connector.not_found' } });

  await writeConnector(installed(), 'own');
  running = await restart();
  expect(await live(running)).toMatchObject({ origin: 'installed', config: { token: '••••oken' } });
  expect(await send(running)).toMatchObject({ status: 204 });
});
