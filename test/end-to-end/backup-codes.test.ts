import { beforeEach, describe, expect, test, vi } from 'vitest';
import { beginImport } from '../../packages/server/src/accounts/import/import-users.ts';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import { beginExperience, type ExperienceClient } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import {
  byUsername,
  identifyByPassword as identifyAs,
  password,
  proveSecondNumber,
  registerByPassword,
  tokensOf,
} from './by-password.ts';
import { refused, restart, send, submit, useExperience, verify } from './experience-rig.ts';

const phoneFactor = 'PhoneVerificationCode';
const factors = [phoneFactor, 'BackupCode'];
const required = refused(422, 'session.mfa.backup_code_required');
const invalid = refused(400, 'session.mfa.invalid_backup_code');
const mfa = { policy: 'Mandatory', factors };

let people = 0;

describe.each(databases)('backup codes on %s', (database) => {
  const rig = useExperience(database);
  let client: ExperienceClient;
  let username: string;
  let phone: string;
  beforeEach(async () => {
    people += 1;
    [username, phone] = [`ali_${people}`, newPhone()];
    await policy();
    client = await rig.begin();
  });
  const policy = async (change: object = {}) =>
    expect(await rig.server.management.patch('/sign-in-exp', { ...byUsername, mfa, ...change })).toMatchObject({
      status: 200,
    });
  const services = () => rig.server.services;
  const newUser = (fields: object = { primaryPhone: phone }) =>
    services().users.create({ username, password, ...fields });
  const left = (id: string) => services().backupCodes.left(id);
  /** Somebody with codes. */
  async function newOwner() {
    const { id } = await newUser();
    const { body } = await rig.server.management.post(`/users/${id}/mfa-verifications`, { type: 'BackupCode' });
    return { id, codes: body.codes as string[] };
  }
  const identifyByPassword = (as = client) => identifyAs(as, username);
  const proveSecond = () => proveSecondNumber(client, () => rig.twilio.codeTo(phone));
  const generate = () => client.call('POST', '/verification/backup-code/generate');
  const keep = (verificationId: string) => client.call('POST', '/profile/mfa', { type: 'BackupCode', verificationId });
  const use = (code: string, as = client) => as.call('POST', '/verification/backup-code/verify', { code });
  const finish = async () => (await tokensOf(client)).claims();

  test('are asked for after the second code, shown once, and each lets its owner in once', async () => {
    const { id } = await newUser();
    await identifyByPassword();
    expect((await submit(client)).body.data.availableFactors).toEqual([phoneFactor]);
    // The password alone gets nobody any.
    expect(await generate()).toMatchObject(refused(403, 'session.mfa.require_mfa_verification'));
    await proveSecond();
    expect(await submit(client)).toMatchObject(required);
    const made = (await generate()).body;
    expect(made.codes).toHaveLength(10);
    for (const code of made.codes) expect(code).toMatch(/^[0-9a-f]{10}$/);
    expect(await submit(client)).toMatchObject(required);
    expect(await keep(made.verificationId)).toMatchObject({ status: 204 });
    expect(await left(id)).toBe(0);
    expect(await finish()).toMatchObject({ sub: id });
    expect(await left(id)).toBe(10);

    const [code = '', other = ''] = made.codes;
    client = await rig.begin();
    await identifyByPassword();
    expect((await submit(client)).body.data.availableFactors).toEqual(factors);
    expect(await use('0123456789')).toMatchObject(invalid);
    const { status, body } = await use(`${code.slice(0, 5).toUpperCase()} ${code.slice(5)}`);
    expect(status).toBe(200);
    const { verificationRecords } = (await client.call('GET', '/interaction')).body;
    expect(verificationRecords).toContainEqual(
      expect.objectContaining({ id: body.verificationId, type: 'BackupCode', verified: true }),
    );
    expect(await use(code)).toMatchObject(invalid);
    expect(await finish()).toMatchObject({ sub: id });
    expect(await left(id)).toBe(9);
    await expect
      .poll(async () => (await rig.server.management.get(`/users/${id}/sign-ins`)).body[0].method)
      .toBe('backup-code');

    // With the wrong first proof, it is worth nothing.
    client = await rig.begin();
    await restart(client, 'SignIn');
    expect(await use(other)).toMatchObject(refused(404, 'session.identifier_not_found'));
    const { db } = services().store;
    const kept = JSON.stringify([
      await db.selectFrom('backup_codes').selectAll().execute(),
      await db.selectFrom('verifications').selectAll().execute(),
    ]);
    for (const one of made.codes) expect(kept).not.toContain(one);
  });

  test('come at the end of a sign-up, after the number', async () => {
    await registerByPassword(client, username);
    expect(await generate()).toMatchObject(refused(422, 'session.mfa.backup_code_can_not_be_alone'));
    expect(await submit(client)).toMatchObject({
      ...refused(422, 'user.missing_mfa'),
      body: { data: { availableFactors: [phoneFactor] } },
    });
    const { verificationId } = (await send(client, 'Register', phone)).body;
    await verify(client, phone, verificationId, rig.twilio.codeTo(phone));
    await client.call('POST', '/profile/mfa', { type: phoneFactor, verificationId });
    expect(await submit(client)).toMatchObject(required);
    expect(await keep('nothing')).toMatchObject(refused(404, 'session.verification_session_not_found'));
    expect(await keep((await generate()).body.verificationId)).toMatchObject({ status: 204 });
    const claims = await finish();
    expect(await left(claims?.sub ?? '')).toBe(10);
    expect(await services().users.find({ phone })).toMatchObject({ id: claims?.sub });
  });

  test('of one code typed at many places at once, one counts', async () => {
    const { id, codes } = await newOwner();
    const clients = await Promise.all(Array.from({ length: 6 }, () => rig.begin()));
    for (const one of clients) await identifyByPassword(one);
    const answers = await Promise.all(clients.map((one) => use(codes[0] ?? '', one)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
    expect(await left(id)).toBe(9);
  });

  test('guesses by who knows the password end soon, and not for the browser of the owner', async () => {
    const { codes } = await newOwner();
    await identifyByPassword();
    expect(await use(codes[0] ?? '')).toMatchObject({ status: 200 });
    await finish();
    const stranger = await rig.begin();
    await identifyByPassword(stranger);
    for (let guess = 0; guess < 10; guess += 1) expect(await use(`000000000${guess}`, stranger)).toMatchObject(invalid);
    expect(await use(codes[1] ?? '', stranger)).toMatchObject(
      refused(400, 'session.verification_blocked_too_many_attempts'),
    );
    client = await beginExperience(rig.server, rig.relier, {
      browser: client.browser,
      parameters: { prompt: 'login' },
    });
    await identifyByPassword();
    expect(await use(codes[1] ?? '')).toMatchObject({ status: 200 });
    rig.server.advance(16 * 60_000);
    const later = await rig.begin();
    await identifyByPassword(later);
    expect(await use(codes[2] ?? '', later)).toMatchObject({ status: 200 });
  });

  test('what voids the first proof voids the code, and so do new codes', async () => {
    const { id, codes } = await newOwner();
    const asked = refused(403, 'session.mfa.require_mfa_verification');
    const [entry] = (await rig.server.management.get('/audit-log?page_size=1')).body;
    expect(entry).toMatchObject({
      action: 'user.add-mfa-verification',
      subject: { id },
      details: { changes: [{ field: 'backupCodes', before: 0, after: 10 }] },
    });
    for (const code of codes) expect(JSON.stringify(entry)).not.toContain(code);
    await identifyByPassword();
    await use(codes[0] ?? '');
    await services().userSessions.endAll(id);
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));

    await identifyByPassword();
    await use(codes[1] ?? '');
    const { body } = await rig.server.management.get(`/users/${id}/mfa-verifications`);
    expect(body).toMatchObject([{ type: 'BackupCode', remainCodes: 8, id: expect.any(String) }]);
    const path = `/users/${id}/mfa-verifications/${body[0].id}`;
    expect(await rig.server.management.delete(path)).toMatchObject({ status: 204 });
    expect(await rig.server.management.delete(path)).toMatchObject(refused(404, 'entity.not_found'));
    expect(await submit(client)).toMatchObject(asked);
    expect(await use(codes[2] ?? '')).toMatchObject(invalid);

    // One that was handed in, and not yet gone on with.
    const fresh = (await rig.server.management.post(`/users/${id}/mfa-verifications`, { type: 'BackupCode' })).body;
    await use(fresh.codes[0]);
    const { redirectTo } = (await submit(client)).body;
    await rig.server.management.patch('/sign-in-exp', { mfa });
    await services().backupCodes.end(id, (await services().backupCodes.find(id))?.id ?? '');
    expect(await client.finish(redirectTo).catch(() => undefined)).toBeUndefined();
  });

  test('end with the last other factor, the second step and the user', async () => {
    const { id } = await newOwner();
    await rig.server.management.patch(`/users/${id}`, { name: 'Ali' });
    expect(await left(id)).toBe(10);
    await rig.server.management.patch(`/users/${id}`, { primaryPhone: '' });
    expect(await left(id)).toBe(0);
    await rig.server.management.patch(`/users/${id}`, { primaryPhone: phone });
    const add = () => rig.server.management.post(`/users/${id}/mfa-verifications`, { type: 'BackupCode' });
    expect(await add()).toMatchObject({ status: 200 });
    await rig.server.management.patch(`/users/${id}/logto-configs`, { mfa: { skipMfaOnSignIn: true } });
    expect(await left(id)).toBe(0);
    await rig.server.management.patch(`/users/${id}/logto-configs`, { mfa: { skipMfaOnSignIn: false } });
    expect(await add()).toMatchObject({ status: 200 });
    expect(await add()).toMatchObject(refused(422, 'user.backup_code_already_in_use'));
    // An import that takes the number away is no other thing.
    const { store, platform, secretKeys } = services();
    for (const [fields, remaining] of [
      [{ name: 'Ali' }, 10],
      [{ primaryPhone: null }, 0],
    ] as const) {
      const run = beginImport({ store, platform, secretKeys }, { upsert: true, dryRun: false });
      expect(await run.take([{ line: 1, user: { id, ...fields } }])).toMatchObject([{ status: 'updated' }]);
      run.close();
      expect(await left(id)).toBe(remaining);
    }
    await rig.server.management.patch(`/users/${id}`, { primaryPhone: phone });
    expect(await add()).toMatchObject({ status: 200 });
    // Where nobody may do without, what they wish for does not count.
    await services().store.db.updateTable('users').set({ skips_second_factor: 1 }).where('id', '=', id).execute();
    await rig.server.management.patch(`/users/${id}`, { name: 'Ali Baba' });
    expect(await left(id)).toBe(10);
    await services().users.delete(id);
    expect(await left(id)).toBe(0);
    expect(await add()).toMatchObject(refused(404, 'entity.not_found'));
  });

  test('that two sign-ins show at once count where they are kept first, and the other is told so', async () => {
    const there = refused(422, 'user.backup_code_already_in_use');
    const { id } = await newUser();
    const show = async () => {
      client = await rig.begin();
      await identifyByPassword();
      await proveSecond();
      rig.server.advance(31_000);
      const { verificationId, codes } = (await generate()).body;
      return { client, verificationId, codes };
    };
    const counts = async ([typed = '']: string[]) => services().backupCodes.use(id, { typed, usedBy: typed }, []);
    const [first, second, third] = [await show(), await show(), await show()];
    client = second.client;
    expect(await keep(second.verificationId)).toMatchObject({ status: 204 });
    client = first.client;
    expect(await keep(first.verificationId)).toMatchObject({ status: 204 });
    expect(await finish()).toMatchObject({ sub: id });
    // Shown, and not yet kept.
    client = third.client;
    expect(await keep(third.verificationId)).toMatchObject(there);
    expect(await generate()).toMatchObject(there);
    expect(await finish()).toMatchObject({ sub: id });
    // Kept, and not yet submitted.
    client = second.client;
    expect(await submit(client)).toMatchObject(there);
    expect(await finish()).toMatchObject({ sub: id });
    expect(await left(id)).toBe(10);
    expect([await counts(first.codes), await counts(second.codes), await counts(third.codes)]).toEqual([
      ...[true, false, false],
    ]);
  });

  test('that many sign-ins hand in at once are those of one', async () => {
    const { id } = await newUser();
    const shown = [];
    for (let number = 0; number < 6; number += 1) {
      client = await rig.begin();
      await identifyByPassword();
      await proveSecond();
      rig.server.advance(31_000);
      const { verificationId, codes } = (await generate()).body;
      await keep(verificationId);
      shown.push({ client, codes });
    }
    const answers = await Promise.all(shown.map((one) => submit(one.client)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422, 422, 422]);
    const winner = shown[answers.findIndex(({ status }) => status === 200)];
    expect(await left(id)).toBe(10);
    for (const typed of winner?.codes ?? []) {
      expect(await services().backupCodes.use(id, { typed, usedBy: typed }, [])).toBe(true);
    }
  });

  test('are given to nobody by a second code to a number that moves in that moment', async () => {
    const { id } = await newUser();
    await identifyByPassword();
    await proveSecond();
    await keep((await generate()).body.verificationId);
    const { users } = services();
    const { add } = users;
    vi.spyOn(users, 'add').mockImplementation(async (...given) => {
      await users.update(id, { primaryPhone: newPhone() });
      return add.apply(users, given);
    });
    expect((await submit(client)).status).toBeGreaterThanOrEqual(400);
    vi.restoreAllMocks();
    expect(await left(id)).toBe(0);
    expect(await submit(client)).toMatchObject(refused(403, 'session.mfa.require_mfa_verification'));
  });

  test('that a sign-in gives take those with them that the account page has shown', async () => {
    const { id } = await newUser();
    const access = {
      userId: id,
      subject: 'session:one',
      scopes: undefined,
      client: { address: '192.0.2.1', marks: [] },
    };
    const shown = await services().account.backupCodes.show(access);
    const personId = await services().account.checkPassword(access, password);
    await identifyByPassword();
    await proveSecond();
    await keep((await generate()).body.verificationId);
    await finish();
    await expect(services().account.backupCodes.keep(access, shown.id, personId)).rejects.toMatchObject({
      code: 'verification_record.not_found',
    });
  });

  test('that were kept in a sign-in are given to nobody whose second step went before its end', async () => {
    await policy({ mfa: { policy: 'NoPrompt', factors } });
    const { id } = await newUser();
    const configs = (skipMfaOnSignIn: boolean) =>
      rig.server.management.patch(`/users/${id}/logto-configs`, { mfa: { skipMfaOnSignIn } });
    const ways = [
      [() => rig.server.management.patch(`/users/${id}`, { primaryPhone: '' }), 0],
      [() => configs(true), 0],
      [() => policy({ mfa: { policy: 'NoPrompt', factors: [phoneFactor] } }), 0],
      [() => rig.server.management.patch(`/users/${id}`, { name: 'Ali' }), 10],
    ] as const;
    for (const [change, kept] of ways) {
      await services().users.update(id, { primaryPhone: phone });
      await configs(false);
      await policy({ mfa: { policy: 'NoPrompt', factors } });
      rig.server.advance(60_000);
      client = await rig.begin();
      await identifyByPassword();
      await proveSecond();
      expect(await keep((await generate()).body.verificationId)).toMatchObject({ status: 204 });
      await change();
      expect(await finish()).toMatchObject({ sub: id });
      expect(await left(id)).toBe(kept);
    }
  });

  test('are off, and never alone', async () => {
    const change = (value: object) => rig.server.management.patch('/sign-in-exp', { mfa: value });
    expect(await change({ factors: ['BackupCode'], policy: 'Mandatory' })).toMatchObject(
      refused(400, 'sign_in_experiences.backup_code_cannot_be_enabled_alone'),
    );
    expect(await change({ factors: [...factors, 'BackupCode'] })).toMatchObject(
      refused(400, 'sign_in_experiences.duplicated_mfa_factors'),
    );
    const { id, codes } = await newOwner();
    await policy({ mfa: { policy: 'Mandatory', factors: [phoneFactor] } });
    const off = refused(400, 'session.mfa.mfa_factor_not_enabled');
    await identifyByPassword();
    expect((await submit(client)).body.data.availableFactors).toEqual([phoneFactor]);
    expect(await use(codes[0] ?? '')).toMatchObject(off);
    await proveSecond();
    expect(await generate()).toMatchObject(off);
    expect(await finish()).toMatchObject({ sub: id });
    // Nobody is asked for some who is not asked for a second step.
    await policy({ mfa: { policy: 'NoPrompt', factors } });
    username = `other_${username}`;
    const { id: other } = await newUser({});
    client = await rig.begin();
    await identifyByPassword();
    expect(await finish()).toMatchObject({ sub: other });
  });

  test('are given and taken by the Account API, after a fresh proof', async () => {
    await policy({ mfa: { policy: 'NoPrompt', factors } });
    const { id } = await newUser({});
    const token = await signInForToken(rig.server, rig.relier, { username, password, scope: 'openid identities' });
    const path = '/my-account/mfa-verifications';
    const call = (method: string, at: string, body?: object, verification?: string) =>
      callAccount(rig.server, token, { method, path: at, body, verification });
    expect(await call('GET', path)).toEqual({ status: 200, body: [] });
    const { codes } = (await call('POST', `${path}/backup-codes/generate`)).body;
    const add = (given: string[], verification?: string) =>
      call('POST', path, { type: 'BackupCode', codes: given }, verification);
    expect(await add(codes)).toMatchObject(refused(401, 'verification_record.permission_denied'));
    const person = (await call('POST', '/verifications/password', { password })).body.verificationRecordId;
    expect(await add(codes, person)).toMatchObject(refused(422, 'session.mfa.backup_code_can_not_be_alone'));
    await services().users.update(id, { primaryPhone: phone });
    const wrong = refused(422, 'user.wrong_backup_code_format');
    expect(await add(codes.slice(1), person)).toMatchObject(wrong);
    expect(await add([...codes.slice(1), codes[1]], person)).toMatchObject(wrong);
    expect(await add([...codes.slice(1), '000000000g'], person)).toMatchObject(wrong);
    const both = await Promise.all([add(codes, person), add(codes, person)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 422]);
    const listed = (await call('GET', path)).body;
    expect(listed).toEqual([
      { id: expect.any(String), createdAt: expect.any(String), type: 'BackupCode', remainCodes: 10 },
    ]);
    expect(await add(codes, person)).toMatchObject(refused(422, 'user.backup_code_already_in_use'));
    client = await rig.begin();
    await identifyByPassword();
    expect(await use(codes[0])).toMatchObject({ status: 200 });
    const remove = (of: string, verification?: string) => call('DELETE', `${path}/${of}`, undefined, verification);
    expect(await remove(listed[0].id)).toMatchObject(refused(401, 'verification_record.permission_denied'));
    expect(await remove('nothing', person)).toMatchObject(refused(400, 'verification_record.not_found'));
    expect(await remove(listed[0].id, person)).toMatchObject({ status: 204 });
    expect(await left(id)).toBe(0);
  });
});
