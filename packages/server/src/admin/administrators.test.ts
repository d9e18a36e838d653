import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { knownBrowser, newDevices, strangerFrom } from '../../../../test/setup/clients.ts';
import { platform as testPlatform } from '../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { createPasswords } from '../accounts/passwords.ts';
import type { Devices } from '../protection/devices.ts';
import { deriveSecretKeys } from '../secrets/secret-keys.ts';
import type { Store } from '../store/store.ts';
import { type Administrators, createAdministrators } from './administrators.ts';
import { createAuditLog } from './audit-log.ts';

const credentials = { username: 'morgiana', password: 'open sesame' };
const from = (address: string) => ({ ...credentials, client: strangerFrom(address) });

describe.each(databases)('administrators on %s', (database) => {
  let store: Store;
  let administrators: Administrators;
  let devices: Devices;
  let now: number;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    const platform = { ...testPlatform, now: () => now };
    devices = newDevices(store, platform);
    administrators = createAdministrators({
      store,
      platform,
      passwords: createPasswords(platform),
      devices,
      secretKeys: deriveSecretKeys('a secret key of the tests, long enough to be one'),
      auditLog: createAuditLog({ store, platform }),
      publicUrl: 'https://sign-in.example.com',
    });
  });
  afterEach(() => store.close());

  const usernames = async () =>
    (await store.db.selectFrom('administrators').select('username').orderBy('username').execute()).map(
      ({ username }) => username,
    );
  const openLink = async () => (await administrators.createSetupLink()) ?? expect.fail('There is an administrator');
  const signIn = async (address = '192.0.2.1') => {
    const outcome = await administrators.signIn(from(address));
    return outcome.outcome === 'signed-in' ? outcome : expect.fail(outcome.outcome);
  };
  const trueOnes = (outcomes: boolean[]) => outcomes.filter(Boolean).length;

  describe('the first one', () => {
    test('is seeded once, however many processes start', async () => {
      const seeds = ['a', 'b', 'c', 'd', 'e', 'f'].map((username) =>
        administrators.seedFirst({ ...credentials, username }),
      );
      expect(trueOnes(await Promise.all(seeds))).toBe(1);
      expect(await usernames()).toHaveLength(1);
      expect(await administrators.seedFirst({ username: 'later', password: 'short' })).toBe(false);
      expect(await usernames()).toHaveLength(1);
    });

    test('is set up with the link, which works once', async () => {
      const token = await openLink();
      expect(token).toMatch(/^[\w-]{43}$/);
      expect(await administrators.isSetupLinkOpen(token)).toBe(true);
      expect(await administrators.setUpFirst({ ...credentials, token })).toBe(true);
      expect(await administrators.isSetupLinkOpen(token)).toBe(false);
      expect(await administrators.setUpFirst({ ...credentials, username: 'second', token })).toBe(false);
      expect(await usernames()).toEqual(['morgiana']);
      expect(await administrators.createSetupLink()).toBeUndefined();
      await signIn();
    });

    test('is not made where the audit log cannot say so', async () => {
      const token = await openLink();
      await sql`alter table audit_log rename to elsewhere`.execute(store.db);
      await expect(administrators.setUpFirst({ ...credentials, token })).rejects.toThrow();
      await expect(administrators.seedFirst(credentials)).rejects.toThrow();
      await sql`alter table elsewhere rename to audit_log`.execute(store.db);
      expect(await usernames()).toEqual([]);
      expect(await administrators.setUpFirst({ ...credentials, token })).toBe(true);
    });

    test('of many who use the link at once, one is', async () => {
      const token = await openLink();
      const uses = Array.from({ length: 20 }, (_, index) =>
        administrators.setUpFirst({ token, username: `person-${index}`, password: credentials.password }),
      );
      expect(trueOnes(await Promise.all(uses))).toBe(1);
      expect(await usernames()).toHaveLength(1);
    });

    test('is one, when the link is used while other processes seed and open links', async () => {
      const token = await openLink();
      const [used, seeded] = await Promise.all([
        administrators.setUpFirst({ ...credentials, token, username: 'by-link' }),
        administrators.seedFirst({ ...credentials, username: 'by-seed' }),
        administrators.createSetupLink(),
        administrators.createSetupLink(),
      ]);
      if (!used && !seeded) expect.fail('nobody became the first administrator');
      expect([used, seeded]).toContain(false);
      expect(await usernames()).toEqual([used ? 'by-link' : 'by-seed']);
    });

    test('is not made with a link that was replaced, or that never was', async () => {
      const old = await openLink();
      const token = await openLink();
      for (const wrong of [old, '', 'a'.repeat(43)]) {
        expect(await administrators.setUpFirst({ ...credentials, token: wrong })).toBe(false);
      }
      expect(await usernames()).toEqual([]);
      expect(await administrators.setUpFirst({ ...credentials, token })).toBe(true);
    });

    test('leaves the link open when the username or the password is refused', async () => {
      const token = await openLink();
      const refused = (code: string) => expect.objectContaining({ code });
      await expect(administrators.setUpFirst({ token, ...credentials, username: 'a b' })).rejects.toEqual(
        refused('guard.invalid_input'),
      );
      await expect(administrators.setUpFirst({ token, ...credentials, password: 'password' })).rejects.toEqual(
        refused('password.rejected'),
      );
      expect(await administrators.isSetupLinkOpen(token)).toBe(true);
    });

    test('neither the link nor the password is kept as it is', async () => {
      const token = await openLink();
      const settings = await store.db.selectFrom('settings').selectAll().execute();
      expect(JSON.stringify(settings)).not.toContain(token);
      await administrators.setUpFirst({ ...credentials, token });
      const rows = await store.db.selectFrom('administrators').selectAll().execute();
      expect(JSON.stringify(rows)).not.toContain(credentials.password);
    });
  });

  describe('signing in', () => {
    beforeEach(() => administrators.seedFirst(credentials));

    test('begins a session of twelve hours, of which only a digest is kept', async () => {
      const { token, administrator, expiresAt } = await signIn();
      expect(administrator).toEqual({ id: expect.any(String), username: 'morgiana', role: 'owner' });
      expect(expiresAt).toBe(now + 12 * 60 * 60_000);
      const session = { id: expect.stringMatching(/^[0-9a-f]{64}$/), createdAt: now, expiresAt };
      expect(await administrators.authenticateSession(token)).toEqual({ administrator, session });
      expect(JSON.stringify(await store.db.selectFrom('administrator_sessions').selectAll().execute())).not.toContain(
        token,
      );
      now = expiresAt;
      expect(await administrators.authenticateSession(token)).toBeUndefined();
    });

    test('is refused alike for a wrong password and an unknown name', async () => {
      const refused = { outcome: 'refused' };
      const address = '192.0.2.1';
      expect(await administrators.signIn({ ...from(address), password: 'open barley' })).toEqual(refused);
      expect(await administrators.signIn({ ...from(address), username: 'nobody' })).toEqual(refused);
      expect(await administrators.signIn({ ...from(address), username: 'zero\0' })).toEqual(refused);
      expect(await administrators.signIn({ ...from(address), username: 'Morgiana' })).toEqual(refused);
    });

    test('is limited per address, even when all tries come at once', async () => {
      const tries = Array.from({ length: 25 }, () =>
        administrators.signIn({ ...from('192.0.2.1'), password: 'open barley' }),
      );
      const outcomes = (await Promise.all(tries)).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(10);
      now += 60_000;
      expect(await administrators.signIn(from('192.0.2.1'))).toEqual({ outcome: 'limited', retryAfterSeconds: 840 });
      await signIn('192.0.2.2');
      now += 14 * 60_000;
      await signIn('192.0.2.1');
    });

    test('is limited per username, from wherever the tries come', async () => {
      const tryFrom = (index: number) => administrators.signIn({ ...from(`10.${index}.0.1`), password: 'open barley' });
      const outcomes = await Promise.all(Array.from({ length: 60 }, (_, index) => tryFrom(index)));
      expect(outcomes.filter(({ outcome }) => outcome === 'refused')).toHaveLength(50);
      const attempts = await store.db
        .withTables<{ sign_in_attempts: { attempts: number } }>()
        .selectFrom('sign_in_attempts')
        .select(({ fn }) => fn.sum('attempts').as('sum'))
        .executeTakeFirst();
      // 50 of the username, and twice of addresses and of their /24, as wrong ones and as passwords: those of the ten that
      // were limited got theirs back.
      expect(Number(attempts?.sum)).toBe(250);
      expect(await administrators.signIn(from('198.51.100.1'))).toEqual({ outcome: 'limited', retryAfterSeconds: 900 });
    });

    test('guesses from any number of networks lock no administrator out of a browser that has signed in', async () => {
      const { administrator } = await signIn();
      const known = knownBrowser(devices, { type: 'administrator', id: administrator.id }, '10.0.0.1');
      const guesses = Array.from({ length: 60 }, (_, index) =>
        administrators.signIn({ ...from(`10.${index % 6}.0.1`), password: 'open barley' }),
      );
      const outcomes = (await Promise.all(guesses)).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(50);
      expect(await administrators.signIn(from('198.51.100.1'))).toMatchObject({ outcome: 'limited' });
      expect(await administrators.signIn({ ...credentials, client: known })).toMatchObject({ outcome: 'signed-in' });
    });

    test('a known browser has a limit of its own, which a new password takes from it', async () => {
      const { administrator, token } = await signIn();
      const client = knownBrowser(devices, { type: 'administrator', id: administrator.id });
      const guess = () => administrators.signIn({ ...credentials, client, password: 'open barley' });
      const outcomes = (await Promise.all(Array.from({ length: 55 }, guess))).map(({ outcome }) => outcome);
      expect(outcomes.filter((outcome) => outcome === 'refused')).toHaveLength(50);
      await signIn();
      const { session } = (await administrators.authenticateSession(token)) ?? expect.fail('no session');
      now += 1;
      await administrators.changePassword({
        administratorId: administrator.id,
        sessionId: session.id,
        currentPassword: credentials.password,
        newPassword: 'open wheat, please',
        client: strangerFrom('192.0.2.9'),
      });
      expect(await guess()).toEqual({ outcome: 'refused' });
    });

    test('names that nobody can have do not count together', async () => {
      const typed = (username: string, index: number) =>
        administrators.signIn({ ...from(`10.${index}.0.1`), username, password: 'open barley' });
      await Promise.all(Array.from({ length: 50 }, (_, index) => typed('not a name', index)));
      expect(await typed('not a name', 60)).toMatchObject({ outcome: 'limited' });
      expect(await typed('no name\0', 61)).toEqual({ outcome: 'refused' });
    });

    test('right passwords use no tries up', async () => {
      for (let index = 0; index < 12; index += 1) await signIn();
      for (let index = 0; index < 9; index += 1) {
        await administrators.signIn({ ...from('192.0.2.1'), password: 'open barley' });
      }
      await signIn();
    });

    test('a limit comes to an end when the clock is set back', async () => {
      await Promise.all(
        Array.from({ length: 11 }, () => administrators.signIn({ ...from('192.0.2.1'), password: 'open barley' })),
      );
      now -= 24 * 60 * 60_000;
      await signIn();
    });
  });

  describe('sessions', () => {
    beforeEach(() => administrators.seedFirst(credentials));

    test('are ended by signing out, one at a time', async () => {
      const [first, second] = [await signIn(), await signIn()];
      await administrators.signOut(first.token);
      await administrators.signOut('never was one');
      expect(await administrators.authenticateSession(first.token)).toBeUndefined();
      expect(await administrators.authenticateSession(second.token)).toBeDefined();
    });

    test('are listed and revoked by their owner only', async () => {
      const { administrator, token } = await signIn();
      now += 1000;
      const later = await signIn();
      const sessions = await administrators.listSessions(administrator.id);
      expect(sessions.map(({ createdAt }) => createdAt)).toEqual([now, now - 1000]);
      const oldest = sessions[1]?.id ?? '';
      const notFound = expect.objectContaining({ code: 'entity.not_found' });
      await expect(administrators.revokeSession('somebody else', oldest)).rejects.toEqual(notFound);
      await administrators.revokeSession(administrator.id, oldest);
      await expect(administrators.revokeSession(administrator.id, oldest)).rejects.toEqual(notFound);
      expect(await administrators.authenticateSession(token)).toBeUndefined();
      expect(await administrators.authenticateSession(later.token)).toBeDefined();
    });
  });

  describe('a new password', () => {
    beforeEach(() => administrators.seedFirst(credentials));

    async function change(passwordsTyped: { currentPassword: string; newPassword: string }) {
      const { administrator, token } = await signIn();
      const { session } = (await administrators.authenticateSession(token)) ?? expect.fail('no session');
      return administrators
        .changePassword({
          administratorId: administrator.id,
          sessionId: session.id,
          client: strangerFrom('192.0.2.1'),
          ...passwordsTyped,
        })
        .then((outcome) => ({ outcome, token }));
    }

    test('takes the place of the old one and ends the other sessions', async () => {
      const other = await signIn();
      const { outcome, token } = await change({ currentPassword: 'open sesame', newPassword: 'open barley' });
      expect(outcome).toEqual({ outcome: 'changed' });
      expect(await administrators.authenticateSession(token)).toBeDefined();
      expect(await administrators.authenticateSession(other.token)).toBeUndefined();
      expect(await administrators.signIn(from('192.0.2.1'))).toEqual({ outcome: 'refused' });
      const again = await administrators.signIn({ ...from('192.0.2.1'), password: 'open barley' });
      expect(again).toMatchObject({ outcome: 'signed-in' });
    });

    test('needs the current one', async () => {
      const other = await signIn();
      const { outcome } = await change({ currentPassword: 'open wheat', newPassword: 'open barley' });
      expect(outcome).toEqual({ outcome: 'refused' });
      expect(await administrators.authenticateSession(other.token)).toBeDefined();
      await signIn();
    });

    test('is checked like any new password', async () => {
      await expect(change({ currentPassword: 'open sesame', newPassword: 'morgiana' })).rejects.toEqual(
        expect.objectContaining({ code: 'password.rejected' }),
      );
    });

    test('leaves no session that was begun with the old one', async () => {
      const signIns = Array.from({ length: 8 }, (_, index) => administrators.signIn(from(`192.0.2.${index + 10}`)));
      const [{ outcome }, ...outcomes] = await Promise.all([
        change({ currentPassword: 'open sesame', newPassword: 'open barley' }),
        ...signIns,
      ]);
      expect(outcome).toEqual({ outcome: 'changed' });
      for (const signedIn of outcomes) {
        if (signedIn.outcome !== 'signed-in') continue;
        expect(await administrators.authenticateSession(signedIn.token)).toBeUndefined();
      }
    });
  });
});
