import { TOTP } from 'otpauth';
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
const address = '192.0.2.1';
const client = strangerFrom(address);
const hour = 60 * 60_000;

describe.each(databases)('two-step sign-in on %s', (database) => {
  let store: Store;
  let administrators: Administrators;
  let devices: Devices;
  let now: number;
  /** Which statements the database is not there for. */
  let breaks: (sql: string) => boolean;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    const platform = { ...testPlatform, now: () => now };
    const passwords = createPasswords(platform);
    devices = newDevices(store, platform);
    const secretKeys = deriveSecretKeys('a secret key of the tests, long enough to be one');
    const auditLog = createAuditLog({ store, platform });
    const publicUrl = 'https://sign-in.example.com';
    breaks = () => false;
    const breaking: Store = {
      ...store,
      atomically: async (queries, locks) => {
        if (queries.some(({ sql }) => breaks(sql))) throw new Error('gone');
        return store.atomically(queries, locks);
      },
    };
    administrators = createAdministrators({
      store: breaking,
      platform,
      passwords,
      devices,
      secretKeys,
      auditLog,
      publicUrl,
    });
    await administrators.seedFirst(credentials);
  });
  afterEach(() => store.close());

  const codeAt = (secret: string, at = now) => new TOTP({ secret }).generate({ timestamp: at });
  const signIn = (code?: string, typed: object = {}) =>
    administrators.signIn({ ...credentials, client, code, ...typed });
  const outcomes = async (tries: Promise<{ outcome: string }>[]) =>
    (await Promise.all(tries)).map((each) => each.outcome);
  const count = (all: string[], wanted: string) => all.filter((outcome) => outcome === wanted).length;

  async function session(password = credentials.password) {
    const signedIn = await signIn(undefined, { password });
    if (signedIn.outcome !== 'signed-in') throw new Error(signedIn.outcome);
    const { session: begun } = (await administrators.authenticateSession(signedIn.token)) ?? expect.fail('no session');
    const proof = {
      administratorId: signedIn.administrator.id,
      sessionId: begun.id,
      currentPassword: password,
      client,
    };
    return { token: signedIn.token, proof };
  }

  async function turnOn() {
    const { token, proof } = await session();
    const begun = await administrators.twoStep.begin(proof);
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    const confirmed = await administrators.twoStep.confirm({ ...proof, code: codeAt(begun.secret) });
    if (confirmed.outcome !== 'on') throw new Error(confirmed.outcome);
    now += 60_000;
    return { token, proof, secret: begun.secret, recoveryCodes: confirmed.recoveryCodes };
  }

  test('does not count before a first code was right', async () => {
    const { proof } = await session();
    expect(await administrators.twoStep.begin({ ...proof, currentPassword: 'open barley' })).toEqual({
      outcome: 'refused',
    });
    const notBegun = expect.objectContaining({ code: 'administrator.two_step_not_begun' });
    await expect(administrators.twoStep.confirm({ ...proof, code: '123456' })).rejects.toEqual(notBegun);
    const begun = await administrators.twoStep.begin(proof);
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    expect(begun.uri).toContain(begun.secret);
    const wrong = codeAt(begun.secret, now + hour);
    expect(await administrators.twoStep.confirm({ ...proof, code: wrong })).toEqual({ outcome: 'wrong-code' });
    expect((await signIn()).outcome).toBe('signed-in');
    expect(await administrators.twoStep.state(proof.administratorId)).toEqual({
      since: null,
      recoveryCodesLeft: 0,
      isOffered: true,
    });
  });

  test('is offered until it is on or turned down', async () => {
    const { proof } = await session();
    await administrators.twoStep.decline(proof.administratorId);
    expect(await administrators.twoStep.state(proof.administratorId)).toMatchObject({ isOffered: false });
    await turnOn();
    expect(await administrators.twoStep.state(proof.administratorId)).toEqual({
      since: now - 60_000,
      recoveryCodesLeft: 10,
      isOffered: false,
    });
    expect(await administrators.colleagues.list()).toMatchObject([{ twoStepSince: now - 60_000 }]);
  });

  test('asks for a code after the right password only, and takes it', async () => {
    const { secret } = await turnOn();
    expect(await signIn(undefined, { password: 'open barley' })).toEqual({ outcome: 'refused' });
    expect(await signIn(codeAt(secret), { password: 'open barley' })).toEqual({ outcome: 'refused' });
    expect(await signIn()).toEqual({ outcome: 'code-required' });
    expect(await signIn(codeAt(secret, now + hour))).toEqual({ outcome: 'wrong-code' });
    expect(await signIn(` ${codeAt(secret).slice(0, 3)} ${codeAt(secret).slice(3)} `)).toMatchObject({
      outcome: 'signed-in',
    });
  });

  test('takes a code once, and none before it', async () => {
    const { secret } = await turnOn();
    const code = codeAt(secret);
    expect(count(await outcomes(Array.from({ length: 8 }, () => signIn(code))), 'signed-in')).toBe(1);
    now += 30_000;
    expect((await signIn(code)).outcome).toBe('wrong-code');
    // A clock that is one step ahead.
    expect((await signIn(codeAt(secret, now + 30_000))).outcome).toBe('signed-in');
    expect((await signIn(codeAt(secret))).outcome).toBe('wrong-code');
    now += 60_000;
    expect((await signIn(codeAt(secret, now - 60_000))).outcome).toBe('wrong-code');
    expect((await signIn(codeAt(secret))).outcome).toBe('signed-in');
  });

  test('the code that turned it on signs nobody in', async () => {
    const { secret } = await turnOn();
    now -= 60_000;
    expect((await signIn(codeAt(secret))).outcome).toBe('wrong-code');
  });

  test('a code is not used up where what it was for was not done', async () => {
    const { recoveryCodes, proof, secret } = await turnOn();
    const [first = '', second = '', third = ''] = recoveryCodes;
    for (const code of [first, codeAt(secret)]) {
      breaks = (sql) => sql.includes('administrator_sessions');
      await expect(signIn(code)).rejects.toThrow('gone');
      breaks = () => false;
      expect((await signIn(code)).outcome).toBe('signed-in');
    }
    const { twoStep } = administrators;
    breaks = (sql) => sql.includes('insert into administrator_recovery_codes');
    await expect(twoStep.renewRecoveryCodes({ ...proof, code: second })).rejects.toThrow('gone');
    breaks = (sql) => sql.includes('delete from administrator_authenticators');
    await expect(twoStep.turnOff({ ...proof, code: third })).rejects.toThrow('gone');
    breaks = () => false;
    expect(await twoStep.state(proof.administratorId)).toMatchObject({ recoveryCodesLeft: 9 });
    expect((await twoStep.turnOff({ ...proof, code: third })).outcome).toBe('off');
  });

  test('takes a recovery code once, however it is written', async () => {
    const { recoveryCodes, proof } = await turnOn();
    const [first = '', second = ''] = recoveryCodes;
    expect(count(await outcomes(Array.from({ length: 6 }, () => signIn(first))), 'signed-in')).toBe(1);
    const sloppy = second.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O').replaceAll('1', 'l');
    expect((await signIn(sloppy)).outcome).toBe('signed-in');
    expect(await administrators.twoStep.state(proof.administratorId)).toMatchObject({ recoveryCodesLeft: 8 });
  });

  test('limits guesses exactly, and a recovery code is the way out', async () => {
    const { secret, recoveryCodes } = await turnOn();
    const wrong = codeAt(secret, now + hour);
    const guessed = await outcomes(Array.from({ length: 25 }, () => signIn(wrong)));
    expect([count(guessed, 'wrong-code'), count(guessed, 'limited')]).toEqual([10, 15]);
    expect(await signIn(codeAt(secret))).toEqual({ outcome: 'limited', retryAfterSeconds: 6 * 60 * 60 });
    expect((await signIn(recoveryCodes[0])).outcome).toBe('signed-in');
    now += 6 * hour;
    expect((await signIn(codeAt(secret))).outcome).toBe('signed-in');
  });

  test('whoever knows the password does not use up the guesses of a browser that has signed in before', async () => {
    const { proof, secret } = await turnOn();
    const { administratorId: id } = proof;
    const owner = knownBrowser(devices, { type: 'administrator', id });
    for (const wrong of ['000000', 'aaaa-aaaa-aaaa']) {
      for (let guesses = 0; guesses < 11; guesses += 1) await signIn(wrong);
    }
    expect((await signIn(codeAt(secret))).outcome).toBe('limited');
    expect((await signIn(codeAt(secret), { client: owner })).outcome).toBe('signed-in');
    now += 60_000;
    expect((await administrators.twoStep.turnOff({ ...proof, code: codeAt(secret) })).outcome).toBe('off');
  });

  test('strangers who guess at the password keep nobody who is signed in from it, whatever the role is now', async () => {
    const { proof } = await session();
    const { administratorId: id } = proof;
    const owner = knownBrowser(devices, { type: 'administrator', id });
    now += 1000;
    await administrators.colleagues.setRole(id, 'owner', proof);
    for (let guesses = 0; guesses < 50; guesses += 1) {
      await signIn(undefined, { password: 'open barley', client: strangerFrom(`192.0.${guesses}.1`) });
    }
    expect((await signIn(undefined, { client: strangerFrom('192.0.99.1') })).outcome).toBe('limited');
    expect((await administrators.twoStep.begin(proof)).outcome).toBe('begun');
    expect((await signIn(undefined, { client: owner })).outcome).toBe('signed-in');
  });

  test('a stranger without the password uses up no guesses', async () => {
    const { secret } = await turnOn();
    for (let network = 0; network < 15; network += 1) {
      await signIn('000000', { password: 'open barley', client: strangerFrom(`198.51.100.${network}`) });
    }
    expect((await signIn(codeAt(secret))).outcome).toBe('signed-in');
  });

  test('ends the sessions that began with one step, when it is turned on', async () => {
    const other = await session();
    const { token } = await turnOn();
    expect(await administrators.authenticateSession(token)).toBeDefined();
    expect(await administrators.authenticateSession(other.token)).toBeUndefined();
  });

  test('leaves no session that was begun with one step behind its back', async () => {
    const { proof } = await session();
    const begun = await administrators.twoStep.begin(proof);
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    const [confirmed, ...signIns] = await Promise.all([
      administrators.twoStep.confirm({ ...proof, code: codeAt(begun.secret) }),
      ...Array.from({ length: 6 }, (_, index) => signIn(undefined, { client: strangerFrom(`192.0.2.${index + 10}`) })),
    ]);
    expect(confirmed.outcome).toBe('on');
    for (const each of signIns) {
      if (each.outcome === 'signed-in') expect(await administrators.authenticateSession(each.token)).toBeUndefined();
    }
  });

  test('of two confirmations at once, one tells recovery codes, and they work', async () => {
    const { proof } = await session();
    const begun = await administrators.twoStep.begin(proof);
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    const code = codeAt(begun.secret);
    // Whoever comes late enough is told that it is on already.
    const confirmed = await Promise.allSettled([1, 2, 3].map(() => administrators.twoStep.confirm({ ...proof, code })));
    const told = confirmed.flatMap((each) =>
      each.status === 'fulfilled' && each.value.outcome === 'on' ? [each.value.recoveryCodes] : [],
    );
    expect(told).toHaveLength(1);
    expect((await signIn(told[0]?.[0])).outcome).toBe('signed-in');
  });

  test('is turned off with the password and a code, never with one alone', async () => {
    const { proof, secret, recoveryCodes } = await turnOn();
    const { twoStep } = administrators;
    const code = codeAt(secret);
    expect((await twoStep.turnOff({ ...proof, currentPassword: 'open barley', code })).outcome).toBe('refused');
    expect((await twoStep.turnOff({ ...proof, code: codeAt(secret, now + hour) })).outcome).toBe('wrong-code');
    expect((await twoStep.turnOff({ ...proof, code: '' })).outcome).toBe('code-required');
    await expect(twoStep.begin(proof)).rejects.toMatchObject({ code: 'administrator.two_step_already_on' });
    expect((await signIn()).outcome).toBe('code-required');
    expect((await twoStep.turnOff({ ...proof, code: recoveryCodes[0] ?? '' })).outcome).toBe('off');
    expect((await signIn()).outcome).toBe('signed-in');
    await expect(twoStep.turnOff({ ...proof, code })).rejects.toMatchObject({ code: 'administrator.two_step_off' });
    expect(await store.db.selectFrom('administrator_recovery_codes').selectAll().execute()).toEqual([]);
  });

  test('a session that was ended meanwhile changes nothing', async () => {
    const [thief, owner] = [await session(), await session()];
    const { twoStep } = administrators;
    const begun = await twoStep.begin(thief.proof);
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    await administrators.revokeSession(thief.proof.administratorId, thief.proof.sessionId);
    const ended = expect.objectContaining({ code: 'auth.unauthorized' });
    await expect(twoStep.confirm({ ...thief.proof, code: codeAt(begun.secret) })).rejects.toEqual(ended);
    await expect(twoStep.begin(thief.proof)).rejects.toEqual(ended);
    const newPassword = 'open wheat and rye';
    await expect(administrators.changePassword({ ...thief.proof, newPassword })).rejects.toEqual(ended);
    expect(await administrators.authenticateSession(owner.token)).toBeDefined();

    const confirmed = await twoStep.confirm({ ...owner.proof, code: codeAt(begun.secret) });
    if (confirmed.outcome !== 'on') throw new Error(confirmed.outcome);
    const [first = '', second = '', third = ''] = confirmed.recoveryCodes;
    await expect(twoStep.renewRecoveryCodes({ ...thief.proof, code: first })).rejects.toEqual(ended);
    await expect(twoStep.turnOff({ ...thief.proof, code: second })).rejects.toEqual(ended);
    expect(await twoStep.state(owner.proof.administratorId)).toMatchObject({
      since: expect.any(Number),
      recoveryCodesLeft: 8,
    });
    expect(await administrators.authenticateSession(owner.token)).toBeDefined();
    expect((await signIn(third)).outcome).toBe('signed-in');
  });

  test('a new password forgets an app that somebody began to set up with the old one', async () => {
    const [thief, owner] = [await session(), await session()];
    const { twoStep } = administrators;
    const begun = await twoStep.begin(thief.proof);
    if (begun.outcome !== 'begun') throw new Error(begun.outcome);
    const newPassword = 'open wheat and rye';
    expect(await administrators.changePassword({ ...owner.proof, newPassword })).toEqual({ outcome: 'changed' });
    const { administratorId, sessionId } = owner.proof;
    await expect(twoStep.confirm({ administratorId, sessionId, code: codeAt(begun.secret) })).rejects.toMatchObject({
      code: 'administrator.two_step_not_begun',
    });
  });

  test('a new password leaves a confirmed app as it is', async () => {
    const { proof, secret } = await turnOn();
    const newPassword = 'open wheat and rye';
    expect(await administrators.changePassword({ ...proof, newPassword })).toEqual({ outcome: 'changed' });
    expect((await signIn(undefined, { password: newPassword })).outcome).toBe('code-required');
    expect((await signIn(codeAt(secret), { password: newPassword })).outcome).toBe('signed-in');
  });

  test('nobody turns it on for others while the password changes, at whatever moment of the two', async () => {
    let password = credentials.password;
    for (let round = 0; round < 6; round += 1) {
      const [thief, owner] = [await session(password), await session(password)];
      const begun = await administrators.twoStep.begin(thief.proof);
      if (begun.outcome !== 'begun') throw new Error(begun.outcome);
      const newPassword = `open wheat and rye ${round}`;
      const [confirmed, changed] = await Promise.allSettled([
        administrators.twoStep.confirm({ ...thief.proof, code: codeAt(begun.secret) }),
        administrators.changePassword({ ...owner.proof, newPassword }),
      ]);
      const isOn = confirmed.status === 'fulfilled' && confirmed.value.outcome === 'on';
      const isChanged = changed.status === 'fulfilled' && changed.value.outcome === 'changed';
      expect([isOn, isChanged].toSorted()).toEqual([false, true]);
      expect((await administrators.authenticateSession(owner.token)) !== undefined).toBe(isChanged);
      if (isOn) return;
      password = newPassword;
    }
  });

  test('new recovery codes take the place of the old ones', async () => {
    const { proof, secret, recoveryCodes } = await turnOn();
    const renewed = await administrators.twoStep.renewRecoveryCodes({ ...proof, code: codeAt(secret) });
    if (renewed.outcome !== 'renewed') throw new Error(renewed.outcome);
    expect(new Set([...renewed.recoveryCodes, ...recoveryCodes]).size).toBe(20);
    expect((await signIn(recoveryCodes[0])).outcome).toBe('wrong-code');
    expect((await signIn(renewed.recoveryCodes[0])).outcome).toBe('signed-in');
  });

  test('keeps neither the secret nor the codes as they are', async () => {
    const { secret, recoveryCodes, proof } = await turnOn();
    const kept = JSON.stringify([
      await store.db.selectFrom('administrator_authenticators').selectAll().execute(),
      await store.db.selectFrom('administrator_recovery_codes').selectAll().execute(),
      await store.db.selectFrom('audit_log').selectAll().execute(),
    ]);
    for (const plain of [secret, ...recoveryCodes, ...recoveryCodes.map((code) => code.replaceAll('-', ''))]) {
      expect(kept).not.toContain(plain);
    }
    // Bound to its owner: another row with the same bytes cannot be read.
    await administrators.colleagues.create({ username: 'ali', password: 'open barley', role: 'viewer' });
    const [ali] = await administrators.colleagues.list();
    await store.db
      .updateTable('administrator_authenticators')
      .set({ administrator_id: ali?.id ?? '' })
      .where('administrator_id', '=', proof.administratorId)
      .execute();
    await expect(signIn(codeAt(secret), { username: 'ali', password: 'open barley' })).rejects.toThrow();
  });

  test('the audit log has wrong codes, and recovery codes that were used', async () => {
    const { secret, recoveryCodes } = await turnOn();
    await signIn(codeAt(secret, now + hour));
    now += 1000;
    await signIn(recoveryCodes[0]);
    await signIn(codeAt(secret));
    const log = await store.db.selectFrom('audit_log').selectAll().orderBy('at').orderBy('id').execute();
    expect(log.map(({ action, actor_name, details }) => [action, actor_name, JSON.parse(details)])).toEqual([
      ['administrator.create', 'settings', { username: 'morgiana', role: 'owner' }],
      ['administrator.fail-second-step', 'morgiana', { network: address }],
      ['administrator.use-recovery-code', 'morgiana', { network: address }],
    ]);
  });
});
