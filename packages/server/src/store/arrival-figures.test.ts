import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { countHowMessagesArrive } from '../messaging/arrivals.ts';
import { arrivalFigures } from './arrival-figures.ts';
import { bucketCount, quantileOf } from './arrival-times.ts';
import { sumUp, sumUpAgain } from './hour-sums.ts';
import { atOnce } from './slices.ts';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 31);

/** Seconds that messages took, as a generator of our own gives them: from a tenth of a second to hours. */
const secondsOf = (index: number) => 0.1 * 1.09 ** ((index * 37) % 140);

const message = (index: number): MessagesTable => {
  const created_at = start + index * 97_000;
  const isDelivered = index % 3 === 0;
  const took = Math.round(secondsOf(index) * 1000);
  return {
    ...{ id: `message-${index}`, recipient: index % 11 ? '+8613800138000' : 'jo@example.com' },
    country: index % 11 ? (['CN', 'US', null][index % 3] ?? null) : null,
    ...{ usage_type: 'SignIn', locale: null, factory_id: index % 5 ? 'one' : 'other' },
    connector_id: index % 7 ? 'connector' : null,
    state: (['delivered', 'accepted', 'failed'] as const)[index % 3] ?? 'accepted',
    ...{ provider_message_id: null, error: null, created_at, updated_at: created_at },
    verified_at: index % 2 ? created_at + took * 2 : null,
    delivered_at: isDelivered ? created_at + took : null,
    // A clock that goes wrong says nothing.
    reported_at: isDelivered ? created_at + took - (index % 4 ? 0 : 10 * hour) : null,
    network: index % 4 ? null : '46000',
    ...{ cost: index % 11 ? 50_000 : null, cost_currency: index % 11 ? (index % 10 ? 'USD' : 'EUR') : null },
    ...{ cost_is_estimated: 1, estimated_parts: 1, parts: index % 6 ? null : 2 },
  };
};
const all = Array.from({ length: 300 }, (_, index) => message(index));
const range = { from: start, until: start + 300 * 97_000 };

describe.each(databases)('how messages arrive on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
    await store.db.insertInto('messages').values(all).execute();
  });
  afterEach(() => store.close());

  const sumUpAll = (createdBefore: number) =>
    sumUp(store, arrivalFigures, { createdBefore, now: createdBefore }, atOnce);
  const read = async (query = {}) => {
    const { byTime, ...figures } = await countHowMessagesArrive(store, { ...range, ...query });
    const sorted = (rows: { key: unknown }[]) => rows.toSorted((a, b) => (String(a.key) < String(b.key) ? -1 : 1));
    const byHour = sorted(byTime((at) => at));
    const byKey = Object.entries(figures).map(([name, rows]) => [name, Array.isArray(rows) ? sorted(rows) : rows]);
    return { ...Object.fromEntries(byKey), byHour };
  };

  test('the numbers are those of the messages themselves', async () => {
    const { total, byNetwork } = (await read()) as unknown as {
      total: Record<string, unknown>;
      byNetwork: { key: string; requested: number }[];
    };
    const real = all.filter(({ connector_id }) => connector_id !== null);
    const claimed = real.filter(({ state }) => state === 'delivered');
    const verified = real.filter(({ verified_at }) => verified_at !== null);
    const billed = real.filter(({ cost, state }) => cost !== null && state !== 'failed');
    expect(total).toMatchObject({
      requested: real.length,
      claimed: claimed.length,
      verified: verified.length,
      delivered: real.filter(({ state, verified_at }) => state === 'delivered' || verified_at !== null).length,
      parts: billed.reduce((sum, { parts }) => sum + (parts ?? 1), 0),
    });
    const costs = Map.groupBy(billed, ({ cost_currency }) => cost_currency);
    expect(total.costs).toEqual(
      expect.arrayContaining([...costs].map(([currency, of]) => ({ currency, cost: of.length * 50_000 }))),
    );
    expect(byNetwork).toEqual([
      expect.objectContaining({ key: '46000', requested: real.filter(({ network }) => network !== null).length }),
    ]);
    // Within the width of a bucket.
    for (const [name, times] of [
      ['secondsToDelivered', claimed.map((each) => (each.delivered_at as number) - each.created_at)],
      ['secondsToVerified', verified.map((each) => (each.verified_at as number) - each.created_at)],
    ] as const) {
      const sorted = times.toSorted((one, other) => one - other);
      const { median, p90 } = total[name] as { median: number; p90: number };
      for (const [said, share] of [
        [median, 0.5],
        [p90, 0.9],
      ] as const) {
        const exact = (sorted[Math.ceil(share * sorted.length) - 1] as number) / 1000;
        expect(said / exact, `${name} ${share}`).toBeGreaterThan(0.7);
        expect(said / exact, `${name} ${share}`).toBeLessThan(1.42);
      }
    }
  });

  test('are the same when hours are summed up, for each filter', async () => {
    const queries = [{}, { country: 'CN' }, { network: '46000' }, { connectorFactoryId: 'other' }];
    const counted = await Promise.all(queries.map(read));
    await Promise.all([sumUpAll(start + 5 * hour + 1), sumUpAll(start + 5 * hour + 1)]);
    expect(await Promise.all(queries.map(read))).toEqual(counted);
  });

  test('what is reported days later counts, once the hours are counted again', async () => {
    await sumUpAll(start + 6 * hour);
    const again = (createdBefore: number) =>
      sumUpAgain(store, arrivalFigures, { createdBefore, now: createdBefore }, atOnce);
    // From here on; what is older stays as it is.
    await again(start + hour);
    await store.db.updateTable('messages').set({ state: 'delivered', network: '31026' }).execute();
    const isOfFirstHour = all.filter(({ created_at }) => created_at < start + hour);
    await again(start + 6 * hour);
    const { byHour } = (await read()) as unknown as { byHour: { key: number; requested: number; claimed: number }[] };
    const [first, ...others] = byHour;
    expect(first?.claimed).toBeLessThan(isOfFirstHour.length / 2);
    for (const { claimed, requested } of others) expect(claimed).toBe(requested);
    const kinds = await store.db.selectFrom('arrival_figures').select(['hour', 'network']).execute();
    expect(kinds.filter((row) => row.hour > start / hour).every((row) => row.network === '31026')).toBe(true);
  });
});

test('a quantile is where it belongs within its bucket', () => {
  const times = Array.from({ length: bucketCount }, () => 0);
  expect(quantileOf(times, 0.5)).toBeUndefined();
  times[2] = 10;
  expect(quantileOf(times, 0.5)).toBe(Math.round(1414 * (2000 / 1414) ** 0.5));
  expect(quantileOf(times, 1)).toBe(2000);
  times[bucketCount - 1] = 90;
  expect(quantileOf(times, 0.9)).toBeGreaterThan(65_536_000);
});
