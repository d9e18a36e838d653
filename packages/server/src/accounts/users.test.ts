import { describe, expect, test, vi } from 'vitest';
import { databases } from '../../../../test/setup/stores.ts';
import { useUsers } from '../../../../test/setup/users.ts';
import { upsertOidcModel } from '../store/oidc-models.ts';
import { isUnmet } from '../store/requirement.ts';
import { createNoticing } from './noticing.ts';

const refused = (code: string, data?: object) => expect.objectContaining({ code, ...(data && { data }) });

describe.each(databases)('users on %s', (database) => {
  const rig = useUsers(database);

  test('what is written beside what a user gets is undone where what was proven counts no more', async () => {
    const { id } = await rig.users.create({ username: 'ali' });
    const name = (value: string) =>
      rig.store.db.updateTable('users').set({ name: value }).where('id', '=', id).compile();
    await rig.users.add(id, {}, { provenAt: rig.now, alongside: [name('Ali')] });
    rig.now += 1000;
    await rig.users.setSuspended(id, true);
    await rig.users.setSuspended(id, false);
    const late = rig.users.add(id, {}, { provenAt: rig.now - 1000, alongside: [name('a stranger')] });
    expect(await late.catch(isUnmet)).toBe(true);
    expect((await rig.users.get(id)).name).toBe('Ali');
  });

  test('of two changes at the same moment that have seen the same user, one is made, and told', async () => {
    const notices = createNoticing({
      store: rig.store,
      platform: rig.platform,
      isOn: async () => true,
      wake: () => {},
    });
    const told = rig.usersWith({ notices });
    const user = await told.create({ username: 'ali', primaryEmail: 'ali@example.com' });
    const names = ['cassim', 'morgiana'];
    const outcomes = await Promise.allSettled(names.map((username) => told.changeIdentifiers(user, { username }, {})));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(await rig.store.db.selectFrom('notices').select('change').execute()).toEqual([
      { change: 'username-changed' },
    ]);
    expect(await told.changeIdentifiers(await told.get(user.id), { primaryEmail: null }, {})).toMatchObject({
      primaryEmail: null,
    });
    expect(await rig.store.db.selectFrom('notices').select('change').execute()).toHaveLength(2);
  });

  test('shows a user without the digest of the password', async () => {
    const user = await rig.users.create({
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
      createdAt: rig.now,
      updatedAt: rig.now,
      applicationId: null,
      cimdClientId: null,
      isSuspended: false,
      hasPassword: true,
    });
    expect(await rig.users.get(user.id)).toEqual(user);
    expect(await rig.users.find({ phone: '+86 13800138000' })).toEqual(user);
    expect(await rig.users.find({ username: 'ali' })).toEqual(user);
  });

  test('finds nobody by what nobody has', async () => {
    await rig.users.create({ username: 'ali' });
    expect(await rig.users.find({ phone: '+8613800138001' })).toBeUndefined();
    expect(await rig.users.find({ phone: 'not a number' })).toBeUndefined();
    expect(await rig.users.find({ username: 'Ali' })).toBeUndefined();
    expect(await rig.users.find({ username: 'a\0' })).toBeUndefined();
  });

  test.each([
    [{ primaryPhone: '12' }, 'primaryPhone'],
    [{ username: '1ali' }, 'username'],
    [{ username: 'a li' }, 'username'],
    [{ name: 'n'.repeat(129) }, 'name'],
    [{ name: 'zero\0' }, 'name'],
  ])('refuses %j by name', async (fields, path) => {
    await expect(rig.users.create(fields)).rejects.toEqual(
      refused('guard.invalid_input', { issues: [expect.objectContaining({ path })] }),
    );
  });

  test('changes what is given and leaves the rest', async () => {
    const user = await rig.users.create({ username: 'ali', name: 'Ali', primaryPhone: '+8613800138000' });
    rig.now += 1000;
    expect(await rig.users.update(user.id, { name: 'Ali Baba', customData: { a: 1 } })).toEqual({
      ...user,
      name: 'Ali Baba',
      customData: { a: 1 },
      updatedAt: rig.now,
    });
    expect(await rig.users.update(user.id, { primaryPhone: null, name: '' })).toMatchObject({
      username: 'ali',
      primaryPhone: null,
      name: null,
      customData: { a: 1 },
    });
  });

  test('keeps usernames and phone numbers to one user', async () => {
    const first = await rig.users.create({ username: 'ali', primaryPhone: '+8613800138000' });
    const second = await rig.users.create({ username: 'cassim' });
    await expect(rig.users.create({ username: 'ali' })).rejects.toEqual(refused('user.username_already_in_use'));
    await expect(rig.users.create({ primaryPhone: '8613800138000' })).rejects.toEqual(
      refused('user.phone_already_in_use'),
    );
    await expect(rig.users.update(second.id, { username: 'ali' })).rejects.toEqual(
      refused('user.username_already_in_use'),
    );
    await expect(rig.users.update(second.id, { primaryPhone: '+8613800138000' })).rejects.toEqual(
      refused('user.phone_already_in_use'),
    );
    await rig.users.delete(first.id);
    expect(await rig.users.update(second.id, { username: 'ali' })).toMatchObject({ username: 'ali' });
  });

  test('of fifty at once with one number, one wins', async () => {
    const outcomes = await Promise.allSettled(
      Array.from({ length: 50 }, () => rig.users.create({ primaryPhone: '+8613800138000' })),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const outcome of outcomes) {
      if (outcome.status === 'rejected') expect(outcome.reason).toEqual(refused('user.phone_already_in_use'));
    }
    expect((await rig.users.list(undefined, { limit: 20, offset: 0 })).total).toBe(1);
  });

  test('suspends, and takes it back', async () => {
    const { id } = await rig.users.create({ username: 'ali' });
    expect(await rig.users.setSuspended(id, true)).toMatchObject({ isSuspended: true });
    expect(await rig.users.setSuspended(id, false)).toMatchObject({ isSuspended: false });
  });

  test.each<[string, (id: string) => Promise<unknown>]>([
    ['a suspension', (id) => rig.users.setSuspended(id, true)],
    ['a deletion', (id) => rig.users.delete(id)],
  ])('%s ends what the user is signed in with in one transaction', async (_, act) => {
    const { id } = await rig.users.create({ username: 'ali' });
    const record = { payload: '{}', uid: null, account_id: id, user_code: null, expires_at: rig.now + 60_000 };
    for (const model of ['Session', 'Grant', 'RefreshToken']) {
      await upsertOidcModel(rig.store, { ...record, model, id: model, grant_id: 'Grant' });
    }
    const transactions = vi.spyOn(rig.store, 'atomically');
    await act(id);
    expect(transactions).toHaveBeenCalledTimes(1);
    const left = rig.store.db.selectFrom('oidc_models').select(['id', 'consumed_at']).orderBy('id');
    expect(await left.execute()).toEqual([
      { id: 'Grant', consumed_at: rig.now },
      { id: 'Session', consumed_at: rig.now },
    ]);
  });

  test('knows no user of an unknown id', async () => {
    const none = refused('entity.not_found');
    await expect(rig.users.get('none')).rejects.toEqual(none);
    await expect(rig.users.update('none', { name: 'a' })).rejects.toEqual(none);
    await expect(rig.users.update('none', {})).rejects.toEqual(none);
    await expect(rig.users.setPassword('none', 'open sesame')).rejects.toEqual(none);
    await expect(rig.users.setSuspended('none', true)).rejects.toEqual(none);
    await expect(rig.users.delete('none')).rejects.toEqual(none);
  });
});
