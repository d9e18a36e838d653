import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../../test/setup/console.ts';
import type { MessagesTable } from '../../../store/tables/messages.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 0, 31);

const message = (index: number): MessagesTable => {
  const created_at = start + index * 20 * 60_000;
  const isDelivered = index % 4 < 2;
  return {
    ...{ id: `message-${index}`, recipient: '+8613800138000', country: index % 3 ? 'CN' : 'US' },
    ...{ usage_type: 'SignIn', locale: null, factory_id: index % 5 ? 'one' : 'other', connector_id: 'connector' },
    state: isDelivered ? 'delivered' : 'accepted',
    ...{ provider_message_id: null, error: null, created_at, updated_at: created_at },
    verified_at: index % 2 ? created_at + 20_000 : null,
    delivered_at: isDelivered ? created_at + 4_000 : null,
    network: index % 4 === 0 ? '46000' : null,
    ...{ cost: 50_000, cost_currency: 'USD', cost_is_estimated: 1, estimated_parts: 1 },
  };
};
const all = Array.from({ length: 90 }, (_, index) => message(index));
const range = `from=${start}&until=${start + 2 * day}`;

let server: ConsoleServer;
let cookie: string;
beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  cookie = await server.signIn();
  await server.services.store.db.insertInto('messages').values(all).execute();
});
afterAll(() => server.close());

const get = async (path: string) => (await server.send('GET', `/api${path}`, { cookie })).json();

test('what providers claim stands beside what people typed in, with how long it took and what it cost', async () => {
  const { total, byDay, byHour, byConnector, byCountry, byNetwork } = await get(`/dashboard/arrivals?${range}`);
  expect(total).toMatchObject({
    ...{ requested: 90, sent: 90, claimed: 46, delivered: 68, verified: 45, parts: 90 },
    costs: [{ amount: '4.50', currency: 'USD' }],
    costPerVerified: [{ amount: '0.10', currency: 'USD' }],
  });
  // 4 and 20 seconds, within their buckets.
  expect(total.secondsToDelivered.median).toBeGreaterThan(3.9);
  expect(total.secondsToDelivered.p90).toBeLessThan(5.7);
  expect(total.secondsToVerified.median).toBeGreaterThan(16);
  expect(total.secondsToVerified.p90).toBeLessThan(22.7);
  expect(byDay.map((row: { day: string; sent: number }) => [row.day, row.sent])).toEqual([
    ['2026-01-31', 72],
    ['2026-02-01', 18],
  ]);
  expect(byHour).toHaveLength(30);
  expect(byHour[0]).toMatchObject({ hour: start, sent: 3 });
  expect(byConnector).toMatchObject([
    { connectorFactoryId: 'one', sent: 72 },
    { connectorFactoryId: 'other', sent: 18 },
  ]);
  expect(byCountry).toMatchObject([
    { country: 'CN', sent: 60 },
    { country: 'US', sent: 30 },
  ]);
  expect(byNetwork).toMatchObject([{ network: '46000', sent: 23 }]);
});

test('the numbers are those of the other figures, and of the list of messages', async () => {
  const { total } = await get(`/dashboard/arrivals?${range}`);
  const funnel = (await get(`/dashboard/verification?${range}`)).total;
  const costs = (await get(`/protection/costs?${range}`)).total;
  const { requested, sent, delivered, verified, parts } = total;
  expect({ requested, sent, delivered, verified }).toEqual({
    ...{ requested: funnel.requested, sent: funnel.sent, delivered: funnel.delivered, verified: funnel.verified },
  });
  expect({ parts, costs: total.costs }).toEqual({ parts: costs.parts, costs: costs.costs });
  const listed = await server.send('GET', `/api/messages?outcome=verified&${range}&page_size=1`, { cookie });
  expect(Number(listed.headers['total-number'])).toBe(verified);
});

test('one connector, country or network alone', async () => {
  for (const [query, count] of [
    ['connectorFactoryId=other', 18],
    ['country=US', 30],
    ['network=46000', 23],
    ['country=US&network=46000', 8],
  ] as const) {
    expect((await get(`/dashboard/arrivals?${range}&${query}`)).total.requested, query).toBe(count);
  }
  expect(await get(`/dashboard/arrivals?${range}&country=us`)).toMatchObject({ code: 'guard.invalid_input' });
});

test('what no provider took costs nothing, in its record either, unless the provider says so', async () => {
  const states = ['failed', 'suppressed', 'undelivered', 'failed'] as const;
  const later = states.map((state, index) => ({
    ...{ ...message(index), id: `later-${index}`, state, created_at: start + 5 * day + index, verified_at: null },
    cost_is_estimated: index === 3 ? 0 : 1,
  }));
  await server.services.store.db.insertInto('messages').values(later).execute();
  const { total } = await get(`/dashboard/arrivals?from=${start + 5 * day}&until=${start + 6 * day}`);
  expect(total).toMatchObject({ requested: 4, sent: 1, costs: [{ amount: '0.10', currency: 'USD' }] });
  const costs = await Promise.all(later.map(async ({ id }) => (await get(`/messages/${id}`)).cost));
  expect(costs.map((cost) => cost?.amount ?? null)).toEqual([null, null, '0.05', '0.05']);
});

test('mails cost nothing, so that they make no code that was typed in cheaper', async () => {
  const at = start + 10 * day;
  const sms = { ...message(1), id: 'with-mails-1', created_at: at, verified_at: at + 9_000 };
  const mail = { ...sms, id: 'with-mails-2', recipient: 'ali@example.com', country: null, cost: null };
  const free = { cost_currency: null, cost_is_estimated: null, estimated_parts: null };
  await server.services.store.db
    .insertInto('messages')
    .values([sms, { ...mail, ...free }])
    .execute();
  const days = `from=${at}&until=${at + day}`;
  const { total, byDay, byHour } = await get(`/dashboard/arrivals?${days}`);
  const costs = (await get(`/protection/costs?${days}`)).total;
  expect(total).toMatchObject({ verified: 2, costPerVerified: [{ amount: '0.05', currency: 'USD' }] });
  for (const same of [byDay[0], byHour[0], costs]) expect(same.costPerVerified).toEqual(total.costPerVerified);
});
