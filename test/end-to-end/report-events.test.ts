import type { DeliveryReport } from '@sesame/connector-kit';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { newPhone } from '../setup/phones.ts';
import { startTestServer, type TestServer } from '../setup/server.ts';
import { databases, newMigratedLocation } from '../setup/stores.ts';

describe.each(databases)('events of reports that come together, on %s', (database) => {
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let one: TestServer;
  let other: TestServer;
  let connectorId: string;
  beforeAll(async () => {
    place = await newMigratedLocation(database);
    const env = { SESAME_PRIVATE_WEBHOOKS: 'allow' };
    one = await startTestServer(place.location, { env });
    // Nobody listens there: what matters is the outbox.
    const config = { url: 'http://127.0.0.1:1/' };
    const hook = { events: ['Message.Delivered', 'Message.Undelivered'], config };
    const made = await one.management.post('/hooks', hook);
    expect(made.status, made.text).toBeLessThan(300);
    connectorId = (await one.management.get('/connectors')).body[0].id;
    // On SQLite one server is alone.
    other = database === 'SQLite' ? one : await startTestServer(place.location, { env });
  });
  afterAll(async () => {
    await Promise.all([...new Set([one, other])].map((server) => server.close()));
    await place.remove();
  });

  /** Sends so many codes. @returns the ids of their messages */
  async function send(count: number): Promise<string[]> {
    const phones = Array.from({ length: count }, newPhone);
    for (const phone of phones) {
      expect(await one.management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
    }
    const { body } = await one.management.get(`/messages?page_size=${count}`);
    return (body as { id: string }[]).map(({ id }) => id);
  }
  const take = (by: TestServer, reports: DeliveryReport[]) =>
    by.services.reports.takeAnswers(connectorId, 'development-inbox', reports);
  /** What was told of messages, and what became of them and is kept of their reports. */
  async function outcomeOf(ids: readonly string[]) {
    const { db } = one.services.store;
    const deliveries = await db.selectFrom('hook_deliveries').select(['event', 'payload']).execute();
    const messages = await db.selectFrom('messages').select(['id', 'state']).where('id', 'in', ids).execute();
    const reports = await db
      .selectFrom('message_reports')
      .select('message_id')
      .where('message_id', 'in', ids)
      .execute();
    return ids.map((id) => [
      messages.find((message) => message.id === id)?.state,
      deliveries.filter(({ payload }) => JSON.parse(payload).data.id === id).map(({ event }) => event),
      reports.filter(({ message_id }) => message_id === id).length,
    ]);
  }
  const report = (messageId: string, state: DeliveryReport['state']): DeliveryReport => ({ messageId, state });
  const delivered = (reports: number) => ['delivered', ['Message.Delivered'], reports];

  test('there is one for each change of a group, whatever else is said of its message there', async () => {
    const ids = await send(4);
    const [arrived = '', lost = '', late = '', still = ''] = ids;
    await take(one, [
      ...[report(arrived, 'sent'), report(arrived, 'delivered'), report(arrived, 'delivered')],
      ...[report(lost, 'undelivered'), report(lost, 'sent'), report(lost, 'undelivered')],
      ...[report(late, 'delivered'), report(late, 'undelivered')],
      report(still, 'sent'),
    ]);
    const outcome = [delivered(2), ['undelivered', ['Message.Undelivered'], 2], delivered(2), ['accepted', [], 1]];
    expect(await outcomeOf(ids)).toEqual(outcome);
    const statesOf = async (id: string) => {
      const { body } = await one.management.get(`/messages/${id}`);
      return (body.reports as DeliveryReport[]).map(({ state }) => state);
    };
    expect(await Promise.all([arrived, lost].map(statesOf))).toEqual([
      ['sent', 'delivered'],
      ['sent', 'undelivered'],
    ]);
  });

  test('one that was lost, and arrived after all by the clock of its provider, is told of once as each', async () => {
    const ids = await send(1);
    const [id = ''] = ids;
    const at = Date.now();
    const both = [
      { ...report(id, 'undelivered'), at },
      { ...report(id, 'delivered'), at: at + 1_000 },
    ];
    await take(one, both);
    await take(one, both);
    const [[state, events]] = (await outcomeOf(ids)) as [[string, string[]]];
    expect([state, events.toSorted()]).toEqual(['delivered', ['Message.Delivered', 'Message.Undelivered']]);
  });

  test('a report that cannot be written takes no other of its group along, and is taken when it comes again', async () => {
    const ids = await send(5);
    const [poison = ''] = ids;
    const { store } = one.services;
    const atomically = store.atomically.bind(store);
    const spy = vi.spyOn(store, 'atomically').mockImplementation((statements, ...more) => {
      const isPoisoned = JSON.stringify(statements.map(({ parameters }) => parameters)).includes(poison);
      return isPoisoned ? Promise.reject(new Error('poison')) : atomically(statements, ...more);
    });
    const taken = await Promise.allSettled(ids.map((id) => take(one, [report(id, 'delivered')])));
    expect(spy.mock.calls.length).toBeGreaterThan(1);
    spy.mockRestore();
    expect(taken.map(({ status }) => status)).toEqual(['rejected', ...Array(4).fill('fulfilled')]);
    expect(await outcomeOf(ids)).toEqual([['accepted', [], 0], ...Array(4).fill(delivered(1))]);
    await take(one, [report(poison, 'delivered')]);
    expect(await outcomeOf(ids)).toEqual(Array(5).fill(delivered(1)));
  });

  test('a group whose answer was lost after it was written changes nothing when its provider repeats it', async () => {
    const ids = await send(5);
    const reports = ids.map((id) => report(id, 'delivered'));
    const { store } = one.services;
    const atomically = store.atomically.bind(store);
    const spy = vi.spyOn(store, 'atomically').mockImplementation(async (...given) => {
      await atomically(...given);
      throw Object.assign(new Error('The connection broke'), { code: 'ECONNRESET' });
    });
    await expect(take(one, reports)).rejects.toThrow();
    spy.mockRestore();
    expect(await outcomeOf(ids)).toEqual(Array(5).fill(delivered(1)));
    await take(other, reports);
    expect(await outcomeOf(ids)).toEqual(Array(5).fill(delivered(1)));
  });

  test('of two processes that are told the same, in another order, each change is told of once', async () => {
    const ids = await send(20);
    const reports = ids.flatMap((id) => [report(id, 'sent'), report(id, 'delivered')]);
    await Promise.all([take(one, reports), take(other, reports.toReversed()), take(one, reports)]);
    expect(await outcomeOf(ids)).toEqual(Array(20).fill(delivered(2)));
  });
});
