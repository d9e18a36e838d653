import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AccountReply, callAccount, signInForToken } from '../setup/account-client.ts';
import { strangerFrom } from '../setup/clients.ts';
import { stopClock } from '../setup/clock.ts';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { type Provider, startTwilio } from './providers.ts';

const password = 'a cave full of gold';
const stolen = 'a donkey laden with gold';
const refused = (status: number, code: string) => ({ status, body: { code } });
const denied = refused(401, 'verification_record.permission_denied');

describe.each(databases)('the Account API on %s', (database) => {
  let server: TestServer;
  let twilio: Provider;
  let relier: Relier;
  beforeAll(async () => {
    [server, twilio] = await Promise.all([newServer(database), startTwilio()]);
    await server.management.post('/connectors', { connectorId: twilio.factoryId, config: twilio.config });
    relier = await newServerRelier(server);
  });
  afterAll(() => Promise.all([server.close(), twilio.double.close()]));

  let username: string;
  let phone: string;
  let userId: string;
  let token: string;
  beforeEach(async () => {
    phone = newPhone();
    username = `ali_${phone.slice(-8)}`;
    ({ id: userId } = await server.services.users.create({ username, password, primaryPhone: phone }));
    token = await signIn();
  });

  const signIn = () => signInForToken(server, relier, { username, password });
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    callAccount(server, token, { method, path, body, headers });
  const byHeader = (id: string) => ({ 'sesame-verification-id': id });
  async function proveNumber(value: string): Promise<string> {
    const identifier = { type: 'phone', value };
    const { body, status } = await call('POST', '/verifications/verification-code', { identifier });
    expect([status, Date.parse(body.expiresAt)]).toEqual([201, expect.any(Number)]);
    const verificationId = body.verificationRecordId;
    const code = twilio.codeTo(value);
    const elsewhere = { identifier: { type: 'phone', value: '9876543210' }, verificationId, code };
    expect(await call('POST', '/verifications/verification-code/verify', elsewhere)).toMatchObject({
      status: 400,
      body: { code: 'verification_code.phone_mismatch' },
    });
    const verified = await call('POST', '/verifications/verification-code/verify', {
      identifier,
      verificationId,
      code,
    });
    expect(verified).toEqual({ status: 200, body: { verificationRecordId: verificationId } });
    return verificationId;
  }
  async function provePassword(): Promise<string> {
    const { body, status } = await call('POST', '/verifications/password', { password });
    expect(status).toBe(201);
    return body.verificationRecordId;
  }
  const link = (value: string, newIdentifierVerificationRecordId: string, personId: string | undefined) =>
    call(
      'POST',
      '/my-account/primary-phone',
      { phone: value, newIdentifierVerificationRecordId },
      personId === undefined ? {} : byHeader(personId),
    );

  test('shows the user, and changes the name', async () => {
    const message = 'There is no "avtar" here; did you mean "avatar"?';
    expect(await call('PATCH', '/my-account', { avtar: null })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [{ in: 'body', path: 'avtar', message }] } },
    });
    expect(await call('GET', '/my-account')).toMatchObject({
      status: 200,
      body: { id: userId, username, primaryPhone: phone, hasPassword: true },
    });
    expect(await call('PATCH', '/my-account', { name: 'Ali Baba' })).toMatchObject({
      body: { name: 'Ali Baba', username },
    });
    expect(await call('PATCH', '/my-account', {})).toMatchObject(refused(422, 'entity.invalid_input'));
    token = 'not a token';
    expect(await call('GET', '/my-account')).toMatchObject(refused(401, 'auth.unauthorized'));
    token = await server.management.token();
    expect(await call('GET', '/my-account')).toMatchObject(refused(401, 'auth.unauthorized'));
  });

  test.each(['password', 'number'])('changes the number, with the %s as proof of the person', async (by) => {
    const other = newPhone();
    const person = by === 'password' ? await provePassword() : await proveNumber(phone);
    const proof = await proveNumber(other);
    expect(await link(other, proof, person)).toMatchObject({ status: 204 });
    expect(await call('GET', '/my-account')).toMatchObject({ body: { primaryPhone: other } });
    const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(other)}`);
    expect(body).toMatchObject([{ usageType: 'BindNewIdentifier', state: 'accepted' }]);
    const toOwner = await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
    expect(toOwner.body).toMatchObject(by === 'password' ? [] : [{ usageType: 'UserPermissionValidation' }]);
  });

  test('links a number to an account that has none', async () => {
    await server.services.users.update(userId, { primaryPhone: null });
    expect(await link(phone, await proveNumber(phone), await provePassword())).toMatchObject({ status: 204 });
    expect(await call('GET', '/my-account')).toMatchObject({ body: { primaryPhone: phone } });
  });

  test('a number of somebody else is refused only after the code was right, and by one of two at once', async () => {
    const taken = newPhone();
    await server.services.users.create({ primaryPhone: taken });
    const person = await provePassword();
    const proof = await proveNumber(taken);
    expect(await link(taken, proof, person)).toMatchObject(refused(422, 'user.phone_already_in_use'));
    const free = newPhone();
    const proofOfFree = await proveNumber(free);
    const outcomes = await Promise.all([link(free, proofOfFree, person), link(free, proofOfFree, person)]);
    expect(outcomes.filter(({ status }) => status === 204).length).toBeGreaterThanOrEqual(1);
    expect(await call('GET', '/my-account')).toMatchObject({ body: { primaryPhone: free } });
  });

  const removePhone = (personId?: string) =>
    call('DELETE', '/my-account/primary-phone', undefined, personId === undefined ? {} : byHeader(personId));
  const rename = (name: string | null, personId?: string) =>
    call('PATCH', '/my-account', { username: name }, personId === undefined ? {} : byHeader(personId));
  const lastOne = refused(400, 'user.last_sign_in_method_required');

  test('removes the number only where a username and a password remain', async () => {
    const { users } = server.services;
    const lonely = newPhone();
    const person = await provePassword();
    await users.update(userId, { username: null });
    expect(await removePhone(person)).toMatchObject(lastOne);
    await users.update(userId, { username: `back_${lonely.slice(-8)}` });
    expect(await removePhone()).toMatchObject(denied);
    const byOtherName = { 'logto-verification-id': person };
    expect(await call('DELETE', '/my-account/primary-phone', undefined, byOtherName)).toMatchObject({ status: 204 });
    expect(await call('GET', '/my-account')).toMatchObject({ body: { primaryPhone: null } });
  });

  test('changes and removes the username with a fresh proof of the person alone', async () => {
    const other = `new_${username}`;
    for (const name of [other, null, '']) expect(await rename(name)).toMatchObject(denied);
    const stranger = newPhone();
    expect(await rename(other, await proveNumber(stranger))).toMatchObject(denied);
    const person = await provePassword();
    expect(await rename(other, person)).toMatchObject({ status: 200, body: { username: other } });
    expect(await rename('1st', person)).toMatchObject(refused(400, 'guard.invalid_input'));
    const taken = `taken_${stranger.slice(-8)}`;
    await server.services.users.create({ username: taken });
    expect(await rename(taken, person)).toMatchObject(refused(422, 'user.username_already_in_use'));
    expect(await rename(null, person)).toMatchObject({ status: 200, body: { username: null } });
  });

  test('the last way to sign in stays, also where numbers do not sign in, and of two that are removed at once', async () => {
    const person = await provePassword();
    const [phoneGone, nameGone] = await Promise.all([removePhone(person), rename(null, person)]);
    expect([phoneGone.status, nameGone.status].filter((status) => status < 300)).toHaveLength(1);
    const { primaryPhone, username: left } = await server.services.users.get(userId);
    expect([primaryPhone, left].filter((known) => known !== null)).toHaveLength(1);

    await server.services.users.update(userId, { primaryPhone: phone, username: null });
    expect(await removePhone(person)).toMatchObject(lastOne);
    await server.services.users.update(userId, { username });
    const methods = [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }];
    const before = (await server.management.get('/sign-in-exp')).body.signIn;
    await server.management.patch('/sign-in-exp', { signIn: { methods } });
    for (const name of [null, '']) expect(await rename(name, person)).toMatchObject(lastOne);
    await server.management.patch('/sign-in-exp', { signIn: before });
  });

  test('what was proven is void once the sessions were ended, the password was changed, or the number moved', async () => {
    const { users, userSessions } = server.services;
    const byPassword = await provePassword();
    await users.setPassword(userId, 'forty thieves outside');
    expect(await rename('somebody', byPassword)).toMatchObject(denied);
    const byNumber = await proveNumber(phone);
    await users.update(userId, { primaryPhone: newPhone() });
    expect(await rename('somebody', byNumber)).toMatchObject(denied);
    await users.update(userId, { primaryPhone: phone });
    const [session] = await userSessions.list(userId);
    await userSessions.endAll(userId, { except: session?.id });
    expect(await rename('somebody', byNumber)).toMatchObject(denied);
  });

  /** Does something in the middle of the next change, when it was asked what the proof of the person is worth. */
  function meanwhile(does: () => Promise<unknown>): void {
    const { accountCenter } = server.services;
    const { read } = accountCenter;
    let reads = 0;
    vi.spyOn(accountCenter, 'read').mockImplementation(async () => {
      reads += 1;
      // The first is of the request itself.
      if (reads === 2) await does();
      return read();
    });
  }

  test('what was proven changes nothing once it was made void, however late', async () => {
    const { users, userSessions } = server.services;
    const changes: [string, (person: string) => Promise<AccountReply>][] = [
      ['password', (person) => call('POST', '/my-account/password', { password: stolen }, byHeader(person))],
      [
        'second step',
        (person) => call('PATCH', '/my-account/mfa-settings', { skipMfaOnSignIn: true }, byHeader(person)),
      ],
      ['username', (person) => rename(`not_${username}`, person)],
    ];
    const ends: [typeof provePassword, () => Promise<unknown>][] = [
      [provePassword, () => users.setPassword(userId, 'forty thieves outside')],
      [() => proveNumber(phone), () => users.update(userId, { primaryPhone: newPhone() })],
      [provePassword, () => userSessions.endAll(userId)],
    ];
    const scope = 'openid profile phone identities';
    for (const [what, change] of changes) {
      for (const [prove, end] of ends) {
        token = await signInForToken(server, relier, { username, password, scope });
        const person = await prove();
        meanwhile(end);
        expect([what, await change(person)]).toMatchObject([what, denied]);
        vi.restoreAllMocks();
        await users.setPassword(userId, password);
        await users.update(userId, { primaryPhone: phone });
        server.advance(31_000);
      }
    }
    expect(await users.isPassword(userId, stolen)).toBe(false);
    expect(await users.getWithValidFrom(userId)).toMatchObject({ skipsSecondFactor: false, user: { username } });
  });

  test('the token of a suspended user opens nothing', async () => {
    await server.services.users.setSuspended(userId, true);
    expect(await call('GET', '/my-account')).toMatchObject(refused(401, 'auth.unauthorized'));
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('pages of other origins may call it, for they need the token', async () => {
    const origin = 'https://app.example.com';
    const url = `${server.baseUrl}/api/my-account/primary-phone`;
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'authorization' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-methods')).toContain('DELETE');
    expect(asked.headers.get('access-control-allow-headers')).toContain('sesame-verification-id');
    const refusedReply = await fetch(`${server.baseUrl}/api/my-account`, { headers: { origin } });
    expect([refusedReply.status, refusedReply.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
    const elsewhere = await fetch(`${server.baseUrl}/api/users`, { headers: { origin } });
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
  });

  test('says what a code to the own number is for', async () => {
    const ask = (templateType: string, value = phone) =>
      call('POST', '/verifications/verification-code', { identifier: { type: 'phone', value }, templateType });
    expect((await ask('BindMfa')).status).toBe(201);
    const another = newPhone();
    expect((await ask('BindMfa', another)).status).toBe(201);
    expect(await ask('Generic')).toMatchObject(refused(400, 'guard.invalid_input'));
    for (const [value, usageType] of [
      [phone, 'BindMfa'],
      [another, 'BindNewIdentifier'],
    ] as const) {
      const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(value)}`);
      expect(body).toMatchObject([{ usageType }]);
    }
  });

  test('the proof of the new number does not prove the person', async () => {
    const other = newPhone();
    const proof = await proveNumber(other);
    expect(await link(other, proof, proof)).toMatchObject(denied);
    expect(await link(other, proof, undefined)).toMatchObject(denied);
    expect(await link(other, proof, 'unknown')).toMatchObject(denied);
    const person = await provePassword();
    const notFound = refused(400, 'verification_record.not_found');
    expect(await link(newPhone(), proof, person)).toMatchObject(notFound);
    expect(await link(phone, person, person)).toMatchObject(notFound);
    expect(await link(other, 'unknown', person)).toMatchObject(notFound);
    const pending = newPhone();
    const identifier = { type: 'phone', value: pending };
    const sent = await call('POST', '/verifications/verification-code', { identifier });
    expect(await link(pending, sent.body.verificationRecordId, person)).toMatchObject(notFound);
    for (const verificationId of ['unknown', person]) {
      const answer = { identifier, verificationId, code: '000000' };
      expect(await call('POST', '/verifications/verification-code/verify', answer)).toMatchObject(notFound);
    }
  });

  test('what another sign-in of the same user has proven does not count', async () => {
    const other = newPhone();
    const person = await provePassword();
    token = await signIn();
    expect(await link(other, await proveNumber(other), person)).toMatchObject(denied);
  });

  test('a new grant is no new try at the password', async () => {
    stopClock();
    const { account, users } = server.services;
    const { id } = await users.create({ username: 'guessed_here', password: 'forty thieves outside' });
    const guess = (grant: string) =>
      account.checkPassword(
        { userId: id, subject: `grant:${grant}`, scopes: undefined, client: strangerFrom('203.0.113.78') },
        'not this one',
      );
    const codes: string[] = [];
    for (let index = 0; index < 24; index += 1) await guess(`${index}`).catch((error) => codes.push(error.code));
    expect(codes.slice(0, 20)).toEqual(codes.slice(0, 20).map(() => 'session.invalid_credentials'));
    expect(codes.slice(20)).toEqual(codes.slice(20).map(() => 'request.sign_in_rate_limited'));
  });

  test('who goes through usernames is stopped, here and in a sign-up, where strangers are counted apart', async () => {
    stopClock();
    const { account, users, signInFlows } = server.services;
    await server.management.patch('/sign-in-exp', { signUp: { identifiers: ['username'], password: true } });
    const client = strangerFrom('203.0.113.77');
    const user = await users.get(userId);
    const access = { userId, subject: 'grant:probe', scopes: undefined, client };
    const person = await account.checkPassword(access, password);
    const flow = await beginExperience(server, relier, { parameters: { prompt: 'create' } });
    const username = user.username ?? '';
    const guesses = [
      () => account.update(access, { username }, person),
      () => {
        const key = flow.browser.cookies()[`sesame_flow_${flow.flow}`];
        return signInFlows.setUsername({ id: flow.flow, key }, { username, client });
      },
    ];
    for (const guess of guesses) {
      const codes: string[] = [];
      for (let made = 0; made < 53; made += 1) {
        const outcome: Promise<unknown> = guess();
        codes.push(
          await outcome.then(
            () => 'free',
            ({ code }) => code,
          ),
        );
      }
      expect(codes.slice(0, 50)).not.toContain('request.sign_in_rate_limited');
      expect(new Set(codes.slice(50))).toEqual(new Set(['request.sign_in_rate_limited']));
    }
    await server.management.patch('/sign-in-exp', { signUp: { identifiers: ['phone'], password: false } });
  });

  test('a sign-up that asks for no username tells of none and takes none', async () => {
    const notAsked = refused(422, 'user.sign_in_method_not_enabled');
    const flow = await beginExperience(server, relier, { parameters: { prompt: 'create' } });
    for (const value of [username, `free_${username}`]) {
      expect(await flow.call('POST', '/profile', { type: 'username', value })).toMatchObject(notAsked);
    }
    await server.management.patch('/sign-in-exp', { signUp: { identifiers: ['phone', 'username'] } });
    const value = `free_${username}`;
    expect(await flow.call('POST', '/profile', { type: 'username', value })).toMatchObject({ status: 204 });
    await server.management.patch('/sign-in-exp', { signUp: { identifiers: ['phone'] } });
    const identifier = { type: 'phone', value: newPhone() };
    const sent = await flow.call('POST', '/verification/verification-code', {
      interactionEvent: 'Register',
      identifier,
    });
    const { verificationId } = sent.body;
    const code = twilio.codeTo(identifier.value);
    await flow.call('POST', '/verification/verification-code/verify', { identifier, verificationId, code });
    expect(await flow.call('POST', '/identification', { verificationId })).toMatchObject({ status: 201 });
    const { userId: id } = (await flow.call('GET', '/interaction')).body;
    expect(await server.services.users.get(id)).toMatchObject({ username: null, primaryPhone: identifier.value });
  });

  test('changes the password, with a fresh proof', async () => {
    const change = (text: string, personId?: string) =>
      call('POST', '/my-account/password', { password: text }, personId === undefined ? {} : byHeader(personId));
    expect(await change('forty thieves outside')).toMatchObject(denied);
    const person = await proveNumber(phone);
    expect(await change('short', person)).toMatchObject(refused(422, 'password.rejected'));
    expect(await change(password, person)).toMatchObject(refused(422, 'user.same_password'));
    server.advance(11 * 60_000);
    expect(await change('forty thieves outside', person)).toMatchObject(denied);
    server.advance(31_000);
    expect(await change('forty thieves outside', await proveNumber(phone))).toMatchObject({ status: 204 });
    expect(await server.services.users.isPassword(userId, 'forty thieves outside')).toBe(true);
  });
});
