import { parsePhone } from '@sesame/connector-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../../test/setup/console.ts';
import { priceInbox } from '../../../../../test/setup/priced-inbox.ts';
import type { ConnectorFactory } from '../../connectors/connector-factory.ts';
import { createEstimate } from '../../messaging/estimate.ts';
import { recipientOfPhone } from '../../messaging/recipient.ts';
import { applyReports, type ReportedFacts } from '../../store/applied-reports.ts';
import { costFigures, countCosts } from '../../store/cost-figures.ts';
import { sumUp } from '../../store/hour-sums.ts';
import { atOnce } from '../../store/slices.ts';
import type { MessagesTable } from '../../store/tables/messages.ts';
import { allCaps, capsFor, usesOf } from './caps.ts';
import { pricesChangeSchema } from './prices.ts';

const start = Date.UTC(2026, 10, 27, 12, 5);
let server: ConsoleServer;
beforeAll(async () => {
  server = await newConsoleServer('SQLite', () => start);
  await priceInbox(server.services);
});
afterAll(() => server.close());

async function send(phone: string) {
  const recipient = recipientOfPhone(parsePhone(phone) as NonNullable<ReturnType<typeof parsePhone>>);
  const { verification, store } = server.services;
  await verification.start({ recipient, usageType: 'SignIn', flow: phone });
  return store.db.selectFrom('messages').selectAll().where('recipient', '=', phone).executeTakeFirstOrThrow();
}

const nothing: ReportedFacts = {
  ...{
    error: null,
    suppression: null,
    provider_message_id: null,
    parts: null,
    price: null,
    currency: null,
    network: null,
  },
};
async function report(messageId: string, digest: string, facts: Partial<ReportedFacts>) {
  const { store } = server.services;
  const provider = { provider_code: null, provider_message: null, provider_at: null };
  const row = { message_id: messageId, digest, connector_id: 'c', received_at: start, state: 'sent' as const };
  const read = () => store.db.selectFrom('messages').selectAll().where('id', '=', messageId).executeTakeFirstOrThrow();
  const applied = { report: { ...row, ...provider }, facts: { ...nothing, ...facts }, message: await read() };
  await applyReports(store, [{ ...applied, alongside: [] }]);
  return read();
}

test('a message carries the parts of its text, and what its country costs', async () => {
  expect(await send('+4915112340001')).toMatchObject({
    ...{ estimated_parts: 1, cost: 94_000, cost_currency: 'USD', cost_is_estimated: 1 },
  });
  expect(await send('+62811234567')).toMatchObject({ estimated_parts: 1, cost: 360_300 });
  // No country of the list.
  expect(await send('+6744445555')).toMatchObject({ cost: 150_000 });
});

test.each([
  ['{{code}} is your code for {{application.name}}.', 'Acme', 1],
  [`{{code}} ${'a'.repeat(155)}`, 'Acme', 2],
  ['{{code}} ist dein Code für {{application.name}}.', 'Acme', 1],
  [`验证码 {{code}}${'，请勿告诉他人'.repeat(9)}`, 'Acme', 2],
  ['{{code}} is your code for {{application.name}}. Do not give it to anybody.', '阿里巴巴集团'.repeat(5), 2],
  ['{{code}} {{link}}', 'Acme', 2],
  [undefined, 'Acme', 1],
])('counts the parts of %j of %s', async (content, application, parts) => {
  const estimate = createEstimate(async (sms) => ({ cost: sms.parts * 100, currency: 'USD' }));
  const link = () => `https://example.com/${'x'.repeat(160)}`;
  const factory = { type: 'Sms', metadata: { id: 'sms' } } as unknown as ConnectorFactory;
  const message = { usage_type: 'SignIn', locale: 'de', country: 'DE' } as MessagesTable;
  const said = { to: '', words: { code: '123456' }, application, lifetimeSeconds: 600, link };
  const templates = [{ usageType: 'SignIn', ...(content !== undefined && { content }) }];
  for (const _ of ['first', 'again']) {
    expect(await estimate(message, factory, templates, said)).toMatchObject({
      estimated_parts: parts,
      cost: parts * 100,
    });
  }
  expect(await estimate(message, { ...factory, type: 'Email' }, templates, said)).toEqual({});
});

test('prices of the administrator, by country, currency and connector; nonsense does not count', async () => {
  const { prices, store } = server.services;
  await prices.change({ currency: 'EUR', factor: 0.5, countries: { AT: 0.07 } });
  expect(await send('+436641234567')).toMatchObject({ cost: 70_000, cost_currency: 'EUR' });
  expect(await send('+4915112340002')).toMatchObject({ cost: 47_000 });
  const [inbox] = await server.services.connectors.allLive();
  await prices.change({ connectors: { [inbox?.row.factory_id ?? '']: 2 } });
  expect(await send('+4915112340003')).toMatchObject({ cost: 94_000 });
  for (const nonsense of [
    { countries: { DE: -1 } },
    { countries: { DE: Number.NaN } },
    { countries: { Germany: 1 } },
    { factor: 0 },
    { currency: 'euro' },
    { currency: 'QQQ' },
    { connectors: { twilio: -1 } },
  ]) {
    expect(pricesChangeSchema.safeParse(nonsense).success, JSON.stringify(nonsense)).toBe(false);
  }
  await store.db.updateTable('settings').set({ value: '{"factor":"no"}' }).where('name', '=', 'prices').execute();
  server.advance(1000);
  expect(await prices.read()).toMatchObject({ currency: 'USD', factor: 1 });
  await priceInbox(server.services);
  expect(await send('+4915112340004')).toMatchObject({ cost: 94_000, cost_currency: 'USD' });
});

test('what the provider says takes the place of the estimate, once', async () => {
  const { id } = await send('+4915112340005');
  expect(await report(id, '1', { parts: 2 })).toMatchObject({ parts: 2, cost: 188_000, cost_is_estimated: 1 });
  expect(await report(id, '2', { price: '-0.0751', currency: 'GBP' })).toMatchObject({
    ...{ cost: 75_100, cost_currency: 'GBP', cost_is_estimated: 0, price: '-0.0751' },
  });
  expect(await report(id, '3', { price: '5', currency: 'USD', parts: 9 })).toMatchObject({ cost: 75_100 });
});

test('costs by the hour are the same summed up and counted', async () => {
  const { store } = server.services;
  const range = { from: start - 3_600_000, until: start + 3_600_000 };
  const counted = await countCosts(store, range);
  const total = counted.reduce((sum, { cost, currency }) => sum + (currency === 'USD' ? cost : 0), 0);
  expect(total).toBe(94_000 + 360_300 + 150_000 + 94_000);
  expect(counted).toContainEqual(expect.objectContaining({ country: 'ID', parts: 1, messages: 1, verified: 0 }));
  await sumUp(store, costFigures, { createdBefore: start + 7_200_000, now: start }, atOnce);
  expect(await store.db.selectFrom('cost_figures').selectAll().execute()).toHaveLength(counted.length);
  const sorted = (rows: typeof counted) => rows.map((row) => JSON.stringify(Object.entries(row).sort())).sort();
  expect(sorted(await countCosts(store, range))).toEqual(sorted(counted));
});

test('caps are by the hour, the day and the month of UTC, for all and for the country', () => {
  const none = { maxMessagesPerHour: null, maxMessagesPerDay: null, maxMessagesPerMonth: null };
  const policy = {
    ...none,
    ...{ maxCostPerHour: 1, maxCostPerDay: null, maxCostPerMonth: 50 },
    perCountry: [{ countries: ['ID', 'PK'], maxMessagesPerDay: 10 }],
  };
  const at = { country: 'ID', currency: 'USD', now: Date.UTC(2026, 11, 31, 23, 30) };
  const newYear = Date.UTC(2027, 0, 1);
  expect(capsFor(policy, at)).toMatchObject([
    { period: 'hour', country: undefined, maxCost: 1_000_000, maxMessages: null, endsAt: newYear },
    { period: 'month', maxCost: 50_000_000, endsAt: newYear },
    { period: 'day', country: 'ID', maxMessages: 10, maxCost: null, endsAt: newYear },
  ]);
  expect(capsFor(policy, { ...at, country: 'DE' })).toHaveLength(2);
  expect(allCaps(policy, 'USD', at.now)).toHaveLength(4);
  const caps = capsFor(policy, at);
  const spent = [{ key: caps[0]?.key ?? '', messages: 3, cost: 800_000 }];
  expect(usesOf(caps, spent).map(({ share }) => share)).toEqual([0.8, 0, 0]);
});
