import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDevices, strangerFrom } from '../../../../test/setup/clients.ts';
import { platform as testPlatform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { createPasswords } from '../accounts/passwords.ts';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import { deleteExpired } from '../store/expired.ts';
import type { Store } from '../store/store.ts';
import { type Administrators, createAdministrators } from './administrators.ts';
import { createAuditLog } from './audit-log.ts';

const username = 'morgiana';
const old = 'open sesame';
const password = 'open barley';

describe.each(databases)('a link to a new password on %s', (database) => {
  let store: Store;
  let now: number;
  let links: Administrators['passwordLinks'];
  let colleagues: Administrators['colleagues'];
  let sessions: Pick<Administrators, 'signIn' | 'authenticateSession' | 'changePassword'>;
  let id: string;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    const platform = { ...testPlatform, now: () => now };
    const secretKeys = deriveSecretKeys('a secret key of the tests, long enough to be one');
    const administrators = createAdministrators({
      store,
      platform,
      passwords: createPasswords(platform),
      devices: newDevices(store, platform),
      secretKeys,
      auditLog: createAuditLog({ store, platform }),
      publicUrl: 'https://sign-in.example.com',
    });
    links = administrators.passwordLinks;
    colleagues = administrators.colleagues;
    sessions = administrators;
    await administrators.seedFirst({ username, password: old });
    id = (await colleagues.list())[0]?.id ?? '';
  });
  afterEach(() => store.close());

  const signIn = (typed: string, name = username, address = '192.0.2.1') =>
    sessions.signIn({ username: name, password: typed, client: strangerFrom(address) });
  const outcomeOf = async (typed: string) => (await signIn(typed)).outcome;

  test('is over once the password was changed, and stays where it was not', async () => {
    const session = await signIn(old);
    if (session.outcome !== 'signed-in') return expect.fail('no session');
    const found = await sessions.authenticateSession(session.token);
    const { token } = await links.open(id);
    const change = (currentPassword: string) =>
      sessions.changePassword({
        ...{ administratorId: id, sessionId: found?.session.id ?? '', client: strangerFrom('192.0.2.1') },
        ...{ currentPassword, newPassword: 'open barley and oats' },
      });
    expect(await change('open rye')).toEqual({ outcome: 'refused' });
    expect(await links.find(token)).toMatchObject({ id });
    expect(await change(old)).toEqual({ outcome: 'changed' });
    expect(await links.find(token)).toBeUndefined();
    expect(await links.use({ token, password })).toBeUndefined();
    expect(await outcomeOf(password)).toBe('refused');
  });

  test('sets the password once, and ends the sessions of its administrator alone', async () => {
    await colleagues.create({ username: 'ali', password: old, role: 'owner' });
    const [own, other] = [await signIn(old), await signIn(old, 'ali')];
    const { token, expiresAt } = await links.open(id);
    expect([token, expiresAt]).toEqual([expect.stringMatching(/^[\w-]{43}$/), now + 30 * 60_000]);
    expect(await links.find(token)).toEqual({ id, username, role: 'owner' });
    expect(await outcomeOf(old)).toBe('signed-in');

    expect(await links.use({ token, password })).toEqual({ id, username, role: 'owner' });
    expect([await outcomeOf(old), await outcomeOf(password)]).toEqual(['refused', 'signed-in']);
    if (own.outcome !== 'signed-in' || other.outcome !== 'signed-in') return expect.fail('no session');
    expect(await sessions.authenticateSession(own.token)).toBeUndefined();
    expect(await sessions.authenticateSession(other.token)).toBeDefined();

    expect(await links.find(token)).toBeUndefined();
    expect(await links.use({ token, password: 'open wheat' })).toBeUndefined();
    expect(await outcomeOf(password)).toBe('signed-in');
  });

  test('forgets the second step, which may be lost with the phone', async () => {
    const since = now;
    await store.db
      .insertInto('administrator_authenticators')
      .values({
        administrator_id: id,
        secret: 'unreadable',
        created_at: since,
        confirmed_at: since,
        last_time_step: 0,
        last_check_id: '',
      })
      .execute();
    await store.db.insertInto('administrator_recovery_codes').values({ administrator_id: id, digest: 'd' }).execute();
    expect(await outcomeOf(old)).toBe('code-required');
    const { token } = await links.open(id);
    expect(await outcomeOf(old)).toBe('code-required');
    await links.use({ token, password });
    expect(await outcomeOf(password)).toBe('signed-in');
    expect(await store.db.selectFrom('administrator_recovery_codes').selectAll().execute()).toEqual([]);
  });

  test('a viewer does not count as somebody who stays', async () => {
    await colleagues.create({ username: 'ali', password: old, role: 'viewer' });
    expect(await colleagues.deleteUnlessLast(id)).toBe(false);
  });

  test('of many uses at once one counts, and the sessions of none before it stay', async () => {
    const { token } = await links.open(id);
    const passwords = Array.from({ length: 12 }, (_, index) => `open barley ${index}`);
    const used = await Promise.all(passwords.map((each) => links.use({ token, password: each })));
    const winner = passwords.filter((_, index) => used[index]);
    expect(winner).toHaveLength(1);
    const signIns = await Promise.all(passwords.map((each, index) => signIn(each, username, `192.0.2.${index}`)));
    expect(passwords.filter((_, index) => signIns[index]?.outcome === 'signed-in')).toEqual(winner);
  });

  test('ends after half an hour, when a newer one is opened, and with its administrator', async () => {
    const first = await links.open(id);
    const second = await links.open(id);
    expect(await links.find(first.token)).toBeUndefined();
    now = second.expiresAt - 1;
    expect(await links.find(second.token)).toBeDefined();
    now = second.expiresAt;
    expect(await links.find(second.token)).toBeUndefined();
    expect(await links.use({ token: second.token, password })).toBeUndefined();
    now += 1;
    await deleteExpired(store, { now, messagesMs: null });
    expect(await store.db.selectFrom('administrator_links').selectAll().execute()).toEqual([]);

    const third = await links.open(id);
    await colleagues.create({ username: 'ali', password: old, role: 'owner' });
    expect(await colleagues.deleteUnlessLast(id)).toBe(true);
    expect(await links.use({ token: third.token, password })).toBeUndefined();
  });

  test('stays open when the password is refused, and is kept as a digest', async () => {
    const { token } = await links.open(id);
    const refused = expect.objectContaining({ code: 'password.rejected' });
    await expect(links.use({ token, password: username })).rejects.toEqual(refused);
    await expect(links.use({ token, password: 'short' })).rejects.toEqual(refused);
    expect(await links.find(token)).toBeDefined();
    const rows = await store.db.selectFrom('administrator_links').selectAll().execute();
    expect(JSON.stringify(rows)).not.toContain(token);
    for (const wrong of ['', 'a'.repeat(43), '\0']) expect(await links.use({ token: wrong, password })).toBeUndefined();
    await expect(links.open('nobody')).rejects.toEqual(expect.objectContaining({ code: 'entity.not_found' }));
  });

  test('the last sign-in is known, and of two removals at once one leaves somebody', async () => {
    expect(await colleagues.list()).toMatchObject([{ lastSignInAt: null }]);
    await signIn('wrong password');
    expect(await colleagues.list()).toMatchObject([{ lastSignInAt: null }]);
    await signIn(old);
    expect(await colleagues.list()).toMatchObject([{ lastSignInAt: now }]);

    const { id: second } = await colleagues.create({ username: 'ali', password: old, role: 'owner' });
    const removed = await Promise.all([id, second].map(colleagues.deleteUnlessLast));
    expect(removed.sort()).toEqual([false, true]);
    expect(await colleagues.list()).toHaveLength(1);
  });
});
