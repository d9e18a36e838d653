import type { DeliveryReport } from '@sesame/connector-kit';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { cleanReport, keptReport } from '../messaging/kept-report.ts';
import { type AppliedReport, applyReports } from './applied-reports.ts';
import { findReported } from './message-reports.ts';
import type { Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';

const start = Date.UTC(2026, 0, 31);
const states = ['sending', 'accepted', 'unclear', 'undelivered', 'failed'] as const;

const message = (index: number): MessagesTable => ({
  ...{ id: `message-${index}`, recipient: `+4915112340${index}`, country: 'DE', usage_type: 'SignIn', locale: null },
  ...{ factory_id: 'one', connector_id: 'connector', state: states[index % states.length] ?? 'accepted' },
  provider_message_id: index % 2 ? `provider-${index}` : null,
  ...{ error: null, created_at: start, updated_at: start, verified_at: null, reported_at: index % 4 ? start : null },
  ...{ estimated_parts: 1, cost: 80_000, cost_currency: 'USD', cost_is_estimated: 1 },
});
const count = 20;

/** Reports as they come in: twice, late, out of order, with more and less to say. */
const reports = Array.from({ length: 80 }, (_, index): DeliveryReport & { messageId: string } => {
  const pick = (index * 7919) % 1009;
  return {
    messageId: `message-${pick % count}`,
    state: (['sent', 'delivered', 'undelivered', 'delivered'] as const)[pick % 4] ?? 'sent',
    providerMessageId: pick % 3 ? `provider-${pick % count}` : undefined,
    providerCode: pick % 5 ? undefined : String(pick),
    at: pick % 2 ? start + pick : undefined,
    parts: pick % 7 ? undefined : 2,
    price: pick % 11 ? undefined : { amount: '0.0075', currency: 'EUR' },
    network: pick % 6 ? undefined : '26201',
  };
});

describe.each(databases)('applied reports on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
    await store.db
      .insertInto('messages')
      .values(Array.from({ length: count }, (_, index) => message(index)))
      .execute();
  });
  afterEach(() => store.close());

  /** Applies reports as they are when they come together. */
  async function apply(given: readonly (DeliveryReport & { messageId: string })[], now = start + 5_000) {
    const connectorId = 'connector';
    const found = await findReported(
      store,
      given.map((report) => ({ ...report, connectorId })),
      now,
    );
    const applied = given.map((report, place): AppliedReport => {
      const of = found[place] as MessagesTable;
      return { ...keptReport(cleanReport(report), of, { connectorId, now }), message: of, alongside: [] };
    });
    const changed = await applyReports(store, applied);
    return applied.map((one) => changed.has(one));
  }
  const everything = async () => ({
    messages: await store.db.selectFrom('messages').selectAll().orderBy('id').execute(),
    reports: await store.db.selectFrom('message_reports').selectAll().orderBy('message_id').orderBy('digest').execute(),
  });

  test('that come together make the same of their messages as one after the other', async () => {
    const changed: boolean[] = [];
    for (const report of reports) changed.push(...(await apply([report])));
    const single = await everything();
    await store.db.deleteFrom('message_reports').execute();
    await store.db.deleteFrom('messages').execute();
    await store.db
      .insertInto('messages')
      .values(Array.from({ length: count }, (_, index) => message(index)))
      .execute();
    expect(await apply(reports)).toEqual(changed);
    expect(await everything()).toEqual(single);
    expect(new Set(single.messages.map(({ state }) => state))).toEqual(
      new Set(['accepted', 'delivered', 'undelivered', 'failed']),
    );
  });

  test('of different messages are one transaction, and on PostgreSQL three statements, however many they are', async () => {
    const atomically = vi.spyOn(store, 'atomically');
    const delivered = Array.from({ length: count }, (_, index) => ({
      ...{ messageId: `message-${index}`, state: 'delivered' as const, network: '26201' },
    }));
    await apply(delivered);
    expect(atomically).toHaveBeenCalledTimes(1);
    if (database === 'PostgreSQL') expect(atomically.mock.calls[0]?.[0]).toHaveLength(3);
  });

  test('that name impossible parts, prices and times say the rest, and figures still add up', async () => {
    const most = Number.MAX_SAFE_INTEGER;
    const given = { messageId: 'message-1', state: 'delivered' as const, providerCode: 'odd', parts: most, at: most };
    expect(await apply([{ ...given, price: { amount: '999999999', currency: 'USD' } }])).toEqual([true]);
    const { reports: kept, messages } = await everything();
    expect(kept).toMatchObject([{ provider_code: 'odd', provider_at: null }]);
    expect(messages.find(({ id }) => id === 'message-1')).toMatchObject({
      ...{ state: 'delivered', parts: null, price: null, cost: 80_000, cost_is_estimated: 1 },
    });
  });

  test('of a message whose code was typed in make it delivered, and never undelivered', async () => {
    await store.db.updateTable('messages').set({ verified_at: start }).where('id', '=', 'message-1').execute();
    const say = (state: 'delivered' | 'undelivered') => ({ messageId: 'message-1', state, providerCode: state });
    expect(await apply([say('undelivered')])).toEqual([false]);
    const stateOf = async () => (await everything()).messages.find(({ id }) => id === 'message-1')?.state;
    expect(await stateOf()).toBe('accepted');
    expect(await apply([say('undelivered'), say('delivered')])).toEqual([false, true]);
    expect(await stateOf()).toBe('delivered');
    expect((await everything()).reports).toHaveLength(2);
  });

  test('hold whatever a provider says', async () => {
    const words = 'half a pair \ud83d, a \u0000 and "quotes"';
    const odd = { ...{ providerCode: words, providerMessage: words, meaning: words, providerMessageId: words } };
    const given = { messageId: 'message-1', state: 'undelivered' as const, ...odd };
    expect(await apply([given, { messageId: 'message-2', state: 'sent' }])).toEqual([true, true]);
    const { reports: kept, messages } = await everything();
    expect(kept.map(({ provider_message }) => provider_message)).toEqual([
      'half a pair \ufffd, a   and "quotes"',
      null,
    ]);
    expect(JSON.parse(messages.find(({ id }) => id === 'message-1')?.error ?? '')).toMatchObject({
      providerMessage: 'half a pair \ufffd, a   and "quotes"',
    });
  });
});
