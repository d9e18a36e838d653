import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openStore } from '../../packages/server/src/store/store.ts';
import { type Provider, startHttpSms } from '../end-to-end/providers.ts';
import { type ChildServer, startChildServer } from '../setup/child-server.ts';
import { newPhone } from '../setup/phones.ts';
import { databases, newMigratedLocation } from '../setup/stores.ts';

const people = 60;
/** Acknowledged changes after which the process is killed. */
const killAfter = 25;

describe.each(databases)('notices of a process that is killed, on %s', (database) => {
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let provider: Provider;
  let server: ChildServer;
  const start = () => {
    const { location } = place;
    const data: Record<string, string> =
      'databaseUrl' in location ? { SESAME_DATABASE_URL: location.databaseUrl } : { SESAME_DATA_DIR: location.dataDir };
    return startChildServer({ ...data, SESAME_PUBLIC_URL: 'http://sesame.test' });
  };
  beforeAll(async () => {
    [place, provider] = await Promise.all([newMigratedLocation(database), startHttpSms()]);
    server = await start();
    const { factoryId: connectorId, config } = provider;
    await server.management.post('/connectors', { connectorId, config });
    const accountNotices = { email: false, sms: true };
    await server.management.patch('/sign-in-exp', { accountNotices, fraudPolicy: { mode: 'off' } });
  });
  afterAll(async () => {
    await Promise.all([server.kill('SIGKILL'), provider.double.close()]);
    await place.remove();
  });

  test('are each a message once, for every change that was acknowledged', async () => {
    const phones = Array.from({ length: people }, newPhone);
    const users = await Promise.all(
      phones.map(async (primaryPhone) => (await server.management.post('/users', { primaryPhone })).body.id as string),
    );
    const changed = new Set<string>();
    const isEnough = Promise.withResolvers<void>();
    const working = Promise.allSettled(
      users.map(async (id, index) => {
        const { status } = await server.management.patch(`/users/${id}`, { username: `person_${index}` });
        expect(status).toBe(200);
        changed.add(phones[index] as string);
        if (changed.size === killAfter) isEnough.resolve();
      }),
    );
    await isEnough.promise;
    server.signal('SIGKILL');
    await Promise.all([working, server.exited]);
    const store = await openStore(place.location);
    // What it had taken on would be somebody else's in a minute.
    await store.db.updateTable('notices').set({ next_at: 0 }).execute();
    server = await start();
    await expect.poll(() => store.db.selectFrom('notices').select('id').execute()).toEqual([]);
    const usage = 'AccountChanged';
    const rows = await store.db.selectFrom('messages').select('recipient').where('usage_type', '=', usage).execute();
    await store.close();
    const told = rows.map(({ recipient }) => recipient);
    expect(new Set(told).size).toBe(told.length);
    expect([...changed].filter((phone) => !told.includes(phone))).toEqual([]);
    const arrived = provider.accepted().map(({ to }) => to);
    expect(new Set(arrived).size).toBe(arrived.length);
    expect(arrived.filter((phone) => !told.includes(phone))).toEqual([]);
  });
});
