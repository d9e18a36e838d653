import { errors } from 'oidc-provider';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import { deleteExpired } from '../store/expired.ts';
import { createHeld } from '../store/held.ts';
import type { Store } from '../store/store.ts';
import { createAdapterFactory } from './adapter.ts';
import { TooManyRequests } from './admission.ts';
import { maxTokensPerHour } from './grant-limit.ts';

type Granted = Record<string, unknown>;
const slices = { rows: 10, turn: async () => true };

describe.each(databases)('oidc-provider’s records on %s', (database) => {
  let store: Store;
  let now: number;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_500;
  });
  afterEach(() => store.close());

  const clock = { ...platform, now: () => now };
  const adapterOf = (model: string) =>
    createAdapterFactory({
      store,
      platform: clock,
      held: createHeld({ store, platform: clock }),
      publicUrl: 'https://id.example.com',
      admit: async () => {},
      refreshTokens: { name: (random: string) => random, grantOf: () => undefined },
    })(model);

  test('finds by id, by uid and by user code, within its model', async () => {
    const sessions = adapterOf('Session');
    const payload = { uid: 'u', userCode: 'c', accountId: 'somebody' };
    await sessions.upsert('s', payload, 60);
    const seen = { ...payload, lastSeenAt: now };
    expect(await sessions.find('s')).toEqual({ ...seen, jti: 's' });
    expect(await sessions.findByUid('u')).toEqual(seen);
    expect(await sessions.findByUserCode('c')).toEqual(seen);
    expect(await sessions.find('\0')).toBeUndefined();
    expect(await sessions.find('other')).toBeUndefined();
    expect(await adapterOf('Grant').find('s')).toBeUndefined();
  });

  test('a second upsert replaces the payload and the expiry', async () => {
    const interactions = adapterOf('Interaction');
    await interactions.upsert('i', { uid: 'u', grantId: 'one' }, 60);
    await interactions.upsert('i', { uid: 'v', grantId: 'other' }, 120);
    expect(await interactions.find('i')).toEqual({ uid: 'v', grantId: 'other' });
    expect(await interactions.findByUid('u')).toBeUndefined();
    await deleteExpired(store, { now: now + 119_000, messagesMs: null }, slices);
    expect(await interactions.find('i')).toBeDefined();
    await deleteExpired(store, { now: now + 121_000, messagesMs: null }, slices);
    expect(await interactions.find('i')).toBeUndefined();
  });

  test('a record without a lifetime does not expire', async () => {
    await adapterOf('Grant').upsert('g', {});
    await deleteExpired(store, { now: Number.MAX_SAFE_INTEGER, messagesMs: null }, slices);
    expect(await adapterOf('Grant').find('g')).toEqual({});
  });

  // Counted in the process, whatever the database.
  const limited = database === 'SQLite' ? ['RefreshToken', 'AccessToken'] : [];
  test.each(limited)('a grant makes so many of %s an hour, others as many', async (model) => {
    const tokens = adapterOf(model);
    for (let count = 0; count < maxTokensPerHour; count += 1) await tokens.upsert(`${count}`, { grantId: 'g' }, 60);
    const error = await tokens.upsert('one more', { grantId: 'g' }, 60).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(TooManyRequests);
    expect(error).toMatchObject({ status: 429, retryAfterSeconds: 3600 });
    await tokens.upsert('of another', { grantId: 'h' }, 60);
    now += 3_600_000;
    await tokens.upsert('an hour later', { grantId: 'g' }, 60);
    expect(await tokens.find('one more')).toBeUndefined();
    expect(await tokens.find('an hour later')).toBeDefined();
  });

  /** As often as it says, the record that is there as `<name>-0`, each a minute later. */
  async function repeat(name: string, times: number): Promise<void> {
    const record = store.db.selectFrom('oidc_models').selectAll().where('id', '=', `${name}-0`);
    const first = await record.executeTakeFirstOrThrow();
    const later = (at: number | null, minutes: number) => at && at + minutes * 60_000;
    const records = Array.from({ length: times - 1 }, (_, index) => ({
      ...first,
      id: `${name}-${index + 1}`,
      consumed_at: later(first.consumed_at, index + 1),
      expires_at: later(first.expires_at, index + 1),
    }));
    await store.db.insertInto('oidc_models').values(records).execute();
    now += (times - 1) * 60_000;
  }

  test('a grant remembers the refresh tokens that were used last, and those that were not', async () => {
    const tokens = adapterOf('RefreshToken');
    await tokens.upsert('unused', { grantId: 'g' }, 86_400_000);
    await tokens.upsert('of another', { grantId: 'h' }, 86_400_000);
    await tokens.consume('of another');
    await tokens.upsert('used-0', { grantId: 'g' }, 86_400_000);
    await tokens.consume('used-0');
    await repeat('used', 404);
    for (let count = 404; count < 410; count += 1) {
      now += 60_000;
      await tokens.upsert(`used-${count}`, { grantId: 'g' }, 86_400_000);
      await tokens.consume(`used-${count}`);
    }
    const rows = await store.db.selectFrom('oidc_models').select('id').where('grant_id', '=', 'g').execute();
    expect(rows).toHaveLength(1 + 401 + 1);
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['unused', 'used-409', 'used-100']));
    expect(await tokens.find('used-5')).toBeUndefined();
    expect(await tokens.find('of another')).toBeDefined();
  });

  test('an access token was made by the clock that sign-ins are ended by, whatever oidc-provider takes it for', async () => {
    const tokens = adapterOf('AccessToken');
    await tokens.upsert('token', { grantId: 'g', iat: 5 }, 60);
    expect(await tokens.find('token')).toEqual({ grantId: 'g', iat: Math.floor(now / 1000) });
  });

  test('a grant keeps so many unused refresh tokens, those that were made last', async () => {
    const tokens = adapterOf('RefreshToken');
    await tokens.upsert('of another', { grantId: 'h' }, 86_400_000);
    await tokens.upsert('fork-0', { grantId: 'g' }, 86_400_000);
    await repeat('fork', 404);
    for (let count = 404; count < 410; count += 1) {
      now += 60_000;
      await tokens.upsert(`fork-${count}`, { grantId: 'g' }, 86_400_000);
    }
    const rows = await store.db.selectFrom('oidc_models').select('id').where('grant_id', '=', 'g').execute();
    expect(rows).toHaveLength(400 + 1);
    expect(rows.map(({ id }) => id)).toEqual(expect.arrayContaining(['fork-409', 'fork-9']));
    expect(await tokens.find('of another')).toBeDefined();
  });

  test('one of many at once consumes a code, and it stays consumed', async () => {
    const codes = adapterOf('AuthorizationCode');
    await codes.upsert('code', { grantId: 'g' }, 60);
    const outcomes = await Promise.allSettled(Array.from({ length: 20 }, () => codes.consume('code')));
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toBeInstanceOf(errors.InvalidGrant);
    }
    now += 10_000;
    expect(await codes.find('code')).toEqual({ grantId: 'g', consumed: 1_800_000_000 });
    await codes.upsert('code', { grantId: 'g' }, 60);
    expect(await codes.find('code')).toEqual({ grantId: 'g', consumed: 1_800_000_000 });
  });

  test('revoking a grant takes the records of the model that came from it, and no others', async () => {
    const tokens = adapterOf('RefreshToken');
    await Promise.all([
      tokens.upsert('a', { grantId: 'g' }, 60),
      tokens.upsert('b', { grantId: 'g' }, 60),
      tokens.upsert('c', { grantId: 'h' }, 60),
      adapterOf('Interaction').upsert('i', { grantId: 'g' }, 60),
    ]);
    await tokens.revokeByGrantId('g');
    expect(await Promise.all(['a', 'b', 'c'].map((id) => tokens.find(id)))).toEqual([
      undefined,
      undefined,
      { grantId: 'h' },
    ]);
    expect(await adapterOf('Interaction').find('i')).toBeDefined();
  });

  test('what several requests add to one grant at once is all in it, for as long as one of them lasts', async () => {
    const grants = adapterOf('Grant');
    const exp = (seconds: number) => Math.floor(now / 1000) + seconds;
    const [one, other] = ['https://one.example', 'https://other.example'] as const;
    const asked = [
      { exp: exp(120), openid: { scope: 'openid offline_access', claims: ['name'] } },
      { exp: exp(60), openid: { scope: 'openid phone' }, resources: { [one]: 'read' } },
      { exp: exp(60), openid: { scope: 'openid' }, resources: { [one]: 'write', [other]: 'read' } },
    ];
    await Promise.all(asked.map((payload) => grants.upsert('g', payload, payload.exp - exp(0))));
    const { openid, resources, ...grant } = (await grants.find('g')) as Record<'openid' | 'resources', Granted>;
    const words = (text: unknown) => String(text).split(' ').toSorted();
    expect(words(openid.scope)).toEqual(['offline_access', 'openid', 'phone']);
    expect(openid.claims).toEqual(['name']);
    expect([words(resources[one]), resources[other]]).toEqual([['read', 'write'], 'read']);
    expect(grant).toEqual({ exp: exp(120) });
    await deleteExpired(store, { now: now + 119_000, messagesMs: null }, slices);
    expect(await grants.find('g')).toBeDefined();
  });

  test('destroys one record', async () => {
    const grants = adapterOf('Grant');
    await Promise.all([grants.upsert('a', {}, 60), grants.upsert('b', {}, 60)]);
    await grants.destroy('a');
    expect([await grants.find('a'), await grants.find('b')]).toEqual([undefined, {}]);
  });
});
