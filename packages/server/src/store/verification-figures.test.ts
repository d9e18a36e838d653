import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import type { MessagesTable } from './schema.ts';
import { atOnce } from './slices.ts';
import type { Store } from './store.ts';
import { countVerification, sumUpFigures } from './verification-figures.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 31);

const message = (index: number, created_at: number): MessagesTable => ({
  id: `message-${index}`,
  recipient: '+8613800138000',
  country: ['CN', 'US', null][index % 3] ?? null,
  usage_type: index % 2 ? 'SignIn' : 'Generic',
  locale: null,
  factory_id: index % 5 ? 'one' : 'other',
  connector_id: index % 7 ? 'connector' : null,
  state: (['accepted', 'failed', 'delivered'] as const)[index % 3] ?? 'accepted',
  provider_message_id: null,
  error: null,
  created_at,
  updated_at: created_at,
  verified_at: index % 4 ? null : created_at + 1,
});

describe.each(databases)('figures on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
    const rows = Array.from({ length: 200 }, (_, index) => message(index, start + (index * hour) / 3 + (index % 3)));
    await store.db.insertInto('messages').values(rows).execute();
  });
  afterEach(() => store.close());

  const ranges = [
    { from: start, until: start + 70 * hour },
    { from: start + 90_000, until: start + 5 * hour + 7 },
    { from: start + 10 * hour + 1, until: start + 10 * hour + 2_000 },
    { from: start + 10 * hour, until: start + 60 * hour, factoryId: 'other' },
    { from: start - 90 * 24 * hour, until: start - hour },
  ];
  const totals = async (range: (typeof ranges)[number], days?: number[]) => {
    const figures = await countVerification(store, range, days);
    const byKey = Map.groupBy(figures, ({ at, country, usageType }) => `${at} ${country} ${usageType}`);
    const add = (name: 'requested' | 'sent' | 'delivered' | 'verified', of: typeof figures) =>
      of.reduce((sum, each) => sum + each[name], 0);
    return Object.fromEntries(
      [...byKey].map(([key, of]) => [
        key,
        [add('requested', of), add('sent', of), add('delivered', of), add('verified', of)],
      ]),
    );
  };
  const sumUp = (createdBefore: number, turn = atOnce.turn) =>
    sumUpFigures(store, { createdBefore, now: createdBefore }, { rows: 1, turn });

  test('are the same when hours are summed up, and stay when the messages are gone', async () => {
    const counted = await Promise.all(ranges.map((range) => totals(range)));
    await sumUp(start + 50 * hour + 1);
    expect(await Promise.all(ranges.map((range) => totals(range)))).toEqual(counted);
    await sumUp(start + 50 * hour + 1);
    await store.db
      .deleteFrom('messages')
      .where('created_at', '<', start + 50 * hour)
      .execute();
    const [all, ...parts] = await Promise.all(ranges.map((range) => totals(range)));
    expect(all).toEqual(counted[0]);
    // The rest of an hour is not kept apart.
    expect(parts[2]).toEqual(counted[3]);
  });

  test('by day are those of the hours that begin on it, whether summed up or not', async () => {
    // Days of a time zone that is half an hour off.
    const days = [0, 1, 2, 3].map((day) => start + day * 24 * hour - hour / 2);
    const range = { from: start + 90_000, until: start + 70 * hour };
    const ofHours: Record<string, number[]> = {};
    for (const [key, figures] of Object.entries(await totals(range))) {
      const [at, ...rest] = key.split(' ');
      const name = [days.findLast((day) => day <= Number(at)), ...rest].join(' ');
      ofHours[name] = figures.map((figure, index) => figure + (ofHours[name]?.[index] ?? 0));
    }
    expect(await totals(range, days)).toEqual(ofHours);
    await sumUp(start + 50 * hour + 1);
    expect(await totals(range, days)).toEqual(ofHours);
  });

  test('two processes that sum up at once come to the same', async () => {
    const counted = await totals(ranges[0] as (typeof ranges)[0]);
    await Promise.all([sumUp(start + 60 * hour), sumUp(start + 60 * hour)]);
    expect(await totals(ranges[0] as (typeof ranges)[0])).toEqual(counted);
  });

  test('a stop leaves the rest for the next time, and hours without messages cost no turn', async () => {
    const turns: number[] = [];
    await sumUp(start + 3 * hour, async () => turns.push(1) < 2);
    const hours = await store.db.selectFrom('message_figures').select('hour').distinct().orderBy('hour').execute();
    expect(hours.map((row) => row.hour - start / hour)).toEqual([0, 1]);
    await sumUp(start + 3 * hour);
    expect(await store.db.selectFrom('message_figures').select('hour').distinct().execute()).toHaveLength(3);
  });
});
