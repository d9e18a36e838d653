import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../test/setup/console.ts';
import { messageRow } from '../../../../../test/setup/message-row.ts';
import { giveUpOldest } from '../../store/outbox.ts';
import type { MessagesTable } from '../../store/tables/messages.ts';
import { compare } from './dropped-countries.ts';

const start = Date.UTC(2026, 0, 31);
const [minute, hour] = [60_000, 3_600_000];

let server: ConsoleServer;
let cookie: string;
let live: Pick<MessagesTable, 'factory_id' | 'connector_id'>;
beforeAll(async () => {
  server = await newConsoleServer('SQLite', () => start);
  cookie = await server.signIn();
  const [connector] = (await server.send('GET', '/api/connectors', { cookie })).json();
  live = { connector_id: connector.id, factory_id: connector.connectorId };
});
afterAll(() => server.close());

async function add(count: number, ago: number, changes: Partial<MessagesTable>): Promise<void> {
  const at = server.now() - ago;
  const rows = Array.from({ length: count }, () =>
    messageRow({ recipient: '+4915112345678', country: 'DE', ...live, created_at: at, ...changes }),
  );
  await server.services.store.db.insertInto('messages').values(rows).execute();
}
const alerts = async () => {
  // What is held is a minute old at most.
  server.advance(minute);
  return (await server.send('GET', '/api/dashboard/alerts', { cookie })).json().alerts;
};

test('a country is told where codes that were sent are typed in half as often as in its week', async () => {
  const verified = { verified_at: start };
  await add(80, 48 * hour, verified);
  await add(20, 48 * hour, {});
  await add(80, 48 * hour, { ...verified, country: 'FR' });
  await add(20, 48 * hour, { country: 'FR' });
  expect(await alerts()).toEqual([]);
  await add(20, 20 * minute, verified);
  await add(31, 20 * minute, {});
  await add(25, 20 * minute, { ...verified, country: 'FR' });
  await add(26, 20 * minute, { country: 'FR' });
  const [alert, ...others] = await alerts();
  expect(others).toEqual([]);
  expect(alert).toMatchObject({
    ...{ kind: 'country', id: 'country:DE', country: 'DE', dropped: ['conversion', 'delivery'] },
    conversion: { now: { sent: 51, share: 20 / 51 }, usual: { sent: 100, share: 0.8 } },
  });
});

test('a few messages tell nothing, and what is usual is no alert', () => {
  const usual = { requested: 1000, sent: 1000, delivered: 900, verified: 500 };
  const now = (sent: number, verified: number, delivered = sent) => ({ requested: sent, sent, delivered, verified });
  const dropped = (...args: Parameters<typeof now>) => compare('DE', 0, now(...args), usual)?.dropped;
  expect(dropped(49, 0)).toEqual([]);
  expect(dropped(50, 12)).toEqual(['conversion']);
  expect(dropped(50, 13)).toEqual([]);
  expect(dropped(50, 13, 20)).toEqual(['delivery']);
  expect(dropped(0, 0)).toBeUndefined();
  // More than in the whole week: that is new, and nothing says what is usual.
  expect(dropped(1001, 0)).toEqual([]);
});

test('a connector that is refused, messages that wait, and a webhook that takes nothing are told, to webhooks too', async () => {
  const { hooks, events, alerts: service, store } = server.services;
  const [one, other] = [
    await hooks.create({ events: ['Connector.Failing'], config: { url: 'https://one.example' } }),
    await hooks.create({ name: 'CRM', events: ['User.Created'], config: { url: 'https://other.example' } }),
  ];
  await add(1, 5 * minute, {
    state: 'failed',
    error: JSON.stringify({ code: 'connector.invalid_config', kind: 'configuration', providerCode: '20003' }),
  });
  await add(4, 5 * minute, {
    country: 'AT',
    state: 'failed',
    error: JSON.stringify({ code: 'connector.rate_limit_exceeded', kind: 'limit' }),
  });
  await add(20, 2 * minute, { state: 'sending' });
  await events.now({ event: 'User.Created', data: { id: 'ali' } });
  server.advance(hour);
  await add(20, minute, { state: 'sending' });
  const found = await alerts();
  expect(found.map(({ kind }: { kind: string }) => kind)).toEqual(['connector', 'country', 'backlog', 'webhook']);
  expect(found[0]).toMatchObject({ connectorId: live.connector_id, error: { providerCode: '20003' }, messages: 1 });
  expect(found[2]).toMatchObject({ waiting: 40 });
  expect(found[3]).toMatchObject({ hookId: other.id, name: 'CRM', enabled: true, waiting: 1 });
  await service.watch();
  await service.watch();
  const told = await store.db.selectFrom('hook_deliveries').selectAll().where('hook_id', '=', one.id).execute();
  expect(told.map(({ payload }) => JSON.parse(payload).data.kind).sort()).toEqual(
    ['backlog', 'connector', 'country', 'webhook'].sort(),
  );
  // Switched off it waits for nothing, until what was to be told is given up.
  await hooks.update(other.id, { enabled: false });
  const ofOther = async () => (await alerts()).filter(({ hookId }: { hookId?: string }) => hookId === other.id);
  expect(await ofOther()).toEqual([]);
  server.advance(6 * 24 * hour);
  cookie = await server.signIn();
  const atOnce = { rows: 10, turn: async () => true };
  const lostAt = server.now();
  expect(await giveUpOldest(store, { hookId: other.id, now: lostAt }, atOnce)).toBe(1);
  expect(await ofOther()).toEqual([
    expect.objectContaining({ kind: 'webhook', enabled: false, waiting: 0, givenUp: 1, since: lostAt }),
  ]);
});
