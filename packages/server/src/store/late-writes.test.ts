import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { messageRow } from '../../../../test/setup/message-row.ts';
import { databases, newMigratedLocation } from '../../../../test/setup/stores.ts';
import { checkCode } from './checks.ts';
import { settleAbandonedMessages, settleMessage } from './messages.ts';
import { beginSend } from './sends.ts';
import { atOnce } from './slices.ts';
import { openStore, type Store } from './store.ts';
import type { MessagesTable } from './tables/messages.ts';

const start = 1_800_000_000_000;
const recipient = '+8613800138000';

describe.each(databases)('writes that nobody waits for, on %s', (database) => {
  let place: Awaited<ReturnType<typeof newMigratedLocation>>;
  let store: Store;
  beforeEach(async () => {
    place = await newMigratedLocation(database);
    store = await openStore(place.location);
  });
  afterEach(async () => {
    await store.close();
    await place.remove();
  });

  const setting = (name: string) =>
    store.db.insertInto('settings').values({ name, value: '{}', updated_at: 1 }).returning('name').compile();
  const select = () => store.db.selectFrom('settings').select('name').orderBy('name');
  /** What is written, without writing what waits. */
  const written = async () => (await store.run(select().compile())).map(({ name }) => name);
  const seen = async () => (await select().execute()).map(({ name }) => name);

  test('are written on their own after a moment', async () => {
    // A machine that is slow is there in time to see that it waits.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const late = store.eventually(setting('late'), ['late']);
    expect(await written()).toEqual([]);
    // Not as long as a statement may take, which is less than an idle connection stays.
    await vi.advanceTimersByTimeAsync(1_000);
    vi.useRealTimers();
    await late;
    expect(await written()).toEqual(['late']);
  });

  test('go before the next write of the same process, and with it', async () => {
    const late = store.eventually(setting('a'), ['a']);
    const [rows] = await store.atomically(
      [
        sql<{ name: string }>`insert into settings (name, value, updated_at)
        select 'b', value, 2 from settings where name = 'a' returning name`.compile(store.db),
      ],
      ['a'],
    );
    expect(rows).toEqual([{ name: 'b' }]);
    await late;
    expect(await written()).toEqual(['a', 'b']);
  });

  test('are seen by whatever reads in the same process', async () => {
    void store.eventually(setting('late'), ['late']);
    expect(await seen()).toEqual(['late']);
  });

  test('are written when the store is closed', async () => {
    void store.eventually(setting('late'), ['late']);
    await store.close();
    store = await openStore(place.location);
    expect(await written()).toEqual(['late']);
  });

  test('fail alone', async () => {
    await store.atomically([setting('twice')]);
    const outcomes = await Promise.allSettled([
      store.eventually(setting('a'), ['a']),
      store.eventually(setting('twice'), ['twice']),
      store.eventually(setting('b'), ['b']),
      store.atomically([setting('c')], ['c']),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
    expect(await seen()).toEqual(['a', 'b', 'c', 'twice']);
  });

  describe('what became of a message', () => {
    const send = async () => {
      const message = newMessage();
      await beginSend(store, { message, code: { flow: 'f', digest: 'right', expiresAt: start + 600_000 }, limits: [] });
      return message;
    };
    const settle = (message: MessagesTable) =>
      settleMessage(store, message, { state: 'accepted', providerMessageId: 'p' }, start + 1);
    const messages = () => store.db.selectFrom('messages').select(['state', 'verified_at']).execute();

    test('does not undo that its code was right', async () => {
      const settled = settle(await send());
      const check = { id: randomUUID(), flow: 'f', recipient, counter: 'back-end', digest: 'right' } as const;
      expect(await checkCode(store, { ...check, maxTries: 3, now: start + 2 })).toMatchObject({ outcome: 'right' });
      await settled;
      expect(await messages()).toEqual([{ state: 'accepted', verified_at: start + 2 }]);
    });

    test.each(['before', 'after'])('leaves a delivery report that was written %s it', async (order) => {
      const message = await send();
      const report = () =>
        store.atomically([
          store.db.updateTable('messages').set({ state: 'delivered' }).where('id', '=', message.id).compile(),
        ]);
      if (order === 'before') await report();
      const settled = settle(message);
      if (order === 'after') await report();
      await settled;
      expect(await messages()).toEqual([{ state: 'delivered', verified_at: null }]);
    });

    test('is known after all where another process took the message for lost', async () => {
      const message = await send();
      const other = await openStore(place.location);
      await settleAbandonedMessages(other, { createdBefore: start + 1, now: start + 2 }, atOnce);
      await other.close();
      expect(await messages()).toEqual([{ state: 'unclear', verified_at: null }]);
      await settle(message);
      expect(await messages()).toEqual([{ state: 'accepted', verified_at: null }]);
    });
  });
});

const newMessage = () => messageRow({ recipient, state: 'sending', created_at: start });
