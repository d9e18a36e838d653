import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { maxPerNetwork, networkWindowMs } from '../../packages/server/src/sign-in/network-limits.ts';
import type { ExperienceClient } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import { change, type Event, identify, refused, send, submit, useExperience, verify } from './experience-rig.ts';

const password = 'a cave full of gold';
const other = 'forty thieves outside';
const done = { status: 204 };
const notForReset = (status = 400) => refused(status, 'session.not_supported_for_forgot_password');

describe.each(databases)('what an account gets in the Experience API on %s', (database) => {
  const rig = useExperience(database);
  let client: ExperienceClient;
  let username: string;
  beforeEach(async () => {
    client = await rig.begin();
    username = `ali_${rig.phone.slice(-8)}`;
  });
  const patch = (policy: object) => rig.server.management.patch('/sign-in-exp', policy);
  afterEach(async () => {
    await patch({ signInMode: 'SignInAndRegister', signUp: { identifiers: ['phone'], password: false } });
    await rig.server.management.patch('/account-center', before);
  });
  const before = { enabled: true, fields: { phone: 'Edit', username: 'Edit', password: 'Edit' } };

  const begin = async (interactionEvent: Event) =>
    expect(await client.call('PUT', '', { interactionEvent })).toMatchObject(done);
  const add = (type: string, value: string) => client.call('POST', '/profile', { type, value });
  const addPhone = (verificationId: string) => client.call('POST', '/profile', { type: 'phone', verificationId });
  const typed = (text = password, identifier: object = { type: 'username', value: username }) =>
    client.call('POST', '/verification/password', { identifier, password: text });
  const known = async () => (await client.call('GET', '/interaction')).body;
  const usageTypesOf = async (phone: string) =>
    (await rig.server.management.get(`/messages?phone=${encodeURIComponent(phone)}`)).body.map(
      ({ usageType, state }: { usageType: string; state: string }) => `${usageType} ${state}`,
    );
  const networks = () => rig.server.services.networks;
  /** Signs in by username and password, as far as to be known. */
  async function identifyByPassword(fields: object = {}): Promise<string> {
    const { id } = await rig.server.services.users.create({ username, password, ...fields });
    await begin('SignIn');
    expect(await identify(client, (await typed()).body.verificationId)).toMatchObject(done);
    return id;
  }

  test('a number that was verified is added to an account that has none, when the sign-in is handed in', async () => {
    const id = await identifyByPassword();
    const proof = await rig.prove(client);
    expect(await addPhone(proof)).toMatchObject(done);
    expect(await known()).toMatchObject({
      interactionEvent: 'SignIn',
      userId: id,
      profile: { primaryPhone: rig.phone },
    });
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: null });
    expect(await usageTypesOf(rig.phone)).toEqual(['SignIn accepted']);
    const { body } = await submit(client);
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: rig.phone, username });
    const claims = (await client.finish(body.redirectTo)).claims();
    expect(claims).toMatchObject({ sub: id, phone_number: rig.phone });
  });

  test('it is handed in once where that is told several times at once', async () => {
    const id = await identifyByPassword();
    expect(await addPhone(await rig.prove(client))).toMatchObject(done);
    const told = await Promise.all([submit(client), submit(client), submit(client)]);
    expect(told.map(({ status }) => status)).toEqual([200, 200, 200]);
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: rig.phone });
    expect((await client.finish(told[2]?.body.redirectTo)).claims()).toMatchObject({ sub: id });
  });
  const again = () => {
    rig.server.advance(31_000);
    return rig.prove(client);
  };

  test('a username and a password are added to an account that signed in by a code', async () => {
    const { id } = await rig.newUser();
    await begin('SignIn');
    await identify(client, await rig.prove(client));
    expect(await add('username', '1st')).toMatchObject(refused(400, 'guard.invalid_input'));
    await rig.server.services.users.create({ username: `taken_${username}` });
    expect(await add('username', `taken_${username}`)).toMatchObject(refused(422, 'user.username_already_in_use'));
    expect(await add('username', username)).toMatchObject(done);
    expect(await add('password', rig.phone)).toMatchObject(refused(422, 'password.rejected'));
    expect(await add('password', password)).toMatchObject(done);
    expect((await known()).profile).toEqual({ username, hasPassword: true });
    expect(await rig.server.services.users.get(id)).toMatchObject({ username: null, hasPassword: false });
    expect(await submit(client)).toMatchObject({ status: 200 });
    expect(await rig.server.services.users.get(id)).toMatchObject({ username, hasPassword: true });
    client = await rig.begin();
    expect(await typed()).toMatchObject({ status: 200 });
  });

  test('a number is added only where it was verified here, is free, and users may', async () => {
    const id = await identifyByPassword();
    expect(await addPhone('unknown')).toMatchObject(refused(404, 'session.verification_session_not_found'));
    const byPassword = (await typed()).body.verificationId;
    expect(await addPhone(byPassword)).toMatchObject(refused(404, 'session.verification_session_not_found'));
    const pending = await rig.pendingCode(client);
    expect(await addPhone(pending.id)).toMatchObject(refused(400, 'session.verification_failed'));
    await verify(client, rig.phone, pending.id, pending.code);
    const taken = await rig.newUser();
    expect(await addPhone(pending.id)).toMatchObject(refused(422, 'user.phone_already_in_use'));
    await rig.server.services.users.delete(taken.id);
    await patch({ signUp: { identifiers: ['username'], password: true } });
    await rig.server.management.patch('/account-center', { fields: { phone: 'ReadOnly' } });
    expect(await addPhone(pending.id)).toMatchObject(refused(400, 'account_center.field_not_editable'));
    await rig.server.management.patch('/account-center', before);
    expect(await addPhone(pending.id)).toMatchObject(done);

    // Somebody else is faster.
    const faster = await rig.newUser();
    expect(await submit(client)).toMatchObject(refused(422, 'user.phone_already_in_use'));
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: null });
    await rig.server.services.users.delete(faster.id);
    rig.server.advance(11 * 60_000);
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: null });
  });

  test('of several results handed in at once, the account gets the number of one', async () => {
    const id = await identifyByPassword();
    await addPhone(await rig.prove(client));
    const outcomes = await Promise.all([submit(client), submit(client), submit(client)]);
    expect(outcomes.filter(({ status }) => status === 200).length).toBeGreaterThanOrEqual(1);
    expect(outcomes.filter(({ status }) => status >= 500)).toEqual([]);
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: rig.phone, username });
  });

  test('a number that an administrator has given meanwhile is not replaced', async () => {
    const id = await identifyByPassword();
    await addPhone(await rig.prove(client));
    const given = newPhone();
    await rig.server.services.users.update(id, { primaryPhone: given });
    expect(await submit(client)).toMatchObject(refused(422, 'user.phone_exists_in_profile'));
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: given });
  });

  test('a new account gets a number by its verification, before it is made', async () => {
    await patch({ signUp: { identifiers: ['phone', 'username'], password: true } });
    await begin('Register');
    const taken = await rig.newUser();
    const proof = await rig.prove(client, 'Register');
    expect(await addPhone(proof)).toMatchObject(refused(422, 'user.phone_already_in_use'));
    await rig.server.services.users.delete(taken.id);
    expect(await addPhone(proof)).toMatchObject(done);
    expect((await known()).profile).toEqual({ primaryPhone: rig.phone, hasPassword: false });
    expect(await identify(client)).toMatchObject(refused(422, 'user.missing_profile'));
    await add('username', username);
    await add('password', password);
    expect(await identify(client)).toMatchObject({ status: 201 });
    expect((await known()).profile).toEqual({ hasPassword: false });
    const { body } = await submit(client);
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ username, phone_number: rig.phone });
  });

  const choose = (value: string, text = password) =>
    client.call('POST', '/verification/new-password-identity', {
      identifier: { type: 'username', value },
      password: text,
    });

  test('where a sign-up asks for no username, nobody learns which there are, and a network tries a few', async () => {
    // What the tests before have chosen counts no more.
    rig.server.advance(networkWindowMs + 1000);
    client = await rig.begin();
    await patch({ signUp: { identifiers: ['phone'], password: true } });
    await begin('Register');
    await rig.server.services.users.create({ username: `taken_${username}` });
    const outcomes = async (name: string) => [
      await add('username', name).then(({ status, body }) => [status, body.code]),
      await choose(name).then(({ status, body }) => [status, Object.keys(body)]),
    ];
    const [taken, free] = [await outcomes(`taken_${username}`), await outcomes(`free_${username}`)];
    expect(taken).toEqual(free);
    expect(taken).toEqual([
      [422, 'user.sign_in_method_not_enabled'],
      [200, ['verificationId']],
    ]);
    const limit = refused(429, 'request.sign_in_rate_limited');
    const stranger = { address: '127.0.0.1', marks: [] };
    const charges = Array.from({ length: maxPerNetwork.profile }, () => networks().charge('profile', stranger));
    expect((await Promise.allSettled(charges)).filter(({ status }) => status === 'rejected')).toHaveLength(2);
    for (const text of [password, 'short']) expect(await choose(`more_${username}`, text)).toMatchObject(limit);
    rig.server.advance(networkWindowMs + 1000);
    await begin('Register');
    expect(await choose(`more_${username}`)).toMatchObject({ status: 200 });
  });

  test.each([true, false])(
    'a username and a password at once make an account (with a number: %s)',
    async (withNumber) => {
      await patch({ signUp: { identifiers: withNumber ? ['username', 'phone'] : ['username'], password: true } });
      await begin('Register');
      const { status, body } = await choose(username);
      expect([status, body]).toEqual([200, { verificationId: expect.any(String) }]);
      expect((await known()).verificationRecords).toMatchObject([
        { id: body.verificationId, type: 'NewPasswordIdentity', identifier: { type: 'username', value: username } },
      ]);
      if (withNumber) {
        expect(await identify(client, body.verificationId)).toMatchObject(refused(422, 'user.missing_profile'));
        expect(await addPhone(await rig.prove(client, 'Register'))).toMatchObject(done);
      }
      expect(await identify(client, withNumber ? undefined : body.verificationId)).toMatchObject({ status: 201 });
      const { redirectTo } = (await submit(client)).body;
      const claims = (await client.finish(redirectTo)).claims();
      expect(claims).toMatchObject({ username, ...(withNumber && { phone_number: rig.phone }) });
      client = await rig.begin();
      expect(await typed()).toMatchObject({ status: 200 });
    },
  );

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('an account that was just made gets a number that its sign-up does not ask for', async () => {
    await patch({ signUp: { identifiers: ['username'], password: true } });
    await begin('Register');
    expect(await identify(client, (await choose(username)).body.verificationId)).toMatchObject({ status: 201 });
    const { userId } = await known();
    expect(await addPhone(await rig.prove(client, 'Register'))).toMatchObject(done);
    expect(await usageTypesOf(rig.phone)).toEqual(['BindMfa accepted']);
    expect(await submit(client)).toMatchObject({ status: 200 });
    expect(await rig.server.services.users.get(userId)).toMatchObject({ username, primaryPhone: rig.phone });
  });

  test('what is begun anew, or identified as somebody else, gives nobody anything', async () => {
    const id = await identifyByPassword();
    expect(await addPhone(await rig.prove(client))).toMatchObject(done);
    await begin('SignIn');
    await identify(client, (await typed()).body.verificationId);
    expect(await submit(client)).toMatchObject({ status: 200 });
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: null });

    expect(await addPhone(await again())).toMatchObject(done);
    const second = await rig.server.services.users.create({ username: `b_${username}`, password });
    const byOther = await typed(password, { type: 'username', value: `b_${username}` });
    expect(await identify(client, byOther.body.verificationId)).toMatchObject(done);
    expect((await known()).profile).toEqual({ hasPassword: false });
    expect(await submit(client)).toMatchObject({ status: 200 });
    for (const each of [id, second.id]) {
      expect(await rig.server.services.users.get(each)).toMatchObject({ primaryPhone: null });
    }
  });

  test('only who is known can add, and only what the account lacks', async () => {
    await begin('SignIn');
    expect(await add('username', username)).toMatchObject(refused(404, 'session.identifier_not_found'));
    expect(await add('password', password)).toMatchObject(refused(404, 'session.identifier_not_found'));
    expect(await addPhone(await rig.prove(client))).toMatchObject(refused(404, 'session.identifier_not_found'));
    await identifyByPassword({ primaryPhone: newPhone() });
    expect(await add('username', 'username')).toMatchObject(refused(422, 'user.username_exists_in_profile'));
    expect(await add('password', other)).toMatchObject(refused(422, 'user.password_exists_in_profile'));
    expect(await addPhone(await again())).toMatchObject(refused(422, 'user.phone_exists_in_profile'));
  });

  test('a code for the account goes out where codes do not sign in and nobody may sign up', async () => {
    const methods = [{ identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true }];
    const signIn = (await rig.server.management.get('/sign-in-exp')).body.signIn;
    await patch({ signInMode: 'SignIn', signIn: { methods } });
    await begin('SignIn');
    const id = await identifyByPassword();
    expect(await addPhone(await rig.prove(client))).toMatchObject(done);
    expect(await usageTypesOf(rig.phone)).toEqual(['BindMfa accepted']);
    expect(await submit(client)).toMatchObject({ status: 200 });
    expect(await rig.server.services.users.get(id)).toMatchObject({ primaryPhone: rig.phone });
    await patch({ signIn });
  });

  test('a username and a password at once are refused as each of them is', async () => {
    await rig.server.services.users.create({ username, password });
    // Where a sign-up asks for no username, nothing shows whether one is taken.
    await begin('Register');
    for (const value of [username, `free_${username}`]) {
      const { status, body } = await choose(value);
      expect(status).toBe(200);
      expect(await identify(client, body.verificationId)).toMatchObject(
        refused(422, 'user.sign_in_method_not_enabled'),
      );
    }
    await patch({ signUp: { identifiers: ['username'], password: true } });
    expect(await choose(username)).toMatchObject(refused(422, 'user.username_already_in_use'));
    expect(await choose(`b_${username}`, `b_${username}`)).toMatchObject(refused(422, 'password.rejected'));
    expect(await choose('1st')).toMatchObject(refused(400, 'guard.invalid_input'));
    const byPhone = { identifier: { type: 'phone', value: rig.phone }, password };
    expect(await client.call('POST', '/verification/new-password-identity', byPhone)).toMatchObject(
      refused(400, 'guard.invalid_input'),
    );
    const { verificationId } = (await choose(`b_${username}`)).body;
    await begin('SignIn');
    expect(await identify(client, verificationId)).toMatchObject(
      refused(404, 'session.verification_session_not_found'),
    );
    const kept = (await choose(`b_${username}`)).body.verificationId;
    expect(await identify(client, kept)).toMatchObject(refused(422, 'user.sign_in_method_not_enabled'));
    await change(client, 'Register');
    await rig.server.services.users.create({ username: `b_${username}` });
    expect(await identify(client, kept)).toMatchObject(refused(422, 'user.username_already_in_use'));
  });

  test('a password that was right makes no new account', async () => {
    await rig.server.services.users.create({ username, password });
    await begin('Register');
    const { verificationId } = (await typed()).body;
    expect(await identify(client, verificationId)).toMatchObject(refused(400, 'session.verification_failed'));
  });

  test('a reset takes a code and a new password, and becomes nothing else', async () => {
    const { id } = await rig.server.services.users.create({ username, password, primaryPhone: rig.phone });
    await begin('SignIn');
    expect(await change(client, 'ForgotPassword')).toMatchObject(notForReset());
    expect(await client.call('PUT', '/profile/password', { password: other })).toMatchObject(
      refused(400, 'session.invalid_interaction_type'),
    );
    await change(client, 'Register');
    expect(await change(client, 'ForgotPassword')).toMatchObject(notForReset());
    expect(await client.call('PUT', '/profile/password', { password: other })).toMatchObject(
      refused(400, 'session.invalid_interaction_type'),
    );
    await begin('ForgotPassword');
    for (const event of ['SignIn', 'Register'] as const)
      expect(await change(client, event)).toMatchObject(notForReset());
    expect(await change(client, 'ForgotPassword')).toMatchObject(done);
    for (const [type, value] of [
      ['username', 'username'],
      ['password', other],
    ] as const) {
      expect(await add(type, value)).toMatchObject(notForReset());
    }
    const proof = await rig.prove(client, 'ForgotPassword');
    expect(await addPhone(proof)).toMatchObject(notForReset());
    const byPassword = await typed();
    expect(byPassword).toMatchObject({ status: 200 });
    expect(await identify(client, byPassword.body.verificationId)).toMatchObject(notForReset(422));
    await patch({ forgotPasswordMethods: [] });
    expect(await identify(client, proof)).toMatchObject(notForReset(422));
    await patch({ forgotPasswordMethods: ['PhoneVerificationCode'] });
    expect(await identify(client, proof)).toMatchObject(done);
    expect(await submit(client)).toMatchObject(refused(422, 'user.new_password_required_in_profile'));
    expect(await client.call('PUT', '/profile/password', { password: other })).toMatchObject(done);
    expect(await submit(client)).toMatchObject(done);
    expect(await rig.server.services.users.isPassword(id, other)).toBe(true);
  });

  test('shows what was typed with a password, the usage type of a code, and that nobody is asked for a captcha', async () => {
    const id = (await rig.server.services.users.create({ username, password, primaryPhone: rig.phone })).id;
    await begin('SignIn');
    expect(await known()).toEqual({
      interactionEvent: 'SignIn',
      profile: { hasPassword: false },
      verificationRecords: [],
      captcha: { verified: false, skipped: false },
    });
    const byName = (await typed()).body.verificationId;
    const byNumber = (await typed(password, { type: 'phone', value: rig.phone })).body.verificationId;
    const sent = (await send(client, 'SignIn', rig.phone)).body.verificationId;
    const phone = { type: 'phone', value: rig.phone };
    const records = (await known()).verificationRecords;
    expect(records).toHaveLength(3);
    expect(records).toEqual(
      expect.arrayContaining([
        { id: byName, type: 'Password', verified: true, identifier: { type: 'username', value: username } },
        { id: byNumber, type: 'Password', verified: true, identifier: phone },
        expect.objectContaining({
          id: sent,
          type: 'PhoneVerificationCode',
          verified: false,
          templateType: 'SignIn',
          identifier: phone,
        }),
      ]),
    );
    await identify(client, byName);
    expect(await known()).toMatchObject({ userId: id });
  });

  test('takes the fields of Logto’s pages that ask for nothing', async () => {
    const call = (captchaToken: unknown) => client.call('PUT', '', { interactionEvent: 'SignIn', captchaToken });
    expect(await call('')).toMatchObject(done);
    expect(await call('a token')).toMatchObject(refused(422, 'session.captcha_failed'));
    await rig.newUser();
    const verificationId = await rig.prove(client);
    const link = (linkSocialIdentity: boolean) =>
      client.call('POST', '/identification', { verificationId, linkSocialIdentity });
    expect(await link(true)).toMatchObject(refused(400, 'guard.invalid_input'));
    expect(await link(false)).toMatchObject(done);
  });

  test('the public sign-in experience is the same for every application and organization', async () => {
    const get = (query: string) => fetch(`${rig.server.baseUrl}/api/.well-known/sign-in-exp${query}`);
    const all = await (await get('')).json();
    for (const query of [
      '?appId=unknown',
      `?organizationId=acme&appId=${rig.relier.configuration.clientMetadata().client_id}`,
    ]) {
      const reply = await get(query);
      expect([reply.status, await reply.json()]).toEqual([200, all]);
    }
    expect((await get('?applicationId=unknown')).status).toBe(400);
  });
});
