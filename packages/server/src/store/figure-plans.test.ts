import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plansOf } from '../../../../test/setup/plans.ts';
import { databases, newUnusedStore } from '../../../../test/setup/stores.ts';
import { activityFigures, countActiveUsers } from './activity-figures.ts';
import { lastThrough, listFailingMessages } from './failing-messages.ts';
import { countFailures, failureFigures } from './failure-figures.ts';
import type { Store } from './store.ts';
import { countNewUsers } from './user-figures.ts';
import { countVerification, messageFigures } from './verification-figures.ts';

const hour = 3_600_000;
const from = 500_000 * hour;
const range = { from, until: from + hour };

describe.each(databases)('figures on %s', (database) => {
  let store: Store;
  beforeAll(async () => {
    store = await newUnusedStore(database);
  });
  afterAll(() => store.close());

  test.each<[string, (store: Store) => Promise<unknown>, RegExp]>([
    ['how far messages came', (read) => countVerification(read, range), /messages_by_creation|message_figures/],
    ['the messages of an hour', (read) => messageFigures.count(read, range), /messages_by_creation/],
    ['why messages failed', (read) => countFailures(read, range), /messages_by_state|failure_figures/],
    ['the failures of an hour', (read) => failureFigures.count(read, range), /messages_by_state/],
    ['what fails now', (read) => listFailingMessages(read, { from, limit: 9 }), /messages_by_state/],
    [
      'what got to a country last',
      (read) => lastThrough(read, { connectorId: 'one', country: 'KE', usageType: 'SignIn', to: 'recipient', from }),
      /messages_by_creation/,
    ],
    ['new users', (read) => countNewUsers(read, range), /users_by_creation/],
    [
      'active users',
      (read) => countActiveUsers(read, [{ first: 500_000, end: 500_024 }]),
      /sign_ins_by_time_and_user|activity_figures/,
    ],
    ['the active users of an hour', (read) => activityFigures.count(read, range), /sign_ins_by_user/],
  ])('%s: counted along an index', async (_, read, index) => {
    for (const plan of await plansOf(store, read)) {
      expect(plan).toMatch(index);
      expect(plan).not.toMatch(/Seq Scan|SCAN (messages|users|sign_ins|sign_ins AS previous)$/m);
    }
  });
});
