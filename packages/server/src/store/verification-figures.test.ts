import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messageRow } from '../../../../test/setup/message-row.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { countFailures, failureFigures } from './failure-figures.ts';
import { sumUp } from './hour-sums.ts';
import { atOnce } from './slices.ts';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';
import { countVerification, messageFigures } from './verification-figures.ts';

const hour = 3_600_000;
const start = Date.UTC(2026, 0, 31);

const refusals = [
  JSON.stringify({ code: 'connector.general', kind: 'recipient', message: 'No "kind":"limit".', providerCode: '7' }),
  JSON.stringify({
    code: 'connector.invalid_config',
    kind: 'configuration',
    message: 'No.',
    providerCode: 'isv.A\u0000',
  }),
];

const message = (index: number, created_at: number): MessagesTable =>
  messageRow({
    country: ['CN', 'US', null][index % 3] ?? null,
    usage_type: index % 2 ? 'SignIn' : 'Generic',
    factory_id: index % 5 ? 'one' : 'other',
    connector_id: index % 7 ? 'connector' : null,
    state: (['accepted', 'failed', 'delivered'] as const)[index % 3] ?? 'accepted',
    error: index % 3 === 1 ? (refusals[index % 2] ?? null) : null,
    created_at,
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
  const numbers = ['requested', 'sent', 'delivered', 'verified', 'messages'];
  /** Adds up the numbers of each key. */
  const added = (figures: readonly object[], ...names: string[]) => {
    const byKey = Map.groupBy(figures as Record<string, unknown>[], (each) => names.map((name) => each[name]).join());
    const sum = (of: Record<string, unknown>[], name: string) =>
      of.reduce((total, each) => total + Number(each[name] ?? 0), 0);
    return Object.fromEntries([...byKey].map(([key, of]) => [key, numbers.map((name) => sum(of, name))]));
  };
  const totals = async (range: (typeof ranges)[number]) => {
    const messages = await countVerification(store, range);
    const failures = await countFailures(store, range);
    return [
      added(messages.byHour, 'hour'),
      added(messages.byKind, 'country', 'usageType'),
      added(failures.byHour, 'hour'),
      added(failures.byKind, 'factory_id', 'country', 'usage_type', 'state', 'code', 'kind', 'provider_code'),
    ];
  };
  const sumUpAll = async (createdBefore: number, turn = atOnce.turn) => {
    const times = { createdBefore, now: createdBefore };
    await sumUp(store, messageFigures, times, { rows: 1, turn });
    await sumUp(store, failureFigures, times, { rows: 1, turn });
  };

  test('are the same when hours are summed up, and stay when the messages are gone', async () => {
    const counted = await Promise.all(ranges.map(totals));
    await sumUpAll(start + 50 * hour + 1);
    expect(await Promise.all(ranges.map(totals))).toEqual(counted);
    await sumUpAll(start + 50 * hour + 1);
    await store.db
      .deleteFrom('messages')
      .where('created_at', '<', start + 50 * hour)
      .execute();
    const [all, ...parts] = await Promise.all(ranges.map(totals));
    expect(all).toEqual(counted[0]);
    // The rest of an hour is not kept apart.
    expect(parts[2]).toEqual(counted[3]);
  });

  test('two processes that sum up at once come to the same', async () => {
    const counted = await totals(ranges[0] as (typeof ranges)[0]);
    await Promise.all([sumUpAll(start + 60 * hour), sumUpAll(start + 60 * hour)]);
    expect(await totals(ranges[0] as (typeof ranges)[0])).toEqual(counted);
  });

  test('a stop leaves the rest for the next time, and hours without messages cost no turn', async () => {
    const turns: number[] = [];
    await sumUp(
      store,
      messageFigures,
      { createdBefore: start + 3 * hour, now: start },
      { rows: 1, turn: async () => turns.push(1) < 2 },
    );
    const hours = await store.db.selectFrom('message_figures').select('hour').distinct().orderBy('hour').execute();
    expect(hours.map((row) => row.hour - start / hour)).toEqual([0, 1]);
    await sumUpAll(start + 3 * hour);
    expect(await store.db.selectFrom('message_figures').select('hour').distinct().execute()).toHaveLength(3);
  });
});
