import { expect, test } from 'vitest';
import { platform } from '../../../../../test/setup/platform.ts';
import { newStore } from '../../../../../test/setup/stores.ts';
import { createFollowUps } from './follow-ups.ts';

const minute = 60_000;

test('a slow provider is told of each message once, by two processes in turns', async () => {
  const store = await newStore('SQLite');
  let now = Date.UTC(2026, 0, 31);
  const told: string[] = [];
  const processes = [0, 1].map((index) => {
    const afterwards = () => ({
      async tellVerified({ messageId }: { messageId: string }) {
        told.push(messageId);
        now += minute / 2;
        // Meanwhile the other one looks, too.
        if (index === 0) await processes[1]?.turn();
      },
    });
    const live = { row: { id: 'c1' }, factory: { metadata: { id: 'mine' }, afterwards }, config: {} };
    return createFollowUps({
      store,
      platform: { ...platform, now: () => now, sleep: async () => {} },
      connectors: { live: async () => live, find: async () => live } as never,
      take: async () => {},
      onFailure: (_, what, error) => expect.fail(`${what}: ${error}`),
    });
  });
  await processes[0]?.turn();
  const ids = Array.from({ length: 30 }, (_, index) => `message-${String(index).padStart(2, '0')}`);
  const sent = ids.map((id, index) => ({
    ...{ id, recipient: '+14155550100', country: 'US', usage_type: 'SignIn', locale: null, error: null },
    ...{ factory_id: 'mine', connector_id: 'c1', state: 'accepted' as const, provider_message_id: id },
    ...{ created_at: now + index, updated_at: now, verified_at: now + 10_000 },
  }));
  await store.db.insertInto('messages').values(sent).execute();
  now += 6 * minute;
  await processes[0]?.turn();
  expect(told.length).toBeLessThan(ids.length);
  for (let turns = 0; turns < 10; turns += 1) for (const one of processes) await one.turn();
  expect(told.toSorted()).toEqual(ids);
  await store.close();
});
