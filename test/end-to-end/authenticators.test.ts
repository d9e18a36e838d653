import { beforeEach, describe, expect, test } from 'vitest';
import { qrCode } from '../../packages/pages/src/qr-code.ts';
import { beginImport } from '../../packages/server/src/accounts/import/import-users.ts';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import { beginExperience, type ExperienceClient } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import { rfcSecret, totpCode } from '../setup/totp.ts';
import { byUsername, identifyByPassword as identifyAs, password, registerByPassword, tokensOf } from './by-password.ts';
import { refused, restart, submit, useExperience } from './experience-rig.ts';

const required = refused(403, 'session.mfa.require_mfa_verification');
const invalid = refused(400, 'session.mfa.invalid_totp_code');
const notFound = refused(404, 'session.verification_session_not_found');
const taken = refused(422, 'user.totp_already_in_use');
const stepMs = 30_000;

let people = 0;

describe.each(databases)('authenticator apps on %s', (database) => {
  const rig = useExperience(database);
  let client: ExperienceClient;
  let username: string;
  let phone: string;
  beforeEach(async () => {
    // A code is good for as long as a test takes, on a machine of any speed.
    const letRun = rig.server.stopClock();
    people += 1;
    [username, phone] = [`ali_${people}`, newPhone()];
    await policy();
    client = await rig.begin();
    return letRun;
  });
  const policy = async (mfa: object = { policy: 'Mandatory', factors: ['Totp'] }) =>
    expect(await rig.server.management.patch('/sign-in-exp', { ...byUsername, mfa })).toMatchObject({ status: 200 });
  const services = () => rig.server.services;
  const newUser = (fields: object = {}) => services().users.create({ username, password, ...fields });
  const shownBy = (secret: string, later = 0) => totpCode(secret, services().platform.now() + later);
  /** Somebody with an app. */
  async function newOwner(fields: object = {}) {
    const { id } = await newUser(fields);
    const given = { type: 'Totp', secret: rfcSecret };
    expect(await rig.server.management.post(`/users/${id}/mfa-verifications`, given)).toMatchObject({ status: 200 });
    return id;
  }
  const listed = async (id: string) => (await rig.server.management.get(`/users/${id}/mfa-verifications`)).body;
  const identifyByPassword = (as = client) => identifyAs(as, username);
  const generate = (as = client) => as.call('POST', '/verification/totp/secret');
  const verify = (code: string, verificationId?: string, as = client) =>
    as.call('POST', '/verification/totp/verify', { code, verificationId });
  const keep = (verificationId: string, as = client) =>
    as.call('POST', '/profile/mfa', { type: 'Totp', verificationId });
  const finish = async () => (await tokensOf(client)).claims();

  test('are set up at the end of a sign-in that asks for it, and asked for from then on', async () => {
    const { id } = await newUser();
    await identifyByPassword();
    expect(await submit(client)).toMatchObject({
      ...refused(422, 'user.missing_mfa'),
      body: { data: { availableFactors: ['Totp'] } },
    });
    expect(await verify('000000')).toMatchObject(refused(400, 'session.mfa.mfa_factor_not_enabled'));
    const made = (await generate()).body;
    expect(made.secret).toMatch(/^[A-Z2-7]{32}$/);
    expect(made.secretQrCode).toMatch(/^data:image\/svg\+xml;base64,/);
    expect(await keep(made.verificationId)).toMatchObject(refused(400, 'session.verification_failed'));
    expect(await verify(shownBy(made.secret, 10 * stepMs), made.verificationId)).toMatchObject(invalid);
    expect(await verify('a code', made.verificationId)).toMatchObject(invalid);
    expect(await verify(shownBy(made.secret), 'nothing')).toMatchObject(notFound);
    const first = shownBy(made.secret);
    expect(await verify(first, made.verificationId)).toMatchObject({
      status: 200,
      body: { verificationId: made.verificationId },
    });
    expect(await submit(client)).toMatchObject(refused(422, 'user.missing_mfa'));
    expect(await listed(id)).toEqual([]);
    // Of two that were right, none before the later one counts later.
    expect(await verify(shownBy(made.secret, -stepMs), made.verificationId)).toMatchObject({ status: 200 });
    expect(await keep(made.verificationId)).toMatchObject({ status: 204 });
    expect(await finish()).toMatchObject({ sub: id });
    expect(await listed(id)).toEqual([{ id: made.verificationId, createdAt: expect.any(String), type: 'Totp' }]);

    client = await rig.begin();
    await identifyByPassword();
    expect((await submit(client)).body.data).toEqual({ availableFactors: ['Totp'], maskedIdentifiers: {} });
    expect(await generate()).toMatchObject(required);
    // The one that set it up counts no more, nor does one before it.
    expect(await verify(first)).toMatchObject(invalid);
    expect(await verify(shownBy(made.secret, -stepMs))).toMatchObject(invalid);
    rig.server.advance(stepMs);
    const { status, body } = await verify(` ${shownBy(made.secret).replace(/(...)/, '$1 ')}`);
    expect(status).toBe(200);
    const { verificationRecords } = (await client.call('GET', '/interaction')).body;
    expect(verificationRecords).toContainEqual(
      expect.objectContaining({ id: body.verificationId, type: 'Totp', verified: true }),
    );
    expect(await finish()).toMatchObject({ sub: id });
    expect(await listed(id)).toEqual([
      { id: made.verificationId, createdAt: expect.any(String), lastUsedAt: expect.any(String), type: 'Totp' },
    ]);

    const { db } = services().store;
    const kept = JSON.stringify([
      await db.selectFrom('authenticators').selectAll().execute(),
      await db.selectFrom('verifications').selectAll().execute(),
    ]);
    expect(kept).not.toContain(made.secret);
    expect(
      await db.selectFrom('verifications').select('id').where('authenticator_secret', 'is not', null).execute(),
    ).toEqual([]);
  });

  test('are set up at the end of a sign-up, and of two at once one is', async () => {
    await restart(client, 'Register');
    expect(await generate()).toMatchObject(refused(404, 'session.identifier_not_found'));
    await registerByPassword(client, username);
    const clients = [client, await rig.begin()] as const;
    await identifyByPassword(clients[1]);
    const secrets = [];
    for (const one of clients) {
      const { secret, verificationId } = (await generate(one)).body;
      expect(await verify(shownBy(secret), verificationId, one)).toMatchObject({ status: 200 });
      // Another sign-in has nothing of it.
      expect(await keep(verificationId, one === clients[0] ? clients[1] : clients[0])).toMatchObject(notFound);
      expect(await keep(verificationId, one)).toMatchObject({ status: 204 });
      secrets.push(verificationId);
    }
    const answers = await Promise.all(clients.map((one) => submit(one)));
    expect(answers.map(({ status }) => status).filter((status) => status === 200)).toHaveLength(1);
    const { id } = (await services().users.find({ username })) ?? expect.fail('nobody');
    const won = secrets[answers.findIndex(({ status }) => status === 200)];
    expect(await listed(id)).toMatchObject([{ id: won, type: 'Totp' }]);
  });

  test('of one code typed at many places at once, one counts', async () => {
    await newOwner();
    const clients = await Promise.all(Array.from({ length: 6 }, () => rig.begin()));
    for (const one of clients) await identifyByPassword(one);
    const code = shownBy(rfcSecret);
    const answers = await Promise.all(clients.map((one) => verify(code, undefined, one)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 400, 400, 400, 400, 400]);
  });

  test('what voids the first proof voids the code, and so does another app, or none', async () => {
    const id = await newOwner();
    const [entry] = (await rig.server.management.get('/audit-log?page_size=1')).body;
    expect(entry).toMatchObject({
      action: 'user.add-mfa-verification',
      subject: { id },
      details: { changes: [{ field: 'authenticator', before: false, after: true }] },
    });
    expect(JSON.stringify(entry)).not.toContain(rfcSecret);
    await identifyByPassword();
    await verify(shownBy(rfcSecret));
    await services().userSessions.endAll(id);
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));

    rig.server.advance(stepMs);
    await identifyByPassword();
    expect(await verify(shownBy(rfcSecret))).toMatchObject({ status: 200 });
    const [app] = await listed(id);
    const path = `/users/${id}/mfa-verifications/${app.id}`;
    expect(await rig.server.management.delete(path)).toMatchObject({ status: 204 });
    expect(await rig.server.management.delete(path)).toMatchObject(refused(404, 'entity.not_found'));
    expect((await rig.server.management.get('/audit-log?page_size=1')).body).toMatchObject([
      {
        action: 'user.end-mfa-verification',
        details: { changes: [{ field: 'authenticator', before: true, after: false }] },
      },
    ]);
    expect(await submit(client)).toMatchObject(refused(422, 'user.missing_mfa'));

    // One that was handed in, and not yet gone on with.
    const { authenticators } = services();
    await authenticators.set(id, { secret: rfcSecret, timeStep: 0 }, { isFirst: true });
    rig.server.advance(stepMs);
    await verify(shownBy(rfcSecret));
    const { redirectTo } = (await submit(client)).body;
    await authenticators.set(id, { secret: rfcSecret, timeStep: 0 }, { isFirst: false });
    expect(await client.finish(redirectTo).catch(() => undefined)).toBeUndefined();

    // One that is being set up, and one that is no longer asked for.
    client = await rig.begin();
    await policy({ policy: 'NoPrompt', factors: ['Totp'] });
    await services().account.endFactor(id, (await authenticators.find(id))?.id ?? '');
    await identifyByPassword();
    const made = (await generate()).body;
    await verify(shownBy(made.secret), made.verificationId);
    await keep(made.verificationId);
    await authenticators.set(id, { secret: rfcSecret, timeStep: 0 }, { isFirst: true });
    expect((await submit(client)).status).not.toBe(200);
    expect(await listed(id)).toHaveLength(1);
    await services().users.delete(id);
    expect(await authenticators.find(id)).toBeUndefined();
    expect(await rig.server.management.post(`/users/${id}/mfa-verifications`, { type: 'Totp' })).toMatchObject(
      refused(404, 'entity.not_found'),
    );
  });

  test('come second beside codes that are sent, whichever was proven', async () => {
    const factors = ['Totp', 'PhoneVerificationCode', 'BackupCode'];
    await policy({ policy: 'NoPrompt', factors });
    const id = await newOwner({ primaryPhone: phone });
    await identifyByPassword();
    const masked = `+86 ••• ${phone.slice(-2)}`;
    expect((await submit(client)).body.data).toEqual({
      availableFactors: ['Totp', 'PhoneVerificationCode'],
      maskedIdentifiers: { PhoneVerificationCode: masked },
    });
    const sent = await client.call('POST', '/verification/mfa-verification-code', { identifierType: 'phone' });
    const answer = {
      identifierType: 'phone',
      verificationId: sent.body.verificationId,
      code: rig.twilio.codeTo(phone),
    };
    await client.call('POST', '/verification/mfa-verification-code/verify', answer);
    expect(await generate()).toMatchObject(taken);
    expect(await finish()).toMatchObject({ sub: id });
    // Where it is switched off, nobody is asked for it, and it opens nothing.
    await policy({ policy: 'Mandatory', factors: ['PhoneVerificationCode'] });
    client = await rig.begin();
    await identifyByPassword();
    expect((await submit(client)).body.data.availableFactors).toEqual(['PhoneVerificationCode']);
    const off = refused(400, 'session.mfa.mfa_factor_not_enabled');
    expect(await verify(shownBy(rfcSecret))).toMatchObject(off);
    await rig.server.management.patch(`/users/${id}`, { primaryPhone: '' });
    expect(await generate()).toMatchObject(off);

    // Who has switched the second step off is not asked, until an app is set up.
    await policy({ policy: 'NoPrompt', factors: ['Totp'] });
    await rig.server.management.patch(`/users/${id}/logto-configs`, { mfa: { skipMfaOnSignIn: true } });
    client = await rig.begin();
    await identifyByPassword();
    expect(await finish()).toMatchObject({ sub: id });
    await services().authenticators.set(id, { secret: rfcSecret, timeStep: 0 }, { isFirst: false });
    client = await rig.begin();
    await identifyByPassword();
    expect(await submit(client)).toMatchObject(required);
  });

  test('backup codes stand in for it, and end with the last of what they stand in for', async () => {
    await policy({ policy: 'NoPrompt', factors: ['Totp', 'PhoneVerificationCode', 'BackupCode'] });
    const id = await newOwner({ primaryPhone: phone });
    const left = () => services().backupCodes.left(id);
    const add = () => rig.server.management.post(`/users/${id}/mfa-verifications`, { type: 'BackupCode' });
    const { codes } = (await add()).body;
    await identifyByPassword();
    expect((await submit(client)).body.data.availableFactors).toEqual(['Totp', 'PhoneVerificationCode', 'BackupCode']);
    expect(await client.call('POST', '/verification/backup-code/verify', { code: codes[0] })).toMatchObject({
      status: 200,
    });
    expect(await finish()).toMatchObject({ sub: id });
    await rig.server.management.patch(`/users/${id}`, { primaryPhone: '' });
    expect(await left()).toBe(9);
    const { store, platform, secretKeys } = services();
    const take = async (user: object) => {
      const run = beginImport({ store, platform, secretKeys }, { upsert: true, dryRun: false });
      const [outcome] = await run.take([{ line: 1, user }]);
      run.close();
      return outcome?.status;
    };
    const [imported] = await listed(id);
    expect(await take({ id, name: 'Ali', totpSecret: rfcSecret.toLowerCase() })).toBe('updated');
    expect((await listed(id))[0].id).not.toBe(imported.id);
    expect(await left()).toBe(9);
    expect(await take({ id, totpSecret: null })).toBe('updated');
    expect([await left(), await listed(id)]).toEqual([0, []]);
    expect(await take({ id: `new_${id}`, totpSecret: rfcSecret })).toBe('created');
    expect(await listed(`new_${id}`)).toHaveLength(1);
    await services().authenticators.set(id, { secret: rfcSecret, timeStep: 0 }, { isFirst: true });
    await add();
    const [app, backup] = await listed(id);
    expect([app.type, backup.type]).toEqual(['Totp', 'BackupCode']);
    await rig.server.management.delete(`/users/${id}/mfa-verifications/${app.id}`);
    expect(await left()).toBe(0);
    expect(await add()).toMatchObject(refused(422, 'session.mfa.backup_code_can_not_be_alone'));
    // Ending the codes leaves the app, and what it has proven.
    await services().authenticators.set(id, { secret: rfcSecret, timeStep: 0 }, { isFirst: true });
    await add();
    client = await rig.begin();
    await identifyByPassword();
    await verify(shownBy(rfcSecret));
    const [, codesLeft] = await listed(id);
    await rig.server.management.delete(`/users/${id}/mfa-verifications/${codesLeft.id}`);
    expect(await finish()).toMatchObject({ sub: id });
  });

  test('are given, replaced and taken by the Account API, after a fresh proof', async () => {
    await policy({ policy: 'NoPrompt', factors: ['Totp'] });
    const { id } = await newUser();
    const token = await signInForToken(rig.server, rig.relier, { username, password, scope: 'openid identities' });
    const path = '/my-account/mfa-verifications';
    const call = (method: string, at: string, body?: object, verification?: string) =>
      callAccount(rig.server, token, { method, path: at, body, verification });
    const { secret } = (await call('POST', `${path}/totp-secret/generate`)).body;
    expect(secret).toMatch(/^[A-Z2-7]{32}$/);
    const add = (given: object, verification?: string) =>
      call('POST', path, { type: 'Totp', secret, ...given }, verification);
    expect(await add({})).toMatchObject(refused(401, 'verification_record.permission_denied'));
    const person = (await call('POST', '/verifications/password', { password })).body.verificationRecordId;
    expect(await add({ secret: 'too short' }, person)).toMatchObject(refused(400, 'user.totp_secret_invalid'));
    expect(await add({ code: shownBy(secret, 10 * stepMs) }, person)).toMatchObject(invalid);
    const both = await Promise.all([add({ code: shownBy(secret) }, person), add({}, person)]);
    expect(both.map(({ status }) => status).sort()).toEqual([204, 422]);
    expect(await add({}, person)).toMatchObject(taken);
    const [before] = (await call('GET', path)).body;
    expect(before).toEqual({ id: expect.any(String), createdAt: expect.any(String), type: 'Totp' });

    const replace = (given: object, verification?: string) => call('PUT', `${path}/totp`, given, verification);
    expect(await replace({ secret: rfcSecret, code: shownBy(rfcSecret) })).toMatchObject({ status: 401 });
    expect(await replace({ secret: rfcSecret, code: shownBy(secret) }, person)).toMatchObject(invalid);
    expect(await replace({ secret: rfcSecret }, person)).toMatchObject(refused(400, 'guard.invalid_input'));
    expect(await replace({ secret: rfcSecret, code: shownBy(rfcSecret) }, person)).toMatchObject({ status: 204 });
    const [after] = (await call('GET', path)).body;
    expect(after.id).not.toBe(before.id);
    rig.server.advance(stepMs);
    client = await rig.begin();
    await identifyByPassword();
    expect(await verify(shownBy(secret))).toMatchObject(invalid);
    expect(await verify(shownBy(rfcSecret))).toMatchObject({ status: 200 });

    const remove = (of: string, verification?: string) => call('DELETE', `${path}/${of}`, undefined, verification);
    expect(await remove(after.id)).toMatchObject(refused(401, 'verification_record.permission_denied'));
    expect(await remove(before.id, person)).toMatchObject(refused(400, 'verification_record.not_found'));
    expect(await remove(after.id, person)).toMatchObject({ status: 204 });
    expect(await services().authenticators.find(id)).toBeUndefined();
    await policy({ policy: 'NoPrompt', factors: [] });
    expect(await add({}, person)).toMatchObject(refused(400, 'session.mfa.mfa_factor_not_enabled'));
    await rig.server.management.patch('/account-center', { fields: { mfa: 'ReadOnly' } });
    expect(await add({}, person)).toMatchObject(refused(400, 'account_center.field_not_editable'));
    expect(await call('GET', path)).toEqual({ status: 200, body: [] });
    await policy({ policy: 'NoPrompt', factors: ['Totp'] });
    client = await rig.begin();
    await identifyByPassword();
    expect(await generate()).toMatchObject(refused(400, 'account_center.field_not_editable'));
    await policy({ policy: 'Mandatory', factors: ['Totp'] });
    expect(await generate()).toMatchObject({ status: 200 });
    await rig.server.management.patch('/account-center', { fields: { mfa: 'Edit' } });
  });

  test('are given by back ends, with a secret of theirs or one that is made here', async () => {
    const { id } = await newUser();
    const give = (given: object = {}) =>
      rig.server.management.post(`/users/${id}/mfa-verifications`, { type: 'Totp', ...given });
    expect(await give({ secret: 'GEZDGNB1' })).toMatchObject(refused(400, 'user.totp_secret_invalid'));
    const { status, body } = await give();
    expect(status).toBe(200);
    const [, base64 = ''] = /^data:image\/svg\+xml;base64,(.*)$/.exec(body.secretQrCode) ?? [];
    expect(Buffer.from(base64, 'base64').toString()).toMatch(
      /^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" .*<\/svg>$/,
    );
    expect(await give({ secret: rfcSecret })).toMatchObject(taken);
    await identifyByPassword();
    expect(await verify(shownBy(body.secret))).toMatchObject({ status: 200 });
    expect(await finish()).toMatchObject({ sub: id });
    // What apps show of names is short, so that a camera can read the code.
    await rig.server.management.patch('/sign-in-exp', { branding: { name: '山洞'.repeat(32) } });
    const { uri } = await services().authenticators.shown(rfcSecret, await services().users.get(id));
    expect(new URL(uri).searchParams.get('issuer')).toBe('山洞'.repeat(16));
    expect(qrCode(uri).size).toBeLessThan(110);
    await rig.server.management.patch('/sign-in-exp', { branding: { name: '' } });
  });

  test('are one factor among the others in the settings', async () => {
    const change = (mfa: object) => rig.server.management.patch('/sign-in-exp', { mfa });
    expect(await change({ factors: ['Totp', 'BackupCode'], policy: 'Mandatory' })).toMatchObject({ status: 200 });
    expect(await change({ factors: ['Totp', 'Totp'], policy: 'Mandatory' })).toMatchObject(
      refused(400, 'sign_in_experiences.duplicated_mfa_factors'),
    );
    // Backup codes come after the app, in the same sign-in.
    const { id } = await newUser();
    await identifyByPassword();
    const made = (await generate()).body;
    await verify(shownBy(made.secret), made.verificationId);
    await keep(made.verificationId);
    expect(await submit(client)).toMatchObject(refused(422, 'session.mfa.backup_code_required'));
    const codes = (await client.call('POST', '/verification/backup-code/generate')).body;
    const backup = { type: 'BackupCode', verificationId: codes.verificationId };
    expect(await client.call('POST', '/profile/mfa', backup)).toMatchObject({ status: 204 });
    expect(await finish()).toMatchObject({ sub: id });
    expect((await listed(id)).map(({ type }: { type: string }) => type)).toEqual(['Totp', 'BackupCode']);
  });

  // The last: it takes hours.
  test('guesses by who knows the password end soon, and not for the browser of the owner', async () => {
    await newOwner();
    await identifyByPassword();
    expect(await verify(shownBy(rfcSecret))).toMatchObject({ status: 200 });
    await finish();
    rig.server.advance(stepMs);
    const stranger = await rig.begin();
    await identifyByPassword(stranger);
    const wrong = shownBy(rfcSecret, 1000 * stepMs);
    for (let guess = 0; guess < 10; guess += 1) expect(await verify(wrong, undefined, stranger)).toMatchObject(invalid);
    const locked = refused(400, 'session.verification_blocked_too_many_attempts');
    expect(await verify(shownBy(rfcSecret), undefined, stranger)).toMatchObject(locked);
    const { id } = (await services().users.find({ username })) ?? expect.fail('nobody');
    const until = services().platform.now() + 6 * 60 * 60_000;
    const lock = async () => (await rig.server.management.get(`/users/${id}/access`)).body.secondLock;
    const blocked = { caller: 'strangers', at: 'totp', until: expect.closeTo(until, -5) };
    expect(await lock()).toEqual({ wrong: 10, blocked: [blocked] });
    client = await beginExperience(rig.server, rig.relier, {
      browser: client.browser,
      parameters: { prompt: 'login' },
    });
    await identifyByPassword();
    expect(await verify(shownBy(rfcSecret))).toMatchObject({ status: 200 });
    rig.server.advance(50 * 60_000);
    const soon = await rig.begin();
    await identifyByPassword(soon);
    expect(await verify(shownBy(rfcSecret), undefined, soon)).toMatchObject(locked);
    await rig.server.management.post(`/users/${id}/unlock`);
    expect(await lock()).toEqual({ wrong: 0, blocked: [] });
    for (let guess = 0; guess < 10; guess += 1) expect(await verify(wrong, undefined, soon)).toMatchObject(invalid);
    expect(await verify(shownBy(rfcSecret), undefined, soon)).toMatchObject(locked);
    rig.server.advance(6 * 60 * 60_000);
    const later = await rig.begin();
    await identifyByPassword(later);
    expect(await verify(shownBy(rfcSecret), undefined, later)).toMatchObject({ status: 200 });
  });
});
