import type { CompiledQuery } from 'kysely';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { knownBrowser, newDevices } from '../../../../test/setup/clients.ts';
import { planOf } from '../../../../test/setup/plans.ts';
import { platform as testPlatform } from '../../../../test/setup/platform.ts';
import { databases, newMigratedLocation } from '../../../../test/setup/stores.ts';
import { isTypedBy } from '../protection/devices.ts';
import { listRecipientChanges } from '../store/recipient-changes.ts';
import { openStore, type Store } from '../store/store.ts';
import { anyOf } from '../store/user-terms.ts';
import { findUsersOfRecipients } from '../store/users-of-recipients.ts';
import { forgettingProofs } from '../store/verifications.ts';
import { beginImport } from './import/import-users.ts';
import { meantBy } from './meant-user.ts';
import { createNoticing } from './noticing.ts';
import { createPasswords } from './passwords.ts';
import { createUsers, type Users } from './users.ts';

const [first, second, third] = ['+8613800138001', '+8613800138002', '+8613800138003'] as const;

describe.each(databases)('other numbers and addresses on %s', (database) => {
  let stores: Store[];
  let processes: Users[];
  let users: Users;
  let remove: () => Promise<void>;
  let now: number;
  beforeEach(async () => {
    const place = await newMigratedLocation(database);
    remove = place.remove;
    now = 1_800_000_000_000;
    const platform = { ...testPlatform, now: () => now };
    stores = [await openStore(place.location)];
    // SQLite has one process.
    if (database === 'PostgreSQL') stores.push(await openStore(place.location));
    processes = stores.map((store) =>
      createUsers({ store, platform, passwords: createPasswords(platform), devices: newDevices(store, platform) }),
    );
    users = processes[0] as Users;
  });
  afterEach(async () => {
    for (const store of stores) await store.close();
    await remove();
  });
  const phone = (userId: string) => ({ userId, kind: 'phone' as const });
  const email = (userId: string) => ({ userId, kind: 'email' as const });
  const codeOf = (done: Promise<unknown>) =>
    done.then(
      () => 'done',
      ({ code }) => code,
    );

  test('the user is found by each of them, in any spelling, until it is taken away', async () => {
    const { id } = await users.create({ primaryPhone: first });
    const added = await users.others.add(phone(id), '0086 138 0013 8002');
    await users.others.add(email(id), 'Ali@Example.com');
    expect(await users.others.list(id, 'phone')).toEqual([{ id: added.id, address: second, addedAt: now }]);
    expect(await users.find({ phone: second })).toMatchObject({ id, primaryPhone: first, otherPhones: [second] });
    expect(await users.find({ email: 'ali@example.COM' })).toMatchObject({ id, otherEmails: ['Ali@example.com'] });
    const owners = await findUsersOfRecipients(stores[0] as Store, [second, 'ali@example.com', third]);
    expect(Object.fromEntries(owners)).toEqual({ [second]: id, 'ali@example.com': id });
    await users.others.remove(phone(id), added.id);
    expect(await users.find({ phone: second })).toBeUndefined();
    expect((await users.get(id)).otherPhones).toBeUndefined();
    expect(await codeOf(users.others.remove(phone(id), added.id))).toBe('entity.not_found');
  });

  test('to look a user up by one takes indexes alone', async () => {
    const [store] = stores as [Store];
    const run = vi.spyOn(store, 'run');
    await users.find({ phone: second });
    await users.find({ email: 'ali@example.com' });
    expect(run).toHaveBeenCalledTimes(2);
    for (const [statement] of run.mock.calls) {
      const plan = await planOf(store, statement as CompiledQuery);
      expect(plan).not.toMatch(/SCAN (users|other_recipients)|Seq Scan/);
    }
  });

  test('a browser of the account is known by each of them', async () => {
    const [store] = stores as [Store];
    const devices = newDevices(store, { ...testPlatform, now: () => now });
    const { id } = await users.create({ primaryPhone: first });
    await users.others.add(email(id), 'Ali@example.com');
    const client = knownBrowser(devices, { type: 'user', id });
    const typed = { type: 'user', field: 'email_key', value: 'ali@example.com' } as const;
    const known = await devices.find(client, typed);
    expect(known).toBe(client.marks[0]?.device);
    expect(await devices.find(client, { ...typed, value: 'baba@example.com' })).toBeUndefined();
    // What it is known by when a code is asked for and answered.
    const [account] = await devices.accounts(client, 'user');
    expect(account && isTypedBy(account, 'email_key', 'ali@example.com')).toBe(true);
    expect(account && isTypedBy(account, 'username', 'ali@example.com')).toBe(false);
  });

  test('one that becomes primary changes places with the one before', async () => {
    const { id } = await users.create({ primaryPhone: first });
    const { id: otherId } = await users.others.add(phone(id), second);
    now += 1;
    await users.others.makePrimary(phone(id), otherId);
    expect(await users.get(id)).toMatchObject({ primaryPhone: second, otherPhones: [first] });
    // One that is set as the primary one is no other any more.
    now += 1;
    const answered = await users.update(id, { primaryPhone: first });
    expect(answered).toMatchObject({ primaryPhone: first });
    expect(answered.otherPhones).toBeUndefined();
    expect(await users.get(id)).toMatchObject({ primaryPhone: first });
    expect((await users.get(id)).otherPhones).toBeUndefined();
    expect(await users.find({ phone: second })).toBeUndefined();
  });

  test('no other user gets it, by whatever way, and none that is primary', async () => {
    const { id } = await users.create({ primaryPhone: first, primaryEmail: 'ali@example.com' });
    const other = await users.create({ username: 'other' });
    await users.others.add(phone(id), second);
    await users.others.add(email(id), 'second@example.com');
    const taken = 'user.phone_already_in_use';
    expect(await codeOf(users.create({ primaryPhone: second }))).toBe(taken);
    expect(await codeOf(users.update(other.id, { primaryPhone: second }))).toBe(taken);
    expect(await codeOf(users.changeIdentifiers(other, { primaryPhone: second }, {}))).toBe(taken);
    expect(await codeOf(users.add(other.id, { primaryPhone: second }, { alongside: [] }))).toBe(taken);
    expect(await codeOf(users.others.add(phone(other.id), second))).toBe(taken);
    expect(await codeOf(users.others.add(phone(other.id), first))).toBe(taken);
    expect(await codeOf(users.others.add(phone(id), first))).toBe(taken);
    expect((await users.refusals({ primaryPhone: second })).map(({ code }) => code)).toEqual([taken]);
    expect(await codeOf(users.update(other.id, { primaryEmail: 'SECOND@example.com' }))).toBe(
      'user.email_already_in_use',
    );
    expect(await codeOf(users.others.add(email(other.id), 'Ali@example.com'))).toBe('user.email_already_in_use');
    await users.delete(id);
    await users.others.add(phone(other.id), second);
    expect(await users.find({ phone: second })).toMatchObject({ id: other.id });
  });

  test('of many who want it at once, by all ways and in several processes, one gets it', async () => {
    for (let round = 0; round < 10; round += 1) {
      const number = `+86138001390${String(round).padStart(2, '0')}`;
      const people = await Promise.all(
        Array.from({ length: 6 }, (_, index) => users.create({ username: `user_${round}_${index}` })),
      );
      const codes = await Promise.all(
        people.map(({ id }, index) => {
          const those = processes[index % processes.length] as Users;
          if (index < 3) return codeOf(those.others.add(phone(id), number));
          if (index === 3) return codeOf(those.create({ primaryPhone: number }));
          return codeOf(those.update(id, { primaryPhone: number }));
        }),
      );
      expect(codes.filter((code) => code === 'done')).toHaveLength(1);
      expect(new Set(codes)).toEqual(new Set(['done', 'user.phone_already_in_use']));
    }
  });

  test('one user has ten at most, also of many that are added at once', async () => {
    const { id } = await users.create({ primaryPhone: first });
    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        codeOf((processes[index % processes.length] as Users).others.add(phone(id), `+86138001391${10 + index}`)),
      ),
    );
    expect(codes.filter((code) => code === 'user.too_many_recipients')).toHaveLength(2);
    expect((await users.get(id)).otherPhones).toHaveLength(10);
    expect(await codeOf(users.others.add(email(id), 'ali@example.com'))).toBe('done');
    expect(await codeOf(users.others.add(phone(id), second, {}, 3))).toBe('user.too_many_recipients');
  });

  test('an administrator makes one the primary one whatever happens to the user meanwhile', async () => {
    const { id } = await users.create({ primaryPhone: first });
    for (const round of Array.from({ length: 10 }).keys()) {
      const added = await users.others.add(phone(id), `+8613900${130_000 + round}`);
      now += 1;
      const done = [
        users.others.makePrimary(phone(id), added.id),
        (processes.at(-1) ?? users).others.add(phone(id), `+8613900${140_000 + round}`),
        (processes.at(-1) ?? users).update(id, { username: `ali_${round}` }),
      ];
      expect(await Promise.all(done.map(codeOf))).toEqual(['done', 'done', 'done']);
      for (const other of await users.others.list(id, 'phone')) await users.others.remove(phone(id), other.id);
    }
  });

  test('what a user sees of them has to hold when it is written', async () => {
    const user = await users.create({ primaryPhone: first });
    const { id: otherId } = await users.others.add(phone(user.id), second);
    const seen = await users.get(user.id);
    await users.changeIdentifiers(seen, { primaryPhone: null }, {});
    // Without the primary one it would be the last.
    expect(await codeOf(users.others.remove(phone(user.id), otherId, { user: seen }))).toBe(
      'verification_record.permission_denied',
    );
    expect(await codeOf(users.changeIdentifiers(user, { username: 'ali' }, {}))).toBe(
      'verification_record.permission_denied',
    );
  });

  test('what they have proven is found by indexes', async () => {
    const [store] = stores as [Store];
    const plan = await planOf(store, forgettingProofs(store, 'user'));
    expect(plan).not.toMatch(/SCAN (?:verifications|other)|Seq Scan on (?:verifications|other_recipients)/);
  });

  test('they are in the history of numbers', async () => {
    const { id } = await users.create({ primaryPhone: first });
    const { id: otherId } = await users.others.add({ ...phone(id), by: { type: 'application', id: 'app' } }, second);
    now += 1;
    await users.others.remove(phone(id), otherId);
    expect(await listRecipientChanges(stores[0] as Store, 'phone', id)).toMatchObject([
      { at: now, before: second, after: null, changed_by: null },
      { at: now - 1, before: null, after: second, changed_by: '{"type":"application","id":"app"}' },
    ]);
  });

  test('the owner is told at the primary one, and webhooks of the user with them', async () => {
    const [store] = stores as [Store];
    const platform = { ...testPlatform, now: () => now };
    const notices = createNoticing({ store, platform, isOn: async () => true, wake: () => {} });
    const shared = { store, platform, passwords: createPasswords(platform), devices: newDevices(store, platform) };
    const telling = vi.fn(async () => []);
    const told = createUsers({ ...shared, notices, events: { of: telling } as never });
    const { id } = await told.create({ primaryPhone: first });
    telling.mockClear();
    const noticesOf = async () => {
      const columns = ['change', 'phone', 'detail'] as const;
      const rows = await store.db.selectFrom('notices').select(columns).where('user_id', '=', id).execute();
      await store.db.deleteFrom('notices').execute();
      return rows;
    };
    const { id: otherId } = await told.others.add(phone(id), second);
    expect(await noticesOf()).toEqual([{ change: 'phone-added', phone: first, detail: second }]);
    await told.others.makePrimary(phone(id), otherId);
    expect(await noticesOf()).toEqual([{ change: 'phone-changed', phone: first, detail: second }]);
    const [other] = await told.others.list(id, 'phone');
    await told.others.remove(phone(id), other?.id ?? '');
    expect(await noticesOf()).toEqual([{ change: 'phone-removed', phone: second, detail: first }]);

    expect(telling).toHaveBeenCalledTimes(3);
    // What is refused tells nobody.
    await users.create({ primaryPhone: third });
    await codeOf(told.others.add(phone(id), third));
    expect(await noticesOf()).toEqual([]);
  });

  test('an import finds the user by it, and leaves others without it', async () => {
    const { id } = await users.create({ primaryPhone: first });
    await users.others.add(phone(id), second);
    const [store] = stores as [Store];
    const deps = { store, platform: { ...testPlatform, now: () => now }, secretKeys: { encrypt: () => '' } };
    const line = { line: 1, user: { primaryPhone: second, username: 'new_one' } };
    const imported = beginImport(deps, { upsert: false, dryRun: false });
    const outcomes = await imported.take([line, { line: 2, user: { primaryPhone: third } }]);
    imported.close();
    expect(outcomes).toMatchObject([
      { status: 'failed', error: { code: 'user.phone_already_in_use' } },
      { status: 'created' },
    ]);
  });

  test('an import gives users others, each of which is somebody’s once', async () => {
    const [store] = stores as [Store];
    const deps = { store, platform: { ...testPlatform, now: () => now }, secretKeys: { encrypt: () => '' } };
    const take = async (users: object[], upsert = false) => {
      const run = beginImport(deps, { upsert, dryRun: false });
      const outcomes = await run.take(users.map((user, index) => ({ line: index + 1, user })));
      run.close();
      return outcomes.map((outcome) => (outcome.status === 'failed' ? outcome.error.code : outcome.status));
    };
    const ali = { id: 'ali', primaryPhone: first, otherPhones: ['+86 13800138002', first, second] };
    expect(
      await take([
        ali,
        { id: 'baba', primaryPhone: second },
        { id: 'cassim', otherPhones: [first] },
        { id: 'sinan', otherEmails: ['Sinan@example.com'] },
        { id: 'wrong', otherPhones: ['12'] },
      ]),
    ).toEqual(['created', 'user.phone_already_in_use', 'user.phone_already_in_use', 'created', 'guard.invalid_input']);
    expect(await users.get('ali')).toMatchObject({ primaryPhone: first, otherPhones: [second] });
    expect(await users.get('sinan')).toMatchObject({ otherEmails: ['Sinan@example.com'] });
    // What is there stays, and what is new is added.
    expect(await take([{ ...ali, otherPhones: [second, third] }], true)).toEqual(['updated']);
    expect((await users.get('ali')).otherPhones).toEqual([second, third]);
    const ten = Array.from({ length: 9 }, (_, index) => `+86138001392${10 + index}`);
    expect(await take([{ id: 'ali', otherPhones: ten }], true)).toEqual(['user.too_many_recipients']);
    expect(await take([{ id: 'sinan', otherPhones: [third] }], true)).toEqual(['user.phone_already_in_use']);
  });

  test('of imports and people who want it at once, one gets it, and whoever else is in the file is made', async () => {
    for (let round = 0; round < 5; round += 1) {
      const number = `+86138001393${10 + round}`;
      const person = await users.create({ username: `person_${round}` });
      const imports = await Promise.all(
        [0, 1, 2].map(async (index) => {
          const store = stores[index % stores.length] as Store;
          const deps = { store, platform: { ...testPlatform, now: () => now }, secretKeys: { encrypt: () => '' } };
          const run = beginImport(deps, { upsert: false, dryRun: false });
          const own = { id: `own_${round}_${index}`, otherEmails: [`own.${round}.${index}@example.com`] };
          const others = index === 0 ? { primaryPhone: number } : { otherPhones: [number] };
          const taking = run.take([
            { line: 1, user: own },
            { line: 2, user: { id: `wants_${round}_${index}`, ...others } },
          ]);
          if (index === 0) await codeOf(users.others.add(phone(person.id), number));
          const outcomes = await taking;
          run.close();
          return outcomes;
        }),
      );
      expect(imports.map(([own]) => own?.status)).toEqual(['created', 'created', 'created']);
      const owners = await Promise.all(
        [`wants_${round}_0`, `wants_${round}_1`, `wants_${round}_2`, person.id].map(async (id) => {
          const user = await users.find({ id });
          return user?.primaryPhone === number || user?.otherPhones?.includes(number) === true;
        }),
      );
      expect(owners.filter(Boolean)).toHaveLength(1);
    }
  });

  test.each(['+8613800138002', '13800138002', '8002', '0013800', 'second@exam', 'nd@example.c'])(
    'a search for %s finds the user',
    async (typed) => {
      const { id } = await users.create({ primaryPhone: first });
      await users.others.add(phone(id), second);
      await users.others.add(email(id), 'second@example.com');
      const [store] = stores as [Store];
      const { likely, possible } = meantBy({ typed, findsPhones: true, kind: store.kind });
      const term = anyOf([likely, ...(possible ? [possible] : [])]);
      const found = await store.db.selectFrom('users').select('id').where(term.condition).execute();
      expect(found).toEqual([{ id }]);
    },
  );
});
