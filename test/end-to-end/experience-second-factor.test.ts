import { beforeEach, describe, expect, test } from 'vitest';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import type { ExperienceClient } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import {
  identifyByPassword as identifyAs,
  password,
  provePassword as proveBy,
  registerByPassword,
  tokensOf,
} from './by-password.ts';
import { useEmail } from './email-rig.ts';
import { type Event, identify, refused, restart, send, submit, verify } from './experience-rig.ts';

type Type = 'phone' | 'email';
const factors = { phone: 'PhoneVerificationCode', email: 'EmailVerificationCode' } as const;
const byPassword = (identifier: string) => ({
  identifier,
  password: true,
  verificationCode: false,
  isPasswordPrimary: true,
});
const passwords = { methods: ['phone', 'email', 'username'].map(byPassword) };
const withCodes = (identifier: Type) => ({
  methods: passwords.methods.map((way) => ({ ...way, verificationCode: way.identifier === identifier })),
});
const mandatory = (...types: Type[]) => ({ policy: 'Mandatory', factors: types.map((type) => factors[type]) });

const asked = (types: Type[], masked: object) => ({
  status: 403,
  body: {
    code: 'session.mfa.require_mfa_verification',
    data: { availableFactors: types.map((type) => factors[type]), maskedIdentifiers: masked },
  },
});
const missing = (...types: Type[]) => ({
  status: 422,
  body: { code: 'user.missing_mfa', data: { availableFactors: types.map((type) => factors[type]) } },
});

let people = 0;

describe.each(databases)('a second factor in the Experience API on %s', (database) => {
  const rig = useEmail(database);
  let client: ExperienceClient;
  let username: string;
  let phone: string;
  let email: string;
  beforeEach(async () => {
    people += 1;
    [username, phone, email] = [`ali_${people}`, newPhone(), `ali.${people}@example.com`];
    await policy({ mfa: mandatory('phone') });
    client = await rig.begin();
  });
  const policy = (change: object) =>
    rig.patch({
      signInMode: 'SignInAndRegister',
      signUp: { identifiers: ['username'], password: true, verify: true },
      signIn: passwords,
      ...change,
    });
  const users = () => rig.server.services.users;
  const newUser = (fields: object = {}) => users().create({ username, password, ...fields });
  const codesTo = (to: string): string[] =>
    to.includes('@')
      ? rig.mails.to(to).map(({ payload }) => payload.code)
      : rig.server.services.inbox
          .messages(to)
          .map(({ code }) => code)
          .toReversed();
  const codeTo = (to: string) => codesTo(to).at(-1) ?? '';
  const sendSecond = (identifierType: Type) =>
    client.call('POST', '/verification/mfa-verification-code', { identifierType });
  const verifySecond = (identifierType: Type, verificationId: string, code: string) =>
    client.call('POST', '/verification/mfa-verification-code/verify', { identifierType, verificationId, code });
  const provePassword = () => proveBy(client, username);
  const identifyByPassword = () => identifyAs(client, username);
  async function proveSecond(type: Type, to: string): Promise<string> {
    const { body } = await sendSecond(type);
    expect(await verifySecond(type, body.verificationId, codeTo(to))).toMatchObject({ status: 200 });
    return body.verificationId;
  }
  async function prove(event: Event, to: string): Promise<string> {
    const before = codesTo(to).length;
    const { body } = await send(client, event, to);
    // Where nobody may learn who has an account, the answer does not wait for the message.
    await expect.poll(() => codesTo(to).length).toBe(before + 1);
    expect(await verify(client, to, body.verificationId, codeTo(to))).toMatchObject({ status: 200 });
    return body.verificationId;
  }
  const addFactor = (type: Type, verificationId: string) =>
    client.call('POST', '/profile/mfa', { type: factors[type], verificationId });
  const finish = async () => (await tokensOf(client)).claims();
  const maskedPhone = () => `+86 ••• ${phone.slice(-2)}`;

  test.each(['phone', 'email'] as const)('a code to the %s comes after the password', async (type) => {
    await policy({ mfa: mandatory(type) });
    const to = type === 'phone' ? phone : email;
    const { id } = await newUser({ [type === 'phone' ? 'primaryPhone' : 'primaryEmail']: to });
    await identifyByPassword();
    const masked = { [factors[type]]: type === 'phone' ? maskedPhone() : 'a•••@example.com' };
    expect(await submit(client)).toMatchObject(asked([type], masked));
    const { status, body } = await sendSecond(type);
    expect(status).toBe(200);
    const record = async () =>
      (await client.call('GET', '/interaction')).body.verificationRecords.find(
        (one: { id: string }) => one.id === body.verificationId,
      );
    expect(await record()).toMatchObject({
      type: type === 'phone' ? 'MfaPhoneVerificationCode' : 'MfaEmailVerificationCode',
      verified: false,
      templateType: 'MfaVerification',
      identifier: { type, value: Object.values(masked)[0] },
    });
    const wrong = codeTo(to) === '000000' ? '000001' : '000000';
    expect(await verifySecond(type, body.verificationId, wrong)).toMatchObject(
      refused(400, 'verification_code.code_mismatch'),
    );
    expect(await submit(client)).toMatchObject(asked([type], masked));
    expect(await verifySecond(type, body.verificationId, codeTo(to))).toMatchObject({ status: 200 });
    expect(await finish()).toMatchObject({ sub: id });
  });

  test('nothing is sent before the first proof, and what an account has shows after the second only', async () => {
    await newUser({ primaryPhone: phone });
    await restart(client, 'SignIn');
    expect(await sendSecond('phone')).toMatchObject(refused(404, 'session.identifier_not_found'));
    await provePassword();
    expect(await sendSecond('phone')).toMatchObject(refused(404, 'session.identifier_not_found'));
    await identifyByPassword();
    expect(await sendSecond('email')).toMatchObject(refused(400, 'session.mfa.mfa_factor_not_enabled'));
    const name = { type: 'username', value: `other_${username}` };
    expect(await client.call('POST', '/profile', name)).toMatchObject(asked(['phone'], {}));
    const { body } = await sendSecond('phone');
    const nowhere = refused(404, 'session.verification_session_not_found');
    expect(await verifySecond('email', body.verificationId, codeTo(phone))).toMatchObject(nowhere);
    // Nobody tries out which number it is that is masked.
    for (const to of [phone, newPhone()]) {
      expect(await verify(client, to, body.verificationId, codeTo(phone))).toMatchObject(nowhere);
    }
    expect(await verifySecond('phone', body.verificationId, codeTo(phone))).toMatchObject({ status: 200 });
    expect(await client.call('POST', '/profile', name)).toMatchObject(refused(422, 'user.username_exists_in_profile'));
    await restart(client, 'Register');
    expect(await sendSecond('phone')).toMatchObject(refused(400, 'session.invalid_interaction_type'));
  });

  test('after a code by the one way comes a code by the other', async () => {
    const { id } = await newUser({ primaryPhone: phone, primaryEmail: email });
    await policy({ signIn: withCodes('phone'), mfa: mandatory('email') });
    await restart(client, 'SignIn');
    expect(await identify(client, await prove('SignIn', phone))).toMatchObject({ status: 204 });
    expect(await submit(client)).toMatchObject(asked(['email'], {}));
    await proveSecond('email', email);
    expect(await finish()).toMatchObject({ sub: id });
  });

  test('either will do where both are there, and a code for something else will not', async () => {
    const { id } = await newUser({ primaryPhone: phone, primaryEmail: email });
    await policy({ mfa: mandatory('email', 'phone') });
    await identifyByPassword();
    const both = asked(['email', 'phone'], { [factors.phone]: maskedPhone(), [factors.email]: 'a•••@example.com' });
    expect(await submit(client)).toMatchObject(both);
    await prove('SignIn', phone);
    expect(await submit(client)).toMatchObject(both);
    rig.server.advance(31_000);
    await proveSecond('phone', phone);
    const told = await Promise.all([submit(client), submit(client)]);
    expect(told.map(({ status }) => status)).toEqual([200, 200]);
    expect((await client.finish(told[0]?.body.redirectTo)).claims()).toMatchObject({ sub: id });
  });

  test('with NoPrompt, whoever has no number signs in as before', async () => {
    await policy({ mfa: { ...mandatory('phone'), policy: 'NoPrompt' } });
    const { id } = await newUser({ primaryEmail: email });
    await identifyByPassword();
    expect(await finish()).toMatchObject({ sub: id });
    await users().update(id, { primaryPhone: phone });
    client = await rig.begin();
    await identifyByPassword();
    expect(await submit(client)).toMatchObject(asked(['phone'], {}));
  });

  test('with NoPrompt, nobody adds by a password alone what the account center keeps', async () => {
    await policy({ mfa: { ...mandatory('phone'), policy: 'NoPrompt' } });
    const { body: center } = await rig.server.management.get('/account-center');
    const control = (of: string) =>
      rig.server.management.patch('/account-center', { fields: { ...center.fields, phone: of } });
    await control('ReadOnly');
    await newUser();
    await identifyByPassword();
    const { body } = await send(client, 'SignIn', phone);
    await verify(client, phone, body.verificationId, codeTo(phone));
    expect((await addFactor('phone', body.verificationId)).status).toBe(400);
    expect(await finish()).not.toHaveProperty('phone_number');
    await control('Edit');
  });

  test('no second code goes out before the human check that the sign-in asks for', async () => {
    await newUser({ primaryPhone: phone });
    await policy({ captchaPolicy: { enabled: true } });
    await identifyByPassword();
    expect(await sendSecond('phone')).toMatchObject(refused(422, 'session.captcha_required'));
    expect(codesTo(phone)).toEqual([]);
    await policy({ captchaPolicy: { enabled: false } });
  });

  test('whoever has a number may do without, unless it is mandatory', async () => {
    await policy({ mfa: { factors: [] } });
    const { id } = await newUser({ primaryPhone: phone });
    const token = await signInForToken(rig.server, rig.relier, { username, password, scope: 'openid identities' });
    const call = (method: string, path: string, body?: object, verification?: string) =>
      callAccount(rig.server, token, { method, path, body, verification });
    const path = '/my-account/mfa-settings';
    const skip = { skipMfaOnSignIn: true };
    expect(await call('GET', path)).toEqual({ status: 200, body: { skipMfaOnSignIn: false } });
    expect(await call('PATCH', path, skip)).toMatchObject(refused(401, 'verification_record.permission_denied'));
    const person = (await call('POST', '/verifications/password', { password })).body.verificationRecordId;

    await policy({ mfa: { ...mandatory('phone'), policy: 'NoPrompt' } });
    client = await rig.begin();
    await identifyByPassword();
    expect(await submit(client)).toMatchObject(asked(['phone'], {}));
    expect(await call('PATCH', path, skip, person)).toEqual({ status: 200, body: skip });
    expect(await rig.server.management.get(`/users/${id}/logto-configs`)).toMatchObject({ body: { mfa: skip } });
    expect(await finish()).toMatchObject({ sub: id });

    await policy({ mfa: mandatory('phone') });
    client = await rig.begin();
    await identifyByPassword();
    expect(await submit(client)).toMatchObject(asked(['phone'], {}));

    const { body: center } = await rig.server.management.get('/account-center');
    const control = (mfa: string) =>
      rig.server.management.patch('/account-center', { fields: { ...center.fields, mfa } });
    await control('ReadOnly');
    expect(await call('PATCH', path, skip, person)).toMatchObject(refused(400, 'account_center.field_not_editable'));
    await control('Off');
    expect(await call('GET', path)).toMatchObject(refused(400, 'account_center.field_not_enabled'));
    await control('Edit');

    const configs = (mfa: object, of = id) => rig.server.management.patch(`/users/${of}/logto-configs`, { mfa });
    expect(await configs({ skipMfaOnSignIn: false })).toMatchObject({
      status: 200,
      body: { mfa: { skipMfaOnSignIn: false } },
    });
    expect(await call('GET', path)).toMatchObject({ status: 200, body: { skipMfaOnSignIn: false } });
    expect(await configs({ skipMfaOnSignIn: true }, 'nobody')).toMatchObject(refused(404, 'entity.not_found'));
    expect(await configs({ skipped: true })).toMatchObject(refused(400, 'guard.invalid_input'));
    await rig.server.services.userSessions.endAll(id);
  });

  test('whoever has no number gives one at the end of the sign-in, and has it asked for at the next', async () => {
    const { id } = await newUser();
    await identifyByPassword();
    expect(await submit(client)).toMatchObject(missing('phone'));
    const proof = await prove('SignIn', phone);
    expect(await addFactor('email', proof)).toMatchObject(refused(400, 'session.mfa.mfa_factor_not_enabled'));
    expect(await addFactor('phone', proof)).toMatchObject({ status: 204 });
    const usages = await rig.server.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
    expect(usages.body).toMatchObject([{ usageType: 'BindMfa' }]);
    expect(await finish()).toMatchObject({ sub: id, phone_number: phone });
    rig.server.advance(31_000);
    client = await rig.begin();
    await identifyByPassword();
    expect(await submit(client)).toMatchObject(asked(['phone'], {}));
  });

  test('whoever signs up gives one too', async () => {
    await registerByPassword(client, username);
    expect(await submit(client)).toMatchObject(missing('phone'));
    const pending = await send(client, 'Register', phone);
    expect(await addFactor('phone', pending.body.verificationId)).toMatchObject(
      refused(400, 'session.verification_failed'),
    );
    const { verificationId } = pending.body;
    await verify(client, phone, verificationId, codeTo(phone));
    expect(await addFactor('phone', verificationId)).toMatchObject({ status: 204 });
    expect(await finish()).toMatchObject({ username, phone_number: phone });
  });

  test('the number of a sign-up is not asked for again', async () => {
    await policy({ signUp: { identifiers: ['phone'], password: true, verify: true } });
    await restart(client, 'Register');
    await client.call('POST', '/profile', { type: 'password', value: password });
    expect(await identify(client, await prove('Register', phone))).toMatchObject({ status: 201 });
    expect(await finish()).toMatchObject({ phone_number: phone });
  });

  test('it is void with what voids the first proof, after another number, and after ten minutes', async () => {
    const { id } = await newUser({ primaryPhone: phone });
    await identifyByPassword();
    await proveSecond('phone', phone);
    await rig.server.services.userSessions.endAll(id);
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
    rig.server.advance(31_000);

    await identifyByPassword();
    await proveSecond('phone', phone);
    expect(await submit(client)).toMatchObject({ status: 200 });
    await restart(client, 'SignIn');
    await identify(client, await provePassword());
    expect(await submit(client)).toMatchObject(asked(['phone'], {}));
    rig.server.advance(31_000);

    await proveSecond('phone', phone);
    const other = newPhone();
    await users().update(id, { primaryPhone: other });
    expect(await submit(client)).toMatchObject(asked(['phone'], { [factors.phone]: `+86 ••• ${other.slice(-2)}` }));
    await proveSecond('phone', other);
    const { body } = await submit(client);
    // Handed in, and not yet gone on with.
    await users().update(id, { primaryPhone: phone });
    const subject = await client.finish(body.redirectTo).then(
      (tokens) => tokens.claims()?.sub,
      () => undefined,
    );
    expect(subject).toBeUndefined();

    client = await rig.begin();
    await identifyByPassword();
    await proveSecond('phone', phone);
    rig.server.advance(9 * 60_000);
    await identify(client, await provePassword());
    rig.server.advance(2 * 60_000);
    expect(await submit(client)).toMatchObject(asked(['phone'], {}));
  });

  test('the code of one account is none of another in the same browser', async () => {
    await newUser({ primaryPhone: phone });
    await identifyByPassword();
    await proveSecond('phone', phone);
    [username, phone] = [`other_${username}`, newPhone()];
    await newUser({ primaryPhone: phone });
    await identify(client, await provePassword());
    expect(await submit(client)).toMatchObject(asked(['phone'], { [factors.phone]: maskedPhone() }));
  });

  test('after a new password for a forgotten one it is asked for, too', async () => {
    const { id } = await newUser({ primaryPhone: phone, primaryEmail: email });
    await policy({ forgotPasswordMethods: ['EmailVerificationCode'] });
    await restart(client, 'ForgotPassword');
    expect(await identify(client, await prove('ForgotPassword', email))).toMatchObject({ status: 204 });
    expect(await sendSecond('phone')).toMatchObject(refused(400, 'session.invalid_interaction_type'));
    await client.call('PUT', '/profile/password', { password: 'forty thieves outside' });
    expect(await submit(client)).toMatchObject({ status: 204 });
    expect(await submit(client)).toMatchObject(asked(['phone'], {}));
    await proveSecond('phone', phone);
    expect(await finish()).toMatchObject({ sub: id });
  });

  test('a sign-in under way goes by the policy of the moment', async () => {
    await newUser({ primaryPhone: phone });
    await policy({ mfa: { factors: [] } });
    await identifyByPassword();
    await policy({ mfa: mandatory('phone') });
    expect(await submit(client)).toMatchObject(asked(['phone'], {}));
    await policy({ mfa: { factors: [] } });
    expect(await sendSecond('phone')).toMatchObject(refused(400, 'session.mfa.mfa_factor_not_enabled'));
    expect(await submit(client)).toMatchObject({ status: 200 });

    // What came second says of nobody who it is, nor does what has become a second factor meanwhile.
    await policy({ mfa: mandatory('phone') });
    const second = await proveSecond('phone', phone);
    await policy({ signIn: withCodes('phone'), mfa: { factors: [] } });
    expect(await identify(client, second)).toMatchObject(refused(400, 'session.verification_failed'));
    rig.server.advance(31_000);
    client = await rig.begin();
    await restart(client, 'SignIn');
    await identify(client, await prove('SignIn', phone));
    await policy({ mfa: mandatory('phone') });
    expect(await submit(client)).toMatchObject(refused(422, 'user.sign_in_method_not_enabled'));
  });
});
