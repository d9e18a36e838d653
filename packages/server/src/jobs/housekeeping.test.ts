import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { messageRow } from '../../../../test/setup/message-row.ts';
import { type Database, databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import type { MessagesTable } from '../store/tables/messages.ts';
import { keepHouse, slicePace, startHousekeeping } from './housekeeping.ts';

const day = 86_400_000;
const now = 1_800_000_000_000;
const signingKeys = { rotateWhenOlderThan: async () => {} };

describe.each(databases)('housekeeping on %s', (database: Database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
  });
  afterEach(() => store.close());

  const message = (id: string, changes: Partial<MessagesTable> = {}): MessagesTable =>
    messageRow({ id, created_at: now - 91 * day, updated_at: now, ...changes });
  async function insert(count: number, changes: Partial<MessagesTable> = {}): Promise<void> {
    const rows = Array.from({ length: count }, (_, index) => message(`m${index}`, changes));
    for (let from = 0; from < count; from += 500) {
      await store.db
        .insertInto('messages')
        .values(rows.slice(from, from + 500))
        .execute();
    }
  }
  const count = async (state?: 'unclear') => {
    const rows = await store.db.selectFrom('messages').select('state').execute();
    return rows.filter((row) => state === undefined || row.state === state).length;
  };

  /** Keeps house, and lets `between` do something in each pause. */
  function keepHouseWith(between: () => Promise<void>, isStopped?: () => boolean): Promise<void> {
    const deps = { store, signingKeys, messageRetentionDays: 90 };
    return keepHouse({ ...deps, platform: { ...platform, now: () => now, sleep: between } }, isStopped);
  }

  test.each([
    ['deletes what has had its time', {}, () => count()],
    [
      'settles what a crash left in flight',
      { state: 'sending', created_at: now - day } as const,
      async () => (await count()) - (await count('unclear')),
    ],
  ])('%s in slices, and others write in between', async (_, changes, left) => {
    const slices = 5;
    await insert(slices * slicePace.rows + 1, changes);
    const seen: number[] = [];
    await keepHouseWith(async () => {
      seen.push(await left());
      await store.db
        .insertInto('settings')
        .values({ name: `between ${seen.length}`, value: '{}', updated_at: now })
        .execute();
    });
    const expected = Array.from({ length: slices }, (__, index) => (slices - index - 1) * slicePace.rows + 1);
    expect(seen).toEqual(expected);
    expect(await left()).toBe(0);
    const written = await store.db.selectFrom('settings').select('name').where('name', 'like', 'between %').execute();
    expect(written).toHaveLength(slices);
  });

  test('ends with the slice under way when the server stops', async () => {
    await insert(3 * slicePace.rows);
    let isStopped = false;
    await keepHouseWith(
      async () => {
        isStopped = true;
      },
      () => isStopped,
    );
    expect(await count()).toBe(2 * slicePace.rows);
  });

  test('a start does not wait for it, and a stop for one slice at most', async () => {
    await insert(3 * slicePace.rows);
    const paused = Promise.withResolvers<void>();
    const pauses: (() => void)[] = [];
    const sleep = () =>
      new Promise<void>((resolve) => {
        pauses.push(resolve);
        paused.resolve();
      });
    const stop = startHousekeeping({
      store,
      signingKeys,
      platform: { ...platform, now: () => now, sleep },
      messageRetentionDays: 90,
      isKeyOfDatabase: async () => true,
      onOtherKey: () => expect.fail('It is its own key.'),
      onError: (error) => paused.reject(error),
    });
    expect(pauses).toEqual([]);
    await paused.promise;
    const stopped = stop();
    for (const goOn of pauses) goOn();
    await stopped;
    expect(await count()).toBe(2 * slicePace.rows);
  });

  test('goes on, and lets a stop be, while figures that somebody has to look after are not to be had', async () => {
    await insert(1);
    const errors: unknown[] = [];
    const watches = [() => Promise.reject(new Error('too broad')), () => new Promise<void>(() => {})];
    for (const watch of watches) {
      const stop = startHousekeeping({
        ...{ store, signingKeys, watch, messageRetentionDays: 90 },
        platform: { ...platform, now: () => now, sleep: async () => {} },
        isKeyOfDatabase: async () => true,
        onOtherKey: () => expect.fail('It is its own key.'),
        onError: (error) => errors.push(error),
      });
      await expect.poll(() => count(), { timeout: 60_000 }).toBe(0);
      await stop();
      await insert(1);
    }
    expect(errors).toEqual([new Error('too broad')]);
  });

  test('leaves a database alone that was given another secret key, and says so', async () => {
    await insert(1);
    const told = Promise.withResolvers<void>();
    const stop = startHousekeeping({
      store,
      signingKeys,
      platform: { ...platform, now: () => now },
      messageRetentionDays: 90,
      isKeyOfDatabase: async () => false,
      onOtherKey: told.resolve,
      onError: told.reject,
    });
    await told.promise;
    await stop();
    expect(await count()).toBe(1);
  });

  test('takes what goes before the rows that it belongs to from the oldest of these, and those after it', async () => {
    const [rows, over] = [250, now - 1000 * day];
    const ids = Array.from({ length: rows }, (_, index) => `id${index}`);
    const attack = { country: 'CN', began_at: over, last_at: over, refused: 1, failed_checks: 0, recorded: 0 };
    const model = { payload: '{}', grant_id: null, user_code: null, account_id: null };
    await store.db
      .insertInto('guard_attacks')
      .values(ids.map((id) => ({ id, ...attack })))
      .execute();
    await store.db
      .insertInto('guard_attack_parts')
      .values(ids.map((id) => ({ attack_id: id, kind: 'network' as const, name: '192.0.2.1', stopped: 1 })))
      .execute();
    const ended = ids.map((id) => ({ ...model, model: 'Session', id, uid: id, consumed_at: over, expires_at: over }));
    // What a request under way has made of a session that was ended, and is void as long as that is known.
    const made = ids.map((id) => ({
      ...model,
      model: 'Grant',
      id,
      uid: id,
      consumed_at: null,
      expires_at: now + day,
    }));
    for (const models of [ended, made]) await store.db.insertInto('oidc_models').values(models).execute();
    const left = async (table: 'guard_attacks' | 'guard_attack_parts' | 'oidc_models') =>
      (await store.db.selectFrom(table).selectAll().execute()).length;
    for (const expected of [50, 0]) {
      await keepHouseWith(async () => {});
      expect(await left('guard_attack_parts')).toBe(expected);
      expect(await left('guard_attacks')).toBe(expected);
      expect(await left('oidc_models')).toBe(2 * expected);
    }
  });

  test('leaves everything that still counts, and takes every table', async () => {
    const both = [now - 1000 * day, now + 1000 * day];
    for (const [index, at] of both.entries()) {
      const id = String(index);
      await store.db
        .insertInto('messages')
        .values(message(id, { created_at: at }))
        .execute();
      const code = { flow: id, recipient: '+1', digest: '', message_id: '', tries: 0, created_at: at, expires_at: at };
      await store.db
        .insertInto('verification_codes')
        .values({ ...code, used_at: null, last_check_id: null })
        .execute();
      const failure = { recipient: id, counter: 'all', failures: 1, blocked_until: 0 };
      await store.db
        .insertInto('verification_failures')
        .values({ ...failure, last_check_id: '', updated_at: at })
        .execute();
      const limit = { key: id, window_started_at: at, sends: 1, max_sends: 1, window_ms: 1, last_send_id: '' };
      await store.db.insertInto('send_limits').values(limit).execute();
      const attempt = { key: id, window_started_at: at, attempts: 1, last_attempt_id: '' };
      await store.db.insertInto('sign_in_attempts').values(attempt).execute();
      const nobody = { user_id: null, username: null, password_digest: null };
      const nothing = { ...nobody, verification_id: null, phone_verification_id: null };
      const flow = {
        id,
        event: 'SignIn' as const,
        key_digest: '',
        submitted_at: null,
        trusts_device: 0,
        ...nothing,
        created_at: at,
        expires_at: at,
      };
      await store.db.insertInto('sign_in_flows').values(flow).execute();
      const proof = {
        id,
        subject: '',
        usage_type: '',
        phone: null,
        ...nobody,
        created_at: at,
        verified_at: null,
        is_untyped: 0,
      };
      await store.db.insertInto('verifications').values(proof).execute();
      const model = { model: 'Session', id, payload: '{}', grant_id: null, uid: null, account_id: null };
      await store.db
        .insertInto('oidc_models')
        .values({ ...model, user_code: null, consumed_at: null, expires_at: at })
        .execute();
      const actor = { actor_type: 'application' as const, actor_id: '', actor_name: '' };
      const entry = { id, at, times: 1, ...actor, action: '', subject_type: '', subject_id: null, details: '{}' };
      await store.db.insertInto('audit_log').values(entry).execute();
      const hour = Math.floor(at / (day / 24));
      const sum = { hour, factory_id: '', country: '', usage_type: '' };
      const progress = { requested: 1, sent: 1, delivered: 1, verified: 1 };
      await store.db
        .insertInto('message_figures')
        .values({ ...sum, ...progress })
        .execute();
      const why = { state: 'failed' as const, code: '', kind: '', provider_code: '', message: '', messages: 1 };
      await store.db
        .insertInto('failure_figures')
        .values({ ...sum, ...why })
        .execute();
      await store.db.insertInto('activity_figures').values({ hour, previous_hour: 0, users: 1 }).execute();
    }
    await keepHouseWith(async () => {});
    for (const table of [
      'messages',
      'verification_codes',
      'verification_failures',
      'send_limits',
      'sign_in_attempts',
      'sign_in_flows',
      'verifications',
      'oidc_models',
      'audit_log',
      'message_figures',
      'failure_figures',
      'activity_figures',
    ] as const) {
      expect(await store.db.selectFrom(table).selectAll().execute(), table).toHaveLength(1);
    }
  });
});
