import { sql } from 'kysely';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Provider, startHttpSms } from '../end-to-end/providers.ts';
import type { Reply } from '../setup/management-client.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';

let server: TestServer;
let provider: Provider;
/** What could not be recorded is tried again when there is space. */
const space = Promise.withResolvers<void>();
beforeAll(async () => {
  [server, provider] = await Promise.all([
    newServer('SQLite', { platform: { sleep: () => space.promise } }),
    startHttpSms(),
  ]);
  const { factoryId: connectorId, config } = provider;
  await server.management.post('/connectors', { connectorId, config });
});
afterAll(async () => {
  await Promise.all([server.close(), provider.double.close()]);
});

const pragma = async (statement: string) => {
  const { rows } = await sql.raw<Record<string, number>>(`pragma ${statement}`).execute(server.services.store.db);
  return Object.values(rows[0] ?? {})[0] ?? 0;
};
/** SQLite answers SQLITE_FULL when a file may not grow, as it does when the disk has no space. */
const fillDisk = async () => pragma(`max_page_count = ${await pragma('page_count')}`);
const emptyDisk = () => pragma('max_page_count = 1000000');

const send = (phone: string): Promise<Reply> => server.management.post('/verification-codes', { phone });
const verify = (phone: string, verificationCode: string) =>
  server.management.post('/verification-codes/verify', { phone, verificationCode });
const rowsOf = async (phone: string) => {
  const { db } = server.services.store;
  const [codes, messages, limits] = await Promise.all([
    db.selectFrom('verification_codes').selectAll().where('recipient', '=', phone).execute(),
    db.selectFrom('messages').selectAll().where('recipient', '=', phone).execute(),
    db.selectFrom('send_limits').selectAll().where('key', '=', `recipient:${phone}`).execute(),
  ]);
  return { codes, messages, limits };
};

test('with a full disk sends are refused and leave nothing behind; with space they work again', async () => {
  const verified = newPhone();
  await send(verified);
  await fillDisk();

  // Some still fit into pages that are there; so many at once that they do not, in shared transactions too.
  const phones = Array.from({ length: 200 }, newPhone);
  const replies = await Promise.all(phones.map(send));
  const refused = phones.filter((_, index) => replies[index]?.status === 503);
  expect(refused.length).toBeGreaterThan(100);
  const accepted: string[] = [];
  for (const [index, phone] of phones.entries()) {
    const reply = replies[index];
    if (reply?.status === 503) {
      expect(reply.body.code).toBe('system.unavailable');
      expect(reply.headers.get('retry-after')).toBe('5');
      const { codes, messages, limits } = await rowsOf(phone);
      expect([codes.length, messages.length, limits.length], phone).toEqual([0, 0, 0]);
      expect(provider.accepted().filter(({ to }) => to === phone)).toEqual([]);
    } else {
      expect(reply, reply?.text).toMatchObject({ status: 204 });
      expect(provider.accepted().filter(({ to }) => to === phone)).toHaveLength(1);
      accepted.push(phone);
    }
  }

  expect((await server.management.get('/messages')).status, 'reads go on').toBe(200);
  await emptyDisk();
  space.resolve();
  // What became of a message that no longer fitted is recorded as soon as there is space.
  for (const phone of accepted) {
    await expect.poll(async () => (await rowsOf(phone)).messages).toMatchObject([{ state: 'accepted' }]);
  }
  for (const phone of [...refused.slice(0, 20), verified]) {
    expect(await send(phone)).toMatchObject({ status: 204 });
    expect(await verify(phone, provider.codeTo(phone))).toMatchObject({ status: 204 });
  }
  expect(await pragma('integrity_check')).toBe('ok');
});

test('a connector cannot be set up on a full disk, and the one before stays live', async () => {
  const { body: before } = await server.management.get('/connectors');
  await fillDisk();
  const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
    usageType,
    content: `{{code}} ${'long '.repeat(8000)}`,
  }));
  const config = { ...provider.config, templates };
  const reply = await server.management.post('/connectors', { connectorId: provider.factoryId, config });
  expect(reply, reply.text).toMatchObject({ status: 503, body: { code: 'system.unavailable' } });
  expect((await server.management.get('/connectors')).body).toEqual(before);
  await emptyDisk();
  expect(await server.management.post('/connectors', { connectorId: provider.factoryId, config })).toMatchObject({
    status: 200,
  });
});
