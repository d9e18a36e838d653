import { fetchUserInfo } from 'openid-client';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { upsertOidcModel } from '../../packages/server/src/store/oidc-models.ts';
import { strangerFrom } from '../setup/clients.ts';
import { stopClock } from '../setup/clock.ts';
import { beginExperience, type ExperienceClient, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { type Provider, startTwilio } from './providers.ts';

type Event = 'SignIn' | 'Register' | 'ForgotPassword';

const password = 'a cave full of gold';
const refused = (status: number, code: string) => ({ status, body: { code } });

describe.each(databases)('the Experience API on %s', (database) => {
  let server: TestServer;
  let twilio: Provider;
  let relier: Relier;
  let phone: string;
  let client: ExperienceClient;
  beforeAll(async () => {
    [server, twilio] = await Promise.all([newServer(database), startTwilio()]);
    await server.management.post('/connectors', { connectorId: twilio.factoryId, config: twilio.config });
    relier = await newServerRelier(server);
  });
  afterAll(() => Promise.all([server.close(), twilio.double.close()]));
  beforeEach(async () => {
    phone = newPhone();
    client = await beginExperience(server, relier);
  });

  const identifier = () => ({ type: 'phone', value: phone });
  const begin = async (interactionEvent: Event) =>
    expect(await client.call('PUT', '', { interactionEvent })).toMatchObject({ status: 204 });
  const send = (interactionEvent: Event) =>
    client.call('POST', '/verification/verification-code', { interactionEvent, identifier: identifier() });
  const verify = (verificationId: string, code: string) =>
    client.call('POST', '/verification/verification-code/verify', { identifier: identifier(), verificationId, code });
  async function prove(event: Event): Promise<string> {
    const sent = await send(event);
    expect(sent).toMatchObject({ status: 200, body: { resendAfter: expect.any(Number) } });
    const { verificationId } = sent.body;
    // In ForgotPassword the answer does not wait for the provider.
    await expect.poll(usageTypes).toContain(`${event} accepted`);
    expect(await verify(verificationId, twilio.codeTo(phone))).toMatchObject({ status: 200, body: { verificationId } });
    return verificationId;
  }
  const identify = (verificationId?: string) => client.call('POST', '/identification', { verificationId });
  const submit = () => client.call('POST', '/submit');
  const usageTypes = async () => {
    const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
    return body.map(({ usageType, state }: { usageType: string; state: string }) => `${usageType} ${state}`);
  };
  async function newUser(fields: object = {}): Promise<string> {
    const { body, status } = await server.management.post('/users', { primaryPhone: phone, ...fields });
    expect(status).toBe(200);
    return body.id;
  }

  test('signs up: code, account, tokens with the number in the claims', async () => {
    await begin('Register');
    const verificationId = await prove('Register');
    expect(await identify(verificationId)).toMatchObject({ status: 201 });
    const { body } = await submit();
    const tokens = await client.finish(body.redirectTo);
    const claims = tokens.claims();
    expect(claims).toMatchObject({ phone_number: phone, phone_number_verified: true });
    const info = await fetchUserInfo(relier.configuration, tokens.access_token, claims?.sub ?? '');
    expect(info).toMatchObject({ phone_number: phone });
    expect((await server.management.get(`/users/${claims?.sub}`)).body).toMatchObject({
      primaryPhone: phone,
      hasPassword: false,
      lastSignInAt: expect.any(Number),
    });
    expect(await usageTypes()).toEqual(['Register accepted']);
  });

  test('signs in by code', async () => {
    const id = await newUser();
    await begin('SignIn');
    expect(await identify(await prove('SignIn'))).toMatchObject({ status: 204 });
    const { body } = await submit();
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ sub: id });
    expect(await usageTypes()).toEqual(['SignIn accepted']);
  });

  test.each(['phone', 'username'])('signs in by %s and password', async (type) => {
    const username = `ali_${phone.slice(-8)}`;
    const id = await newUser({ username, password });
    await begin('SignIn');
    const value = type === 'phone' ? phone : username;
    const typed = (text: string) =>
      client.call('POST', '/verification/password', { identifier: { type, value }, password: text });
    expect(await typed('a cave full of sand')).toMatchObject(refused(422, 'session.invalid_credentials'));
    const { body } = await typed(password);
    expect(await identify(body.verificationId)).toMatchObject({ status: 204 });
    const done = await submit();
    expect((await client.finish(done.body.redirectTo)).claims()).toMatchObject({ sub: id, username });
  });

  test('no account: creates one with the same verification, after the code was right', async () => {
    await begin('SignIn');
    const verificationId = await prove('SignIn');
    expect(await identify(verificationId)).toMatchObject(refused(404, 'user.user_not_exist'));
    expect(await client.call('PUT', '/interaction-event', { interactionEvent: 'Register' })).toMatchObject({
      status: 204,
    });
    expect(await identify(verificationId)).toMatchObject({ status: 201 });
    const { body } = await submit();
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ phone_number: phone });
  });

  test('replaces a forgotten password, and signs in with it by a second submit', async () => {
    const id = await newUser({ username: `zaynab_${phone.slice(-8)}`, password });
    await begin('ForgotPassword');
    const verificationId = await prove('ForgotPassword');
    expect(await submit()).toMatchObject(refused(404, 'session.identifier_not_found'));
    expect(await identify(verificationId)).toMatchObject({ status: 204 });
    expect(await submit()).toMatchObject(refused(422, 'user.new_password_required_in_profile'));
    const set = (text: string) => client.call('PUT', '/profile/password', { password: text });
    expect(await set('short')).toMatchObject(refused(422, 'password.rejected'));
    expect(await set(password)).toMatchObject(refused(422, 'user.same_password'));
    expect(await set('forty thieves outside')).toMatchObject({ status: 204 });
    expect(await submit()).toMatchObject({ status: 204 });
    const { body } = await submit();
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ sub: id });
    expect(await usageTypes()).toEqual(['ForgotPassword accepted']);
    const user = await server.services.users.findByPassword(
      { id },
      { password: 'forty thieves outside', client: strangerFrom('192.0.2.1') },
    );
    expect(user).toMatchObject({ id });
  });

  test.each([
    ['', false],
    [', with the end of all sessions', true],
  ])(
    'a reset that is sent twice at the same moment is done once, and both are told so%s',
    async (_what, endSessions) => {
      const id = await newUser({ password });
      await begin('ForgotPassword');
      await identify(await prove('ForgotPassword'));
      await client.call('PUT', '/profile/password', { password: 'forty thieves outside' });
      const access = { id: client.flow, key: client.browser.cookies()[`sesame_flow_${client.flow}`] };
      const both = await Promise.all([1, 2].map(() => server.services.signInFlows.submit(access, { endSessions })));
      // Where the second reads the flow after the first is done, it signs in what goes on as a sign-in.
      expect(both).toContainEqual({ resetFor: id });
      expect(both.map((told) => ('resetFor' in told ? told.resetFor : told.accountId))).toEqual([id, id]);
      expect((await client.finish((await submit()).body.redirectTo)).claims()).toMatchObject({ sub: id });
    },
  );

  test('a new password ends the sessions there are where the person wants it, even one that was written back', async () => {
    const id = await newUser({ password });
    const browser = client.browser;
    await begin('SignIn');
    await identify(await prove('SignIn'));
    const tokens = await client.finish((await submit()).body.redirectTo);
    const row = () => server.services.store.db.selectFrom('oidc_models').selectAll().where('model', '=', 'Session');
    const session = await row().where('account_id', '=', id).executeTakeFirstOrThrow();
    const isSignedIn = async () => {
      const { url } = await relier.start({ prompt: 'none' });
      return new URL((await browser.copy().send(url)).headers.get('location') ?? '').searchParams.has('code');
    };
    expect(await isSignedIn()).toBe(true);

    server.advance(31_000);
    client = await beginExperience(server, relier);
    await begin('ForgotPassword');
    await identify(await prove('ForgotPassword'));
    await client.call('PUT', '/profile/password', { password: 'forty thieves outside' });
    const key = client.browser.cookies()[`sesame_flow_${client.flow}`];
    await server.services.signInFlows.submit({ id: client.flow, key }, { endSessions: true });
    await server.services.userSessions.endAll(id);
    expect(await isSignedIn()).toBe(false);
    await upsertOidcModel(server.services.store, session);
    expect(await isSignedIn()).toBe(false);
    await expect(fetchUserInfo(relier.configuration, tokens.access_token, id)).rejects.toThrow();
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('already an account: signs in with the same verification', async () => {
    const id = await newUser();
    await begin('Register');
    const verificationId = await prove('Register');
    expect(await identify(verificationId)).toMatchObject(refused(422, 'user.phone_already_in_use'));
    await client.call('PUT', '/interaction-event', { interactionEvent: 'SignIn' });
    expect(await identify(verificationId)).toMatchObject({ status: 204 });
    const { body } = await submit();
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ sub: id });
  });

  test.each([
    ['', false],
    [', with the end of all sessions', true],
  ])('a reset that another one overtakes is told that it is done%s', async (_what, endSessions) => {
    const id = await newUser({ password });
    await begin('ForgotPassword');
    await identify(await prove('ForgotPassword'));
    await client.call('PUT', '/profile/password', { password: 'forty thieves outside' });
    const access = { id: client.flow, key: client.browser.cookies()[`sesame_flow_${client.flow}`] };
    const { signInFlows, users } = server.services;
    const reset = () => signInFlows.submit(access, { endSessions });
    const { getWithValidFrom } = users;
    const overtaken = vi.spyOn(users, 'getWithValidFrom').mockImplementationOnce(async (userId) => {
      expect(await reset()).toEqual({ resetFor: id });
      return getWithValidFrom(userId);
    });
    expect(await reset()).toEqual({ resetFor: id });
    overtaken.mockRestore();
    expect((await client.finish((await submit()).body.redirectTo)).claims()).toMatchObject({ sub: id });
  });

  test('a reset that failed is not told to be done because the flow signs the same person in meanwhile', async () => {
    const id = await newUser({ password });
    await begin('ForgotPassword');
    const proof = await prove('ForgotPassword');
    await identify(proof);
    await client.call('PUT', '/profile/password', { password: 'forty thieves outside' });
    const access = { id: client.flow, key: client.browser.cookies()[`sesame_flow_${client.flow}`] };
    const { store, signInFlows, users } = server.services;
    const { getWithValidFrom } = users;
    const overtaken = vi.spyOn(users, 'getWithValidFrom').mockImplementationOnce(async (userId) => {
      const found = await getWithValidFrom(userId);
      const signIn = { event: 'SignIn' as const, verification_id: proof, user_id: userId };
      await store.db.updateTable('sign_in_flows').set(signIn).where('id', '=', client.flow).execute();
      return found;
    });
    await expect(signInFlows.submit(access)).rejects.toMatchObject({ code: 'session.not_found' });
    overtaken.mockRestore();
    expect(await users.isPassword(id, password)).toBe(true);
  });

  test('shows what is known so far, and nothing secret', async () => {
    await begin('Register');
    const { body } = await send('Register');
    await client.call('POST', '/profile', { type: 'password', value: password });
    const known = await client.call('GET', '/interaction');
    expect(known).toMatchObject({
      status: 200,
      body: {
        interactionEvent: 'Register',
        profile: { hasPassword: true },
        verificationRecords: [
          { id: body.verificationId, type: 'PhoneVerificationCode', verified: false, identifier: identifier() },
        ],
      },
    });
    expect(JSON.stringify(known.body)).not.toContain('argon2');
  });

  test('a forgotten password of nobody looks like that of somebody', async () => {
    await begin('ForgotPassword');
    const unknown = await send('ForgotPassword');
    expect(await usageTypes()).toEqual(['ForgotPassword suppressed']);
    const wrongForUnknown = await verify(unknown.body.verificationId, '000000');
    const again = await send('ForgotPassword');

    phone = newPhone();
    await newUser();
    client = await beginExperience(server, relier);
    await begin('ForgotPassword');
    const known = await send('ForgotPassword');
    expect(Object.keys(known.body)).toEqual(Object.keys(unknown.body));
    expect(known.status).toBe(unknown.status);
    await expect.poll(usageTypes).toEqual(['ForgotPassword accepted']);
    const wrong = twilio.codeTo(phone) === '000000' ? '000001' : '000000';
    const wrongForKnown = await verify(known.body.verificationId, wrong);
    expect([wrongForKnown.status, wrongForKnown.body]).toEqual([wrongForUnknown.status, wrongForUnknown.body]);
    const againForKnown = await send('ForgotPassword');
    expect([again.status, again.body.code]).toEqual([429, 'request.message_rate_limited']);
    expect([againForKnown.status, againForKnown.body.code]).toEqual([again.status, again.body.code]);
  });

  test('a code can be asked for again after the interval, and is the same for half of its life', async () => {
    stopClock();
    await begin('SignIn');
    const first = await send('SignIn');
    const old = twilio.codeTo(phone);
    const early = await send('SignIn');
    expect(early).toMatchObject(refused(429, 'request.message_rate_limited'));
    expect(Number(early.headers.get('retry-after'))).toBeLessThanOrEqual(30);
    server.advance(30_000);
    const second = await send('SignIn');
    expect(second.body.verificationId).toBe(first.body.verificationId);
    const fresh = twilio.codeTo(phone);
    expect(fresh).toBe(old);
    server.advance(271_000);
    await send('SignIn');
    // One in a million is the same by chance.
    expect(twilio.codeTo(phone)).not.toBe(old);
    server.advance(30_000);
    await send('SignIn');
    const last = twilio.codeTo(phone);
    expect(await verify(first.body.verificationId, last)).toMatchObject({ status: 200 });
  });
});
