import type { ProviderFetch } from '@sesame/connector-kit';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { platform as testPlatform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { createPasswords } from '../accounts/passwords.ts';
import { toUser } from '../accounts/user-record.ts';
import { createUsers } from '../accounts/users.ts';
import { createDevices } from '../protection/devices.ts';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import { deleteExpired } from '../store/expired.ts';
import { createHeld } from '../store/held.ts';
import { deleteHook } from '../store/hooks.ts';
import { countGivenUp, giveUpOldest } from '../store/outbox.ts';
import { requirement } from '../store/requirement.ts';
import { atOnce } from '../store/slices.ts';
import type { Store } from '../store/store.ts';
import { createDeliverer, maxAtOnce } from './deliverer.ts';
import type { HookEvent } from './events.ts';
import { createHooks, maxHooks } from './hooks.ts';
import { type ShowUser, signatureOf } from './payload.ts';
import { createTelling } from './telling.ts';

const secretKeys = deriveSecretKeys('the secret key of every test of webhooks');
const showUser: ShowUser = (row) => toUser({ ...row, password_digest: null });
const start = Date.UTC(2026, 10, 27);
const hour = 3_600_000;
const day = 24 * hour;
const config = { url: 'https://receiver.example/hook' };

/** What a receiver got. */
type Got = { url: string; headers: Record<string, string>; body: string; event: string };

describe.each(databases)('webhooks on %s', (database) => {
  let store: Store;
  let now: number;
  let got: Got[];
  /** What the receiver answers; a promise that stays open hangs. */
  let answer: (got: Got, signal: AbortSignal) => Promise<{ status: number; headers?: Record<string, string> }>;
  beforeEach(async () => {
    store = await newStore(database);
    now = start;
    got = [];
    answer = async () => ({ status: 200 });
  });
  afterEach(() => store.close());

  const platform = { ...testPlatform, now: () => now };
  const fetch: ProviderFetch = async (url, { headers, body = '', signal }) => {
    const { event } = JSON.parse(body) as { event: string };
    const one = { url: String(url), headers, body, event };
    got.push(one);
    const { status, headers: answered = {} } = await answer(one, signal);
    return { status, headers: { get: (name) => answered[name] ?? null }, body: null };
  };

  /** What one process has; another has the same of its own. */
  function newProcess() {
    const held = createHeld({ store, platform });
    const hooks = createHooks({
      store,
      platform,
      held,
      secretKeys,
      showUser,
      fetch,
      allowsPrivate: false,
      wake: () => {},
    });
    const deliverer = createDeliverer({ store, platform, fetch, showUser, switchedOn: hooks.switchedOn });
    const events = createTelling({ store, platform, isWanted: hooks.isWanted, wake: deliverer.wake });
    const devices = createDevices({ store, platform, secretKeys });
    const users = createUsers({ store, platform, passwords: createPasswords(platform), devices, events });
    return { hooks, deliverer, events, users };
  }
  const rows = () => store.db.selectFrom('hook_deliveries').selectAll().orderBy('created_at').orderBy('id').execute();
  const newHook = (process: ReturnType<typeof newProcess>, events: HookEvent[] = ['User.Created'], url = config.url) =>
    process.hooks.create({ events, config: { url } });

  test('are told of what happened, with the user as it was then, signed', async () => {
    const process = newProcess();
    const { users, deliverer } = process;
    const events = ['User.Created', 'User.Data.Updated', 'User.SuspensionStatus.Updated', 'User.Deleted'] as const;
    const { id: hookId, signingKey } = await newHook(process, [...events]);
    const { id } = await users.create({ username: 'ali', customData: { size: 3 } });
    now += 1;
    await users.update(id, { name: 'Ali' });
    now += 1;
    await users.setSuspended(id, true);
    now += 1;
    await users.delete(id);
    await deliverer.turn();
    expect(got.map(({ event }) => event).sort()).toEqual([...events].sort());
    const bodies = Object.fromEntries(got.map(({ event, body }) => [event, JSON.parse(body)]));
    expect(bodies['User.Created']).toMatchObject({
      hookId,
      createdAt: new Date(start).toISOString(),
      data: { id, username: 'ali', name: null, customData: { size: 3 }, isSuspended: false, createdAt: start },
    });
    expect(bodies['User.Data.Updated'].data).toMatchObject({ id, name: 'Ali', isSuspended: false });
    expect(bodies['User.SuspensionStatus.Updated'].data).toMatchObject({ id, isSuspended: true });
    expect(bodies['User.Deleted'].data).toMatchObject({ id, name: 'Ali', username: 'ali' });
    for (const { headers, body } of got) {
      expect(headers['logto-signature-sha-256']).toBe(signatureOf(signingKey, body));
      expect(headers['sesame-event-id']).toMatch(/^[\w-]{36}$/);
    }
    expect(new Set(got.map(({ headers }) => headers['sesame-event-id'])).size).toBe(4);
    await deliverer.turn();
    expect(got).toHaveLength(4);
  });

  test('that cannot be read are told of nothing, keep nobody from a change, and can be put right', async () => {
    const process = newProcess();
    const { id } = await newHook(process);
    await store.db.updateTable('hooks').set({ config: 'damaged', signing_key: 'damaged' }).execute();
    await process.users.create({ username: 'ali' });
    await process.deliverer.turn();
    expect(got).toEqual([]);
    expect(await process.hooks.get(id)).toMatchObject({ config: { url: '' }, signingKey: '', enabled: false });
    await process.hooks.update(id, { config });
    await process.hooks.replaceKey(id);
    await process.users.create({ username: 'cassim' });
    await process.deliverer.turn();
    expect(got).toHaveLength(1);
  });

  test('are no more than there may be, however many are made at once', async () => {
    const processes = [newProcess(), newProcess()];
    const made = await Promise.allSettled(
      Array.from({ length: maxHooks + 8 }, (_, index) => newHook(processes[index % 2] ?? expect.fail())),
    );
    expect(made.filter(({ status }) => status === 'fulfilled')).toHaveLength(maxHooks);
    expect(await processes[0]?.hooks.list()).toHaveLength(maxHooks);
  });

  test('that take nothing keep so many waiting: the oldest are failed, are told, and can be sent again', async () => {
    const process = newProcess();
    const { id: hookId } = await newHook(process);
    const other = await newHook(process);
    for (const username of ['ali', 'baba', 'cassim', 'duban', 'ebed']) {
      await process.users.create({ username });
      now += 1;
    }
    const slices = { rows: 2, turn: async () => true };
    const given = await Promise.all([1, 2].map(() => giveUpOldest(store, { hookId, now, max: 2 }, slices)));
    expect(given.reduce((sum, each) => sum + each)).toBe(3);
    expect(await giveUpOldest(store, { hookId, now, max: 2 }, slices)).toBe(0);
    const stateOf = async (id: string) => (await rows()).filter((row) => row.hook_id === id).map(({ state }) => state);
    expect(await stateOf(hookId)).toEqual(['failed', 'failed', 'failed', 'waiting', 'waiting']);
    expect(new Set(await stateOf(other.id))).toEqual(new Set(['waiting']));
    expect(await countGivenUp(store, hookId, now)).toEqual({ givenUp: 3, since: now });
    expect(await countGivenUp(store, other.id, now)).toEqual({ givenUp: 0, since: null });
    const [oldest] = (await process.hooks.deliveries(hookId, { state: 'failed' }, { limit: 1, offset: 2 })).deliveries;
    expect(oldest?.attempts).toMatchObject([{ status: null, error: expect.stringContaining('one of the oldest') }]);
    await process.hooks.sendAgain(hookId, oldest?.row.id ?? '');
    await process.deliverer.turn();
    expect(got.filter(({ body }) => JSON.parse(body).data.username === 'ali')).toHaveLength(2);
  });

  test.runIf(database === 'PostgreSQL')(
    'one that is taken on meanwhile is not given up, and none is without a word',
    async () => {
      const process = newProcess();
      const { id: hookId } = await newHook(process);
      for (const username of ['ali', 'baba', 'cassim']) {
        await process.users.create({ username });
        now += 1;
      }
      const { promise: taken, resolve: take } = Promise.withResolvers<number>();
      const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>();
      const taking = store.db.transaction().execute(async (transaction) => {
        const [oldest] = await rows();
        const changes = { lease: 'another', leased_until: now + hour };
        await transaction
          .updateTable('hook_deliveries')
          .set(changes)
          .where('id', '=', oldest?.id ?? '')
          .execute();
        const { rows: of } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(transaction);
        take(of[0]?.pid ?? 0);
        await mayEnd;
      });
      const pid = await taken;
      const givingUp = giveUpOldest(store, { hookId, now, max: 1 }, { rows: 2, turn: async () => true });
      const blocked = sql`select 1 from pg_stat_activity where ${pid} = any(pg_blocking_pids(pid))`;
      await expect.poll(async () => (await blocked.execute(store.db)).rows.length, { timeout: 60_000 }).toBe(1);
      end();
      await taking;
      expect(await givingUp).toBe(2);
      expect((await rows()).map(({ state }) => state)).toEqual(['waiting', 'failed', 'failed']);
      const attempts = await store.db.selectFrom('hook_attempts').select('delivery_id').execute();
      const failed = (await rows()).slice(1).map(({ id }) => id);
      expect(attempts.map(({ delivery_id }) => delivery_id).toSorted()).toEqual(failed.toSorted());
    },
  );

  test('that are switched off fail what has waited six days, and say so, rather than forget it after seven', async () => {
    const process = newProcess();
    const { id: hookId } = await newHook(process);
    await process.users.create({ username: 'ali' });
    await process.hooks.update(hookId, { enabled: false });
    now += 6 * day - 1;
    const keepHouse = async () => {
      const givenUp = await giveUpOldest(store, { hookId, now }, atOnce);
      await deleteExpired(store, { now, messagesMs: null });
      return givenUp;
    };
    expect(await keepHouse()).toBe(0);
    now += 2;
    expect(await keepHouse()).toBe(1);
    const { deliveries } = await process.hooks.deliveries(hookId, {}, { limit: 9, offset: 0 });
    expect(deliveries).toMatchObject([
      { row: { state: 'failed' }, attempts: [{ status: null, error: expect.stringContaining('6 days') }] },
    ]);
    expect(await countGivenUp(store, hookId, now)).toEqual({ givenUp: 1, since: now });
    await process.hooks.update(hookId, { enabled: true });
    await process.hooks.sendAgain(hookId, deliveries[0]?.row.id ?? '');
    await process.deliverer.turn();
    expect(got).toHaveLength(1);
  });

  test('are deleted with what they were told, a slice at a time, and others have their turns', async () => {
    const process = newProcess();
    const { id } = await newHook(process);
    const other = await newHook(process);
    for (const username of ['ali', 'baba', 'cassim']) await process.users.create({ username });
    await process.deliverer.turn();
    const left: number[] = [];
    const turn = async () => left.push((await rows()).filter(({ hook_id }) => hook_id === id).length) > 0;
    expect(await deleteHook(store, id, { rows: 2, turn })).toBe(true);
    expect(left[0]).toBe(1);
    expect((await rows()).map(({ hook_id }) => hook_id)).toEqual([other.id, other.id, other.id]);
    const attempts = await store.db.selectFrom('hook_attempts').select('hook_id').execute();
    expect(attempts.map(({ hook_id }) => hook_id)).toEqual([other.id, other.id, other.id]);
    expect(await deleteHook(store, id)).toBe(false);
  });

  test('cost nothing and are told nothing where nobody wants to hear of it', async () => {
    const process = newProcess();
    expect(await process.events.of({ event: 'User.Created' })).toEqual([]);
    await newHook(process, ['User.Deleted']);
    const off = await newHook(process);
    await process.hooks.update(off.id, { enabled: false });
    await process.users.create({ username: 'ali' });
    expect(await rows()).toEqual([]);
  });

  test('hear of nothing that was undone, and of no user whom nothing was changed of', async () => {
    const process = newProcess();
    const { users, events } = process;
    await newHook(process, ['User.Created', 'User.Data.Updated', 'User.Deleted']);
    const { id } = await users.create({ username: 'ali' });
    await store.db.deleteFrom('hook_deliveries').execute();
    const undo = requirement(store, sql`1 = 0`);
    await expect(
      store.atomically([...(await events.of({ event: 'User.Created', userId: id })), undo]),
    ).rejects.toThrow();
    await expect(users.create({ username: 'ali' })).rejects.toThrow();
    await expect(users.update('nobody', { name: 'x' })).rejects.toThrow();
    await expect(users.delete('nobody')).rejects.toThrow();
    now += 5;
    const seen = await users.get(id);
    await expect(
      users.changeIdentifiers({ ...seen, username: 'other' }, { username: 'b' }, { provenAt: now }),
    ).rejects.toThrow();
    expect(await rows()).toEqual([]);
    const deleted = await Promise.allSettled([users.delete(id), users.delete(id)]);
    expect(deleted.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect((await rows()).map(({ event }) => event)).toEqual(['User.Deleted']);
  });

  test('get what a crash left between the change and the request, and between the request and its record', async () => {
    const crashing = newProcess();
    await newHook(crashing);
    await crashing.users.create({ username: 'ali' });
    // Nobody was told before the crash.
    const second = newProcess();
    answer = () => new Promise(() => {});
    void second.deliverer.turn();
    await expect.poll(() => got.length).toBe(1);
    // It was told, and the crash came before that was written.
    answer = async () => ({ status: 200 });
    const third = newProcess();
    await third.deliverer.turn();
    expect(got).toHaveLength(1);
    now += 61_000;
    await third.deliverer.turn();
    expect(got).toHaveLength(2);
    expect(got[0]?.headers['sesame-event-id']).toBe(got[1]?.headers['sesame-event-id']);
    expect(got[0]?.body).toBe(got[1]?.body);
    expect((await rows()).map(({ state }) => state)).toEqual(['delivered']);
  });

  test('get each event once from two processes', async () => {
    const [one, other] = [newProcess(), newProcess()];
    await newHook(one);
    for (let index = 0; index < 30; index += 1) await one.users.create({ username: `user_${index}` });
    await Promise.all([one.deliverer.turn(), other.deliverer.turn(), one.deliverer.turn()]);
    await one.deliverer.turn();
    expect(got).toHaveLength(30);
    expect(new Set(got.map(({ body }) => body)).size).toBe(30);
  });

  test('that hang hold up nobody else, and have a few requests at a time', async () => {
    const process = newProcess();
    const slow = await newHook(process, ['User.Created'], 'https://slow.example');
    await newHook(process);
    for (let index = 0; index < 10; index += 1) await process.users.create({ username: `user_${index}` });
    answer = ({ url }, signal) =>
      url.startsWith('https://slow')
        ? new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
        : Promise.resolve({ status: 200 });
    process.deliverer.start();
    await expect.poll(() => got.filter(({ url }) => url === config.url).length).toBe(10);
    expect(got.filter(({ url }) => url !== config.url)).toHaveLength(maxAtOnce);
    // A stop leaves them to others at once, and counts no attempt.
    await process.deliverer.stop(0);
    const left = (await rows()).filter(({ hook_id }) => hook_id === slow.id);
    expect(left.map(({ state, tries, leased_until }) => [state, tries, leased_until])).toEqual(
      left.map(() => ['waiting', 0, 0]),
    );
    answer = async () => ({ status: 200 });
    await newProcess().deliverer.turn();
    expect((await rows()).every(({ state }) => state === 'delivered')).toBe(true);
    expect(got).toHaveLength(10 + maxAtOnce + 10);
  });

  test('are asked again for about a day, then no more until somebody says so', async () => {
    const process = newProcess();
    const { hooks, deliverer, users } = process;
    const { id: hookId } = await newHook(process);
    answer = async () => ({ status: 500 });
    await users.create({ username: 'ali' });
    const at: number[] = [];
    for (let turns = 0; turns < 40; turns += 1) {
      const before = got.length;
      await deliverer.turn();
      if (got.length > before) at.push(now - start);
      const [row] = await rows();
      if (row?.state !== 'waiting') break;
      now = row.next_at;
    }
    expect(at).toHaveLength(10);
    const [, second = 0, third = 0] = at;
    expect(second).toBeGreaterThanOrEqual(800);
    expect(second).toBeLessThanOrEqual(1_200);
    expect(third - second).toBeGreaterThanOrEqual(8_000);
    expect(at.at(-1)).toBeGreaterThan(18 * hour);
    expect(at.at(-1)).toBeLessThan(29 * hour);
    const { deliveries } = await hooks.deliveries(hookId, {}, { limit: 10, offset: 0 });
    expect(deliveries).toHaveLength(1);
    expect(deliveries[0]?.row.state).toBe('failed');
    expect(deliveries[0]?.attempts.map(({ status }) => status)).toEqual(Array(10).fill(500));
    answer = async () => ({ status: 204 });
    await deliverer.turn();
    expect(got).toHaveLength(10);
    await hooks.sendAgain(hookId, deliveries[0]?.row.id ?? '');
    await deliverer.turn();
    expect(got).toHaveLength(11);
    expect((await rows())[0]?.state).toBe('delivered');
  });

  test('say when to come back, and that they are gone', async () => {
    const process = newProcess();
    const { hooks, deliverer, users } = process;
    const { id } = await newHook(process);
    answer = async () => ({ status: 503, headers: { 'retry-after': '120' } });
    await users.create({ username: 'ali' });
    await deliverer.turn();
    expect((await rows())[0]?.next_at).toBe(now + 120_000);
    now += 120_000;
    answer = async () => ({ status: 410 });
    await deliverer.turn();
    expect((await rows())[0]?.state).toBe('failed');
    expect((await hooks.get(id)).enabled).toBe(false);
    await users.create({ username: 'badroulbadour' });
    await deliverer.turn();
    expect(got).toHaveLength(2);
  });

  test('are told once of what has a name, and forget it with the webhook', async () => {
    const process = newProcess();
    const { hooks, events, deliverer } = process;
    const { id } = await newHook(process, ['Message.RateLimited']);
    const told = { event: 'Message.RateLimited', data: { a: 1 }, once: 'x:1' } as const;
    await Promise.all([events.now(told), events.now(told), newProcess().events.now(told)]);
    await deliverer.turn();
    expect(got).toHaveLength(1);
    expect(got[0]?.headers['sesame-event-id']).toBe('Message.RateLimited:x:1');
    await hooks.delete(id);
    expect([await rows(), await store.db.selectFrom('hook_attempts').selectAll().execute()]).toEqual([[], []]);
  });
});

test('sign as Logto does', () => {
  const body = '{"event":"PostSignIn","hookId":"hook_1","createdAt":"2026-01-01T00:00:00.000Z"}';
  expect(signatureOf('signing-key', body)).toBe('79a3217035cd78288c6ea1856508014f4d45a8f4656bb68465ce110c7555662a');
});
