import { type CompiledQuery, sql } from 'kysely';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { knownBrowser, strangerFrom } from '../../../../test/setup/clients.ts';
import { planOf } from '../../../../test/setup/plans.ts';
import { platform as testPlatform } from '../../../../test/setup/platform.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { useUsers } from '../../../../test/setup/users.ts';
import { ApiError } from '../errors.ts';
import type { Client } from '../protection/client.ts';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import { createPasswordAttempts, passwordWindowMs } from './password-attempts.ts';
import { createPasswords, type Passwords } from './passwords.ts';
import { createStandIns } from './stand-ins.ts';
import type { UserIdentifier } from './user-record.ts';

const client = strangerFrom('192.0.2.1');
const refused = (code: string, data?: object) => expect.objectContaining({ code, ...(data && { data }) });

let strangers = 0;
/** Each from a network of their own. */
function newStranger(): Client {
  strangers += 1;
  return strangerFrom(`10.${strangers >> 8}.${strangers & 255}.1`);
}

describe.each(databases)('passwords of users on %s', (database) => {
  const rig = useUsers(database);

  test('sets a password, and finds the user by it alone', async () => {
    const { id } = await rig.users.create({ username: 'ali', primaryPhone: '+8613800138000' });
    expect(await rig.users.findByPassword({ username: 'ali' }, { password: 'open sesame', client })).toBeUndefined();
    expect(await rig.users.setPassword(id, 'open sesame')).toMatchObject({ hasPassword: true });
    expect(await rig.users.findByPassword({ username: 'ali' }, { password: 'open sesame', client })).toMatchObject({
      id,
    });
    expect(
      await rig.users.findByPassword({ phone: '86 13800138000' }, { password: 'open sesame', client }),
    ).toMatchObject({
      id,
    });
    expect(await rig.users.findByPassword({ username: 'ali' }, { password: 'open barley', client })).toBeUndefined();
    expect(await rig.users.findByPassword({ username: 'nobody' }, { password: 'open sesame', client })).toBeUndefined();
    expect(await rig.users.findByPassword({ phone: 'x' }, { password: 'open sesame', client })).toBeUndefined();
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
      rig.users = rig.usersWith({ passwords: quick });
    });
    const wrong = (identifier: UserIdentifier, from: Client) =>
      rig.users.findByPassword(identifier, { password: 'open barley', client: from });
    const limited = refused('request.sign_in_rate_limited');

    test('of one stranger lock strangers out, not the browsers of the owner', async () => {
      const { id } = await rig.users.create({ username: 'ali', password });
      const owner = knownBrowser(rig.devices, { type: 'user', id }, client.address);
      for (let index = 0; index < 20; index += 1) expect(await wrong({ username: 'ali' }, client)).toBeUndefined();
      const elsewhere = strangerFrom('198.51.100.1');
      await expect(rig.users.findByPassword({ username: 'ali' }, { password, client: elsewhere })).rejects.toEqual(
        limited,
      );
      expect(await rig.users.findByPassword({ username: 'ali' }, { password, client: owner })).toMatchObject({ id });
    });

    test('at one account by several names count together, and nobody sees which names are of one', async () => {
      const [username, phone, email] = [
        { username: 'ali' },
        { phone: '+8613800138000' },
        { email: 'ali@example.com' },
      ] as const;
      const others = [{ username: 'baba' }, { phone: '+8613800138001' }, { email: 'baba@example.com' }] as const;
      const { id } = await rig.users.create({
        ...{ username: 'ali', primaryPhone: phone.phone, primaryEmail: email.email, password },
      });
      const owner = knownBrowser(rig.devices, { type: 'user', id }, client.address);
      const guess = (name: UserIdentifier, typed = password, from = strangerFrom('198.51.100.1')) =>
        rig.users.findByPassword(name, { password: typed, client: from }).then(
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
      rig.now += passwordWindowMs + 60_000;
      expect(await guess(email)).toBe(id);
    });

    test('at the password of before say nothing of a new one', async () => {
      const { id } = await rig.users.create({ username: 'ali', primaryPhone: '+8613800138000', password });
      for (let index = 0; index < 20; index += 1) await wrong({ username: 'ali' }, client);
      const inNewBrowser = (typed: string) =>
        rig.users.findByPassword(
          { phone: '+8613800138000' },
          { password: typed, client: strangerFrom('198.51.100.1') },
        );
      expect(await inNewBrowser(password)).toBeUndefined();
      await rig.users.setPassword(id, 'open barley corn');
      expect(await inNewBrowser('open barley corn')).toMatchObject({ id });
    });

    test('a known browser has twenty of its own, which others do not notice', async () => {
      const { id } = await rig.users.create({ username: 'ali', password });
      const [one, other] = [
        knownBrowser(rig.devices, { type: 'user', id }),
        knownBrowser(rig.devices, { type: 'user', id }),
      ];
      const outcomes = await Promise.allSettled(Array.from({ length: 30 }, () => wrong({ username: 'ali' }, one)));
      expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(20);
      for (const from of [other, client]) {
        expect(await rig.users.findByPassword({ username: 'ali' }, { password, client: from })).toMatchObject({ id });
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
      const refusing = rig.usersWith({ passwords: full });
      for (let index = 0; index < 25; index += 1) {
        await expect(refusing.findByPassword({ username: 'ali' }, { password, client })).rejects.toEqual(busy);
      }
      expect(await wrong({ username: 'ali' }, client)).toBeUndefined();
    });
  });

  test.each([
    ['sign in', (id: string) => rig.users.findByPassword({ id }, { password: 'password', client })],
    ['check', (id: string) => rig.users.isPassword(id, 'password')],
  ])('replaces a digest of elsewhere by Argon2id at the first right password: %s', async (_what, enter) => {
    const passwordDigest = '5f4dcc3b5aa765d61d8327deb882cf99';
    const { id } = await rig.users.create({ username: 'ali', passwordDigest });
    expect(await rig.users.getWithDigest(id)).toMatchObject({ passwordDigest, passwordAlgorithm: 'MD5' });
    expect(await rig.users.isPassword(id, 'open barley')).toBe(false);
    expect(await rig.users.getWithDigest(id)).toMatchObject({ passwordDigest });
    expect(await enter(id)).toBeTruthy();
    const upgraded = await rig.users.getWithDigest(id);
    expect(upgraded).toMatchObject({
      passwordAlgorithm: 'Argon2id',
      passwordDigest: expect.stringContaining('m=64'),
    });
    expect(await enter(id)).toBeTruthy();
    expect(await rig.users.getWithDigest(id)).toEqual(upgraded);
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
    const findStandIn = createStandIns({ store: rig.store, key: deriveSecretKeys('of these tests').standIns });
    async function look(names: readonly UserIdentifier[]) {
      const asked = rig.usersWith({ passwords, findStandIn });
      compared.length = 0;
      for (const name of names) await asked.findByPassword(name, { password: 'open barley', client: newStranger() });
      return compared.slice();
    }
    const unknown = Array.from({ length: 50 }, (_, index) => ({ username: `nobody_${index}` }));
    expect(await look(unknown.slice(0, 1))).toEqual([undefined]);
    const slow = `$2b$10$${'N9qo8uLOickgx2ZMRZoMye'}${'IjZAgcfl7p92ldGxad68LJZdL17lhWy'}`;
    for (const username of ['ali', 'cassim', 'mustafa']) await rig.users.create({ username, passwordDigest: slow });
    await rig.users.create({ username: 'morgiana', password: 'open sesame' });
    await rig.users.create({ username: 'hussain', primaryPhone: '+8613800138000' });
    // Each has a place of its own, and with many users the gaps before them even out; here they are even.
    const made = await sql<{ id: string; place: number | string }>`select id, place from users`.execute(rig.store.db);
    expect(new Set(made.rows.map(({ place }) => Number(place))).size).toBe(5);
    for (const [index, username] of ['ali', 'cassim', 'mustafa', 'morgiana'].entries()) {
      const place = Math.floor(((index + 0.5) / 4) * 2 ** 48);
      await sql`update users set place = ${place} where username = ${username}`.execute(rig.store.db);
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
    await rig.users.create({ username: 'ali', password: 'open sesame' });
    const run = vi.spyOn(rig.store, 'run');
    await createStandIns({ store: rig.store, key: deriveSecretKeys('of these tests').standIns })('username nobody');
    const [statement] = run.mock.calls[0] ?? [];
    expect(await planOf(rig.store, statement as CompiledQuery)).toContain('users_by_place');
  });

  test('right passwords are bounded as well, as each takes its digest: of strangers by network, of known browsers by account', async () => {
    const attempt = createPasswordAttempts({
      ...{ store: rig.store, platform: rig.platform, devices: rig.devices },
      limits: { perName: 3, perAddress: 4, digests: 6 },
      passwords: { hash: async () => '', verify: async () => true, isCurrent: () => true },
    });
    const { id } = await rig.users.create({ username: 'ali' });
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
    const browsers = [0, 1].map(() => knownBrowser(rig.devices, { type: 'user', id }, '203.0.113.7'));
    expect(await type(browsers[0] as Client, 5)).toEqual([5, 'right']);
    expect(await type(browsers[1] as Client, 2)).toEqual([1, 'refused']);
  });

  test('a password that is set while the old one signs in stays', async () => {
    const { id } = await rig.users.create({ username: 'ali', passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99' });
    await Promise.all([
      rig.users.findByPassword({ username: 'ali' }, { password: 'password', client }),
      rig.users.setPassword(id, 'open sesame'),
      rig.users.findByPassword({ username: 'ali' }, { password: 'password', client }),
    ]);
    expect(await rig.users.isPassword(id, 'open sesame')).toBe(true);
  });
});
