import { type CompiledQuery, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { knownBrowser, newDevices, strangerFrom } from '../../../../test/setup/clients.ts';
import { planOf } from '../../../../test/setup/plans.ts';
import { platform as testPlatform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { ApiError } from '../errors.ts';
import type { Client } from '../protection/client.ts';
import type { Devices } from '../protection/devices.ts';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import { upsertOidcModel } from '../store/oidc-models.ts';
import { isUnmet } from '../store/requirement.ts';
import type { Store } from '../store/store.ts';
import { createNoticing } from './noticing.ts';
import { createPasswordAttempts, passwordWindowMs } from './password-attempts.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { createStandIns } from './stand-ins.ts';
import type { UserFields, UserIdentifier } from './user-record.ts';
import { createUsers, type Users } from './users.ts';

const client = strangerFrom('192.0.2.1');

let strangers = 0;
/** Each from a network of their own. */
function newStranger(): Client {
  strangers += 1;
  return strangerFrom(`10.${strangers >> 8}.${strangers & 255}.1`);
}

describe.each(databases)('users on %s', (database) => {
  let store: Store;
  let users: Users;
  let devices: Devices;
  let now: number;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    const platform = { ...testPlatform, now: () => now };
    devices = newDevices(store, platform);
    users = createUsers({ store, platform, passwords: createPasswords(platform), devices });
  });
  afterEach(() => store.close());

  test('what is written beside what a user gets is undone where what was proven counts no more', async () => {
    const { id } = await users.create({ username: 'ali' });
    const name = (value: string) => store.db.updateTable('users').set({ name: value }).where('id', '=', id).compile();
    await users.add(id, {}, { provenAt: now, alongside: [name('Ali')] });
    now += 1000;
    await users.setSuspended(id, true);
    await users.setSuspended(id, false);
    const late = users.add(id, {}, { provenAt: now - 1000, alongside: [name('a stranger')] });
    expect(await late.catch(isUnmet)).toBe(true);
    expect((await users.get(id)).name).toBe('Ali');
  });

  test('of two changes at the same moment that have seen the same user, one is made, and told', async () => {
    const platform = { ...testPlatform, now: () => now };
    const notices = createNoticing({ store, platform, isOn: async () => true, wake: () => {} });
    const told = createUsers({ store, platform, passwords: createPasswords(platform), devices, notices });
    const user = await told.create({ username: 'ali', primaryEmail: 'ali@example.com' });
    const names = ['cassim', 'morgiana'];
    const outcomes = await Promise.allSettled(names.map((username) => told.changeIdentifiers(user, { username }, {})));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await store.db.selectFrom('notices').select('change').execute()).toEqual([{ change: 'username-changed' }]);
    expect(await told.changeIdentifiers(await told.get(user.id), { primaryEmail: null }, {})).toMatchObject({
      primaryEmail: null,
    });
    expect(await store.db.selectFrom('notices').select('change').execute()).toHaveLength(2);
  });

  const refused = (code: string, data?: object) => expect.objectContaining({ code, ...(data && { data }) });
  const list = (search: string) =>
    users.list(
      {
        conditions: [{ field: undefined, mode: 'like', values: [search] }],
        joint: 'or',
        isCaseSensitive: false,
        findsPhones: true,
      },
      { limit: 50, offset: 0 },
    );
  const searchFor = async (search: string) => (await list(search)).users.map(({ username, name }) => username ?? name);

  test('shows a user without the digest of the password', async () => {
    const user = await users.create({
      primaryPhone: '86 138-0013-8000',
      username: 'ali',
      name: 'Ali Baba',
      password: 'open sesame',
      customData: { cave: 40 },
      profile: { locale: 'fa' },
    });
    expect(user).toEqual({
      id: expect.stringMatching(/^[0-9a-z]{12}$/),
      username: 'ali',
      primaryEmail: null,
      primaryPhone: '+8613800138000',
      name: 'Ali Baba',
      avatar: null,
      customData: { cave: 40 },
      identities: {},
      profile: { locale: 'fa' },
      lastSignInAt: null,
      createdAt: now,
      updatedAt: now,
      applicationId: null,
      cimdClientId: null,
      isSuspended: false,
      hasPassword: true,
    });
    expect(await users.get(user.id)).toEqual(user);
    expect(await users.find({ phone: '+86 13800138000' })).toEqual(user);
    expect(await users.find({ username: 'ali' })).toEqual(user);
  });

  test('finds nobody by what nobody has', async () => {
    await users.create({ username: 'ali' });
    expect(await users.find({ phone: '+8613800138001' })).toBeUndefined();
    expect(await users.find({ phone: 'not a number' })).toBeUndefined();
    expect(await users.find({ username: 'Ali' })).toBeUndefined();
    expect(await users.find({ username: 'a\0' })).toBeUndefined();
  });

  test.each([
    [{ primaryPhone: '12' }, 'primaryPhone'],
    [{ username: '1ali' }, 'username'],
    [{ username: 'a li' }, 'username'],
    [{ name: 'n'.repeat(129) }, 'name'],
    [{ name: 'zero\0' }, 'name'],
  ])('refuses %j by name', async (fields, path) => {
    await expect(users.create(fields)).rejects.toEqual(
      refused('guard.invalid_input', { issues: [expect.objectContaining({ path })] }),
    );
  });

  test('changes what is given and leaves the rest', async () => {
    const user = await users.create({ username: 'ali', name: 'Ali', primaryPhone: '+8613800138000' });
    now += 1000;
    expect(await users.update(user.id, { name: 'Ali Baba', customData: { a: 1 } })).toEqual({
      ...user,
      name: 'Ali Baba',
      customData: { a: 1 },
      updatedAt: now,
    });
    expect(await users.update(user.id, { primaryPhone: null, name: '' })).toMatchObject({
      username: 'ali',
      primaryPhone: null,
      name: null,
      customData: { a: 1 },
    });
  });

  test('keeps usernames and phone numbers to one user', async () => {
    const first = await users.create({ username: 'ali', primaryPhone: '+8613800138000' });
    const second = await users.create({ username: 'cassim' });
    await expect(users.create({ username: 'ali' })).rejects.toEqual(refused('user.username_already_in_use'));
    await expect(users.create({ primaryPhone: '8613800138000' })).rejects.toEqual(refused('user.phone_already_in_use'));
    await expect(users.update(second.id, { username: 'ali' })).rejects.toEqual(refused('user.username_already_in_use'));
    await expect(users.update(second.id, { primaryPhone: '+8613800138000' })).rejects.toEqual(
      refused('user.phone_already_in_use'),
    );
    await users.delete(first.id);
    expect(await users.update(second.id, { username: 'ali' })).toMatchObject({ username: 'ali' });
  });

  test('of fifty at once with one number, one wins', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => users.create({ primaryPhone: '+8613800138000' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refused('user.phone_already_in_use'));
    }
    expect((await users.list(undefined, { limit: 20, offset: 0 })).total).toBe(1);
  });

  test('sets a password, and finds the user by it alone', async () => {
    const { id } = await users.create({ username: 'ali', primaryPhone: '+8613800138000' });
    expect(await users.findByPassword({ username: 'ali' }, { password: 'open sesame', client })).toBeUndefined();
    expect(await users.setPassword(id, 'open sesame')).toMatchObject({ hasPassword: true });
    expect(await users.findByPassword({ username: 'ali' }, { password: 'open sesame', client })).toMatchObject({ id });
    expect(await users.findByPassword({ phone: '86 13800138000' }, { password: 'open sesame', client })).toMatchObject({
      id,
    });
    expect(await users.findByPassword({ username: 'ali' }, { password: 'open barley', client })).toBeUndefined();
    expect(await users.findByPassword({ username: 'nobody' }, { password: 'open sesame', client })).toBeUndefined();
    expect(await users.findByPassword({ phone: 'x' }, { password: 'open sesame', client })).toBeUndefined();
  });

  describe('guesses', () => {
    const password = 'open sesame';
    // What counts is how often a password is looked at, not what that costs.
    const quick: Passwords = {
      hash: async (typed) => typed,
      verify: async (digest, typed) => digest === typed,
      isCurrent: () => true,
    };
    beforeEach(() => {
      users = createUsers({ store, platform: { ...testPlatform, now: () => now }, passwords: quick, devices });
    });
    const wrong = (identifier: UserIdentifier, from: Client) =>
      users.findByPassword(identifier, { password: 'open barley', client: from });
    const limited = refused('request.sign_in_rate_limited');

    test('of one stranger lock strangers out, not the browsers of the owner', async () => {
      const { id } = await users.create({ username: 'ali', password });
      const owner = knownBrowser(devices, { type: 'user', id }, client.address);
      for (let index = 0; index < 20; index += 1) expect(await wrong({ username: 'ali' }, client)).toBeUndefined();
      const elsewhere = strangerFrom('198.51.100.1');
      await expect(users.findByPassword({ username: 'ali' }, { password, client: elsewhere })).rejects.toEqual(limited);
      expect(await users.findByPassword({ username: 'ali' }, { password, client: owner })).toMatchObject({ id });
    });

    test('at one account by several names count together, and nobody sees which names are of one', async () => {
      const [username, phone, email] = [
        { username: 'ali' },
        { phone: '+8613800138000' },
        { email: 'ali@example.com' },
      ] as const;
      const others = [{ username: 'baba' }, { phone: '+8613800138001' }, { email: 'baba@example.com' }] as const;
      const { id } = await users.create({
        ...{ username: 'ali', primaryPhone: phone.phone, primaryEmail: email.email, password },
      });
      const owner = knownBrowser(devices, { type: 'user', id }, client.address);
      const guess = (name: UserIdentifier, typed = password, from = strangerFrom('198.51.100.1')) =>
        users.findByPassword(name, { password: typed, client: from }).then(
          (user) => user?.id ?? 'wrong',
          ({ code }) => code,
        );
      expect(await guess(phone)).toBe(id);
      for (let index = 0; index < 10; index += 1) {
        for (const name of [username, phone]) expect(await guess(name, 'open barley')).toBe('wrong');
      }
      // The right one is told to be wrong, as at an account that is not there.
      expect(await Promise.all([username, phone, email].map((name) => guess(name)))).toEqual(Array(3).fill('wrong'));
      expect(await Promise.all(others.map((name) => guess(name)))).toEqual(Array(3).fill('wrong'));
      // The limit of a name shows at the same try, whether or not it is an account's.
      for (const name of [username, others[0]]) {
        for (let index = 0; index < 25; index += 1) await guess(name, 'open barley', strangerFrom('203.0.113.4'));
        expect(await guess(name)).toBe('request.sign_in_rate_limited');
      }
      expect(await guess(phone, password, owner)).toBe(id);
      now += passwordWindowMs + 60_000;
      expect(await guess(email)).toBe(id);
    });

    test('at the password of before say nothing of a new one', async () => {
      const { id } = await users.create({ username: 'ali', primaryPhone: '+8613800138000', password });
      for (let index = 0; index < 20; index += 1) await wrong({ username: 'ali' }, client);
      const inNewBrowser = (typed: string) =>
        users.findByPassword({ phone: '+8613800138000' }, { password: typed, client: strangerFrom('198.51.100.1') });
      expect(await inNewBrowser(password)).toBeUndefined();
      await users.setPassword(id, 'open barley corn');
      expect(await inNewBrowser('open barley corn')).toMatchObject({ id });
    });

    test('a known browser has twenty of its own, which others do not notice', async () => {
      const { id } = await users.create({ username: 'ali', password });
      const [one, other] = [knownBrowser(devices, { type: 'user', id }), knownBrowser(devices, { type: 'user', id })];
      const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => wrong({ username: 'ali' }, one)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
      for (const from of [other, client]) {
        expect(await users.findByPassword({ username: 'ali' }, { password, client: from })).toMatchObject({ id });
      }
    });

    test('at names that nobody can have count for each name alone', async () => {
      for (let index = 0; index < 20; index += 1)
        expect(await wrong({ username: 'not a name' }, client)).toBeUndefined();
      await expect(wrong({ username: 'not a name' }, client)).rejects.toEqual(limited);
      for (const typed of [{ username: 'no\0name' }, { username: '' }, { phone: 'not a number' }]) {
        expect(await wrong(typed, client)).toBeUndefined();
      }
    });

    const networks: [string, (index: number) => string][] = [
      ['10.0.0.', (index) => `10.0.0.${index}`],
      ['one /48', (index) => `2001:db8:0:${index.toString(16)}::1`],
    ];
    // Which network an address is of, no database decides.
    test.each(networks.slice(0, database === 'SQLite' ? 2 : 1))(
      'from many addresses of %s are limited together',
      async (_, addressOf) => {
        const guesses = Array.from({ length: 4 * 55 }, (_, index) => [`name_${index}`, addressOf(index)] as const);
        let taken = 0;
        for (const [username, address] of guesses) {
          taken += await wrong({ username }, strangerFrom(address)).then(
            () => 1,
            () => 0,
          );
        }
        expect(taken).toBe(200);
      },
    );

    test('that the queue has no room for count for nothing', async () => {
      const busy = refused('system.busy', { retryAfterSeconds: expect.any(Number) });
      const full = {
        hash: async () => '',
        isCurrent: () => true,
        verify: () => Promise.reject(new ApiError('system.busy', { retryAfterSeconds: 2 })),
      };
      const refusing = createUsers({ store, platform: { ...testPlatform, now: () => now }, passwords: full, devices });
      for (let index = 0; index < 25; index += 1) {
        await expect(refusing.findByPassword({ username: 'ali' }, { password, client })).rejects.toEqual(busy);
      }
      expect(await wrong({ username: 'ali' }, client)).toBeUndefined();
    });
  });

  test.each([
    ['sign in', (id: string) => users.findByPassword({ id }, { password: 'password', client })],
    ['check', (id: string) => users.isPassword(id, 'password')],
  ])('replaces a digest of elsewhere by Argon2id at the first right password: %s', async (_what, enter) => {
    const passwordDigest = '5f4dcc3b5aa765d61d8327deb882cf99';
    const { id } = await users.create({ username: 'ali', passwordDigest });
    expect(await users.getWithDigest(id)).toMatchObject({ passwordDigest, passwordAlgorithm: 'MD5' });
    expect(await users.isPassword(id, 'open barley')).toBe(false);
    expect(await users.getWithDigest(id)).toMatchObject({ passwordDigest });
    expect(await enter(id)).toBeTruthy();
    const upgraded = await users.getWithDigest(id);
    expect(upgraded).toMatchObject({
      passwordAlgorithm: 'Argon2id',
      passwordDigest: expect.stringContaining('m=64'),
    });
    expect(await enter(id)).toBeTruthy();
    expect(await users.getWithDigest(id)).toEqual(upgraded);
  });

  test('a name that is nobody’s takes what somebody’s takes: as many are compared with digests of elsewhere as users have', async () => {
    const compared: (string | null | undefined)[] = [];
    const passwords: Passwords = {
      ...createPasswords(testPlatform),
      verify: async (digest, _password, _urgency, standIn) => {
        compared.push(digest ?? standIn);
        return false;
      },
    };
    const platform = { ...testPlatform, now: () => now };
    const findStandIn = createStandIns({ store, key: deriveSecretKeys('of these tests').standIns });
    async function look(names: readonly UserIdentifier[]) {
      const asked = createUsers({ store, platform, passwords, devices, findStandIn });
      compared.length = 0;
      for (const name of names) await asked.findByPassword(name, { password: 'open barley', client: newStranger() });
      return compared.slice();
    }
    const unknown = Array.from({ length: 50 }, (_, index) => ({ username: `nobody_${index}` }));
    expect(await look(unknown.slice(0, 1))).toEqual([undefined]);
    const slow = `$2b$10$${'N9qo8uLOickgx2ZMRZoMye'}${'IjZAgcfl7p92ldGxad68LJZdL17lhWy'}`;
    for (const username of ['ali', 'cassim', 'mustafa']) await users.create({ username, passwordDigest: slow });
    await users.create({ username: 'morgiana', password: 'open sesame' });
    await users.create({ username: 'hussain', primaryPhone: '+8613800138000' });
    // Each has a place of its own, and with many users the gaps before them even out; here they are even.
    const made = await sql<{ id: string; place: number | string }>`select id, place from users`.execute(store.db);
    expect(new Set(made.rows.map(({ place }) => Number(place))).size).toBe(5);
    for (const [index, username] of ['ali', 'cassim', 'mustafa', 'morgiana'].entries()) {
      const place = Math.floor(((index + 0.5) / 4) * 2 ** 48);
      await sql`update users set place = ${place} where username = ${username}`.execute(store.db);
    }
    const found = await look(unknown);
    expect(found).not.toContain(undefined);
    expect(found.filter((digest) => digest === slow).length).toBeGreaterThan(28);
    expect(found.filter((digest) => digest === slow).length).toBeLessThan(47);
    expect(await look(unknown)).toEqual(found);
    // Whoever has no password is nobody here.
    expect(await look([{ username: 'ali' }, { username: 'hussain' }])).toEqual([slow, expect.any(String)]);
  });

  test('to find whose digest stands in takes one look at an index, however many users there are', async () => {
    await users.create({ username: 'ali', password: 'open sesame' });
    const run = vi.spyOn(store, 'run');
    await createStandIns({ store, key: deriveSecretKeys('of these tests').standIns })('username nobody');
    const [statement] = run.mock.calls[0] ?? [];
    expect(await planOf(store, statement as CompiledQuery)).toContain('users_by_place');
  });

  test('right passwords are bounded as well, as each takes its digest: of strangers by network, of known browsers by account', async () => {
    const attempt = createPasswordAttempts({
      ...{ store, platform: { ...testPlatform, now: () => now }, devices },
      limits: { perName: 3, perAddress: 4, digests: 6 },
      passwords: { hash: async () => '', verify: async () => true, isCurrent: () => true },
    });
    const { id } = await users.create({ username: 'ali' });
    const type = async (at: Client, count: number) => {
      const account = { type: 'user', field: 'username', value: 'ali' } as const;
      const one = { digest: 'right', password: 'open sesame', account, known: { accountId: id }, client: at };
      const outcomes: string[] = [];
      for (let done = 0; done < count; done += 1) {
        const outcome = await attempt(one);
        outcomes.push(typeof outcome === 'object' ? 'refused' : outcome);
      }
      return [outcomes.filter((outcome) => outcome === 'right').length, outcomes.at(-1)];
    };
    expect(await type(strangerFrom('203.0.113.7'), 7)).toEqual([6, 'refused']);
    expect(await type(strangerFrom('203.0.113.8'), 1)).toEqual([1, 'right']);
    const browsers = [0, 1].map(() => knownBrowser(devices, { type: 'user', id }, '203.0.113.7'));
    expect(await type(browsers[0] as Client, 5)).toEqual([5, 'right']);
    expect(await type(browsers[1] as Client, 2)).toEqual([1, 'refused']);
  });

  test('a password that is set while the old one signs in stays', async () => {
    const { id } = await users.create({ username: 'ali', passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99' });
    await Promise.all([
      users.findByPassword({ username: 'ali' }, { password: 'password', client }),
      users.setPassword(id, 'open sesame'),
      users.findByPassword({ username: 'ali' }, { password: 'password', client }),
    ]);
    expect(await users.isPassword(id, 'open sesame')).toBe(true);
  });

  test('suspends, and takes it back', async () => {
    const { id } = await users.create({ username: 'ali' });
    expect(await users.setSuspended(id, true)).toMatchObject({ isSuspended: true });
    expect(await users.setSuspended(id, false)).toMatchObject({ isSuspended: false });
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['a suspension', (id) => users.setSuspended(id, true)],
    ['a deletion', (id) => users.delete(id)],
  ])('%s ends what the user is signed in with in one transaction', async (_, act) => {
    const { id } = await users.create({ username: 'ali' });
    const record = { payload: '{}', uid: null, account_id: id, user_code: null, expires_at: now + 60_000 };
    for (const model of ['Session', 'Grant', 'RefreshToken']) {
      await upsertOidcModel(store, { ...record, model, id: model, grant_id: 'Grant' });
    }
    const transactions = vi.spyOn(store, 'atomically');
    await act(id);
    expect(transactions).toHaveBeenCalledTimes(1);
    const left = store.db.selectFrom('oidc_models').select(['id', 'consumed_at']).orderBy('id');
    expect(await left.execute()).toEqual([
      { id: 'Grant', consumed_at: now },
      { id: 'Session', consumed_at: now },
    ]);
  });

  test('knows no user of an unknown id', async () => {
    const none = refused('entity.not_found');
    await expect(users.get('none')).rejects.toEqual(none);
    await expect(users.update('none', { name: 'a' })).rejects.toEqual(none);
    await expect(users.update('none', {})).rejects.toEqual(none);
    await expect(users.setPassword('none', 'open sesame')).rejects.toEqual(none);
    await expect(users.setSuspended('none', true)).rejects.toEqual(none);
    await expect(users.delete('none')).rejects.toEqual(none);
  });

  test('lists page by page, newest first', async () => {
    for (const username of ['a', 'b', 'c', 'd', 'e']) {
      now += 1;
      await users.create({ username });
    }
    const page = async (number: number) => {
      const listed = await users.list(undefined, { limit: 2, offset: 2 * (number - 1) });
      return [listed.users.map(({ username }) => username), listed.total];
    };
    expect(await page(1)).toEqual([['e', 'd'], 5]);
    expect(await page(3)).toEqual([['a'], 5]);
    expect(await page(4)).toEqual([[], 5]);
  });

  test('finds by the start of usernames, names, last names and numbers', async () => {
    const add = (fields: UserFields) => {
      now += 1;
      return users.create(fields);
    };
    await add({ username: 'Alex_1', primaryPhone: '+8613800138000' });
    await add({ username: 'zoe', name: 'Zoë Alexander' });
    await add({ name: '王小明', primaryPhone: '+12025550143' });
    await add({ name: '100%' });
    expect(await searchFor('%ALEX%')).toEqual(['zoe', 'Alex_1']);
    expect(await searchFor('alex')).toEqual(['zoe', 'Alex_1']);
    expect(await searchFor('alexander')).toEqual(['zoe']);
    expect(await searchFor('zoe  alex')).toEqual(['zoe']);
    expect(await searchFor('zoë')).toEqual(['zoe']);
    expect(await searchFor('小明')).toEqual(['王小明']);
    expect(await searchFor('王')).toEqual(['王小明']);
    expect(await searchFor('+86138')).toEqual(['Alex_1']);
    expect(await searchFor('86 138-0013')).toEqual(['Alex_1']);
    expect(await searchFor('8613800138000')).toEqual(['Alex_1']);
    expect(await searchFor('1')).toEqual(['100%', '王小明']);
    expect(await searchFor('nobody')).toEqual([]);
    expect(await searchFor("' or 1=1 --")).toEqual([]);
    expect(await searchFor('a\0')).toEqual(await searchFor('a'));
    expect(await searchFor(' %% ')).toHaveLength(4);
  });

  test('finds by an id, and after a change by the new name only', async () => {
    const { id } = await users.create({ username: 'ali', name: 'Ali Baba' });
    expect(await searchFor(id)).toEqual(['ali']);
    await users.update(id, { username: 'cassim', name: 'Cassim' });
    expect(await searchFor('ali')).toEqual([]);
    expect(await searchFor('baba')).toEqual([]);
    expect(await searchFor('cass')).toEqual(['cassim']);
  });

  test('a user found twice is listed and counted once', async () => {
    await users.create({ username: 'alex', name: 'Alex Alexson' });
    const listed = await list('alex');
    expect([listed.users.length, listed.total]).toEqual([1, 1]);
  });
});
