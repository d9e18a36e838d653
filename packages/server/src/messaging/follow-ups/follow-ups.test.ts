import { ConnectorError } from '@sesame/connector-kit';
import { expect, test } from 'vitest';
import { platform } from '../../../../../test/setup/platform.ts';
import { newStore } from '../../../../../test/setup/stores.ts';
import type { Store } from '../../store/store.ts';
import { createFollowUps } from './follow-ups.ts';

const minute = 60_000;
const hour = 60 * minute;

/** Messages that the provider took, and whose codes were typed in after ten seconds. @returns their ids */
async function insertVerified(store: Store, at: number, count: number): Promise<string[]> {
  const ids = Array.from({ length: count }, (_, index) => `message-${at}-${String(index).padStart(2, '0')}`);
  const sent = ids.map((id, index) => ({
    ...{ id, recipient: '+14155550100', country: 'US', usage_type: 'SignIn', locale: null, error: null },
    ...{ factory_id: 'mine', connector_id: 'c1', state: 'accepted' as const, provider_message_id: id },
    ...{ created_at: at + index, updated_at: at, verified_at: at + 10_000 },
  }));
  await store.db.insertInto('messages').values(sent).execute();
  return ids;
}

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
  const ids = await insertVerified(store, now, 30);
  now += 6 * minute;
  await processes[0]?.turn();
  expect(told.length).toBeLessThan(ids.length);
  for (let turns = 0; turns < 10; turns += 1) for (const one of processes) await one.turn();
  expect(told.toSorted()).toEqual(ids);
  await store.close();
});

test('what a provider is to be told waits while it is away, for a day, and what it refuses holds up nothing', async () => {
  const store = await newStore('SQLite');
  let now = Date.UTC(2026, 0, 31);
  const told: string[] = [];
  const failures: string[] = [];
  /** What the provider says of a message; nothing where it takes it. */
  let answer: (id: string) => ConnectorError | undefined = () => undefined;
  const afterwards = () => ({
    async tellVerified({ messageId }: { messageId: string }) {
      const refusal = answer(messageId);
      if (refusal) throw refusal;
      told.push(messageId);
    },
  });
  const live = { row: { id: 'c1' }, factory: { metadata: { id: 'mine' }, afterwards }, config: {} };
  const followUps = createFollowUps({
    store,
    platform: { ...platform, now: () => now, sleep: async () => {} },
    connectors: { live: async () => live, find: async () => live } as never,
    take: async () => {},
    onFailure: (_, __, error) => void failures.push((error as Error).message),
  });
  const goOn = async (milliseconds: number, every: number) => {
    for (const end = now + milliseconds; now < end; now += every) await followUps.turn();
  };
  await followUps.turn();
  const first = await insertVerified(store, now, 10);
  const away = new ConnectorError({ kind: 'unclear', message: 'No answer.' });
  answer = () => away;
  await goOn(5 * hour, 10 * minute);
  expect(told).toEqual([]);
  expect(new Set(failures)).toEqual(new Set(['No answer.']));
  answer = () => undefined;
  await goOn(2 * minute, minute);
  expect(told.toSorted()).toEqual(first);

  // One that is refused is left, one that fails is tried again while others are taken.
  told.length = 0;
  const second = await insertVerified(store, now, 6);
  const tries = new Map<string, number>();
  answer = (id) => {
    const times = (tries.get(id) ?? 0) + 1;
    tries.set(id, times);
    if (id === second[0]) return new ConnectorError({ kind: 'configuration', message: 'Unknown.', status: 404 });
    if (id === second[1] && times === 1) return new ConnectorError({ kind: 'unclear', message: 'Oops.', status: 503 });
    return undefined;
  };
  await goOn(8 * minute, minute);
  expect(told.toSorted()).toEqual(second.slice(1));
  expect([tries.get(second[0] ?? ''), tries.get(second[1] ?? '')]).toEqual([1, 2]);

  // Nothing is left without a word.
  failures.length = 0;
  await insertVerified(store, now, 1);
  answer = () => away;
  await goOn(26 * hour, hour);
  expect(failures.at(-1)).toMatch(/left out/);
  failures.length = 0;
  await goOn(hour, 10 * minute);
  expect(failures).toEqual([]);
  await store.close();
});
