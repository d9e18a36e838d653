import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExperienceClient } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { change, type Event, identify, refused, send, submit, useExperience, verify } from './experience-rig.ts';

const password = 'a cave full of gold';

describe('a policy of the Experience API', () => {
  const rig = useExperience('SQLite');
  let client: ExperienceClient;
  beforeEach(async () => {
    client = await rig.begin();
  });
  const begin = async (interactionEvent: Event) =>
    expect(await client.call('PUT', '', { interactionEvent })).toMatchObject({ status: 204 });
  afterAll(() =>
    rig.server.management.patch('/sign-in-exp', {
      signInMode: 'SignInAndRegister',
      signUp: { identifiers: ['phone'], password: false },
    }),
  );
  const patch = (policy: object) => rig.server.management.patch('/sign-in-exp', policy);

  test('a new account is asked for a username and a password', async () => {
    await patch({ signUp: { identifiers: ['phone', 'username'], password: true } });
    await begin('Register');
    const verificationId = await rig.prove(client, 'Register');
    expect(await identify(client, verificationId)).toMatchObject({
      status: 422,
      body: { code: 'user.missing_profile', data: { missingProfile: ['username', 'password'] } },
    });
    const add = (type: string, value: string) => client.call('POST', '/profile', { type, value });
    const username = `morgiana_${rig.phone.slice(-8)}`;
    expect(await add('username', '1st')).toMatchObject(refused(400, 'guard.invalid_input'));
    expect(await add('username', username)).toMatchObject({ status: 204 });
    expect(await add('password', username)).toMatchObject(refused(422, 'password.rejected'));
    expect(await add('password', rig.phone.slice(3))).toMatchObject(refused(422, 'password.rejected'));
    expect(await add('password', password)).toMatchObject({ status: 204 });
    expect(await identify(client)).toMatchObject({ status: 201 });
    // Told twice, the account is made once.
    expect(await identify(client)).toMatchObject({ status: 201 });
    const { body } = await submit(client);
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ username, phone_number: rig.phone });
  });

  test('a username and a password alone make an account where that is enough', async () => {
    await patch({ signUp: { identifiers: ['username'], password: true } });
    const username = `cassim_${rig.phone.slice(-8)}`;
    await begin('Register');
    // A number that nobody asked for gets nothing.
    expect(await send(client, 'Register', rig.phone)).toMatchObject({ status: 200 });
    expect(await rig.messages()).toMatchObject([{ state: 'suppressed' }]);
    await client.call('POST', '/profile', { type: 'username', value: username });
    await client.call('POST', '/profile', { type: 'password', value: password });
    expect(await identify(client)).toMatchObject({ status: 201 });
    const { body } = await submit(client);
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ username });
  });

  test.each(['Register', 'SignIn'] as const)(
    'a number proven by %s does not sign in where codes do not',
    async (event) => {
      const methods = [{ identifier: 'phone', password: true, verificationCode: false, isPasswordPrimary: true }];
      await patch({ signUp: { identifiers: ['phone'], password: false }, signIn: { methods } });
      await rig.newUser();
      await begin(event);
      const verificationId = await rig.prove(client, event);
      if (event === 'Register') await change(client, 'SignIn');
      expect(await identify(client, verificationId)).toMatchObject(refused(422, 'user.sign_in_method_not_enabled'));
      await patch({ signIn: { methods: [{ ...methods[0], verificationCode: true }] } });
      expect(await identify(client, verificationId)).toMatchObject({ status: 204 });
    },
  );

  test('who asks for a code is not told of the provider that could not send it', async () => {
    rig.twilio.double.replyNext({ status: 401, body: { status: 401, code: 20003, message: 'Authenticate' } });
    await begin('SignIn');
    await rig.newUser();
    const failed = await send(client, 'SignIn', rig.phone);
    expect([failed.body.code, Object.keys(failed.body.data)]).toEqual(['connector.invalid_config', ['kind']]);
    rig.twilio.double.replyNext({ status: 500, body: 'So it goes.' });
    rig.phone = newPhone();
    await rig.newUser();
    const unclear = await send(client, 'SignIn', rig.phone);
    expect([unclear.status, Object.keys(unclear.body.data)]).toEqual([502, ['kind', 'verificationId']]);
    const sent = new URLSearchParams(rig.twilio.double.requests.at(-1)?.body).get('Body');
    const verify = { identifier: { type: 'phone', value: rig.phone }, code: /\d{6}/.exec(sent ?? '')?.[0] };
    const { verificationId } = unclear.body.data;
    const arrived = await client.call('POST', '/verification/verification-code/verify', { ...verify, verificationId });
    expect(arrived).toMatchObject({ status: 200, body: { verificationId } });
    const [{ id }] = (await rig.server.management.get('/connectors')).body;
    await rig.server.management.delete(`/connectors/${id}`);
    await rig.server.management.post('/connectors', { connectorId: 'twilio-short-message-service' });
    rig.phone = newPhone();
    await begin('SignIn');
    await rig.newUser();
    const none = await send(client, 'SignIn', rig.phone);
    expect([none.status, none.body.code, none.body.data]).toEqual([501, 'connector.not_found', undefined]);
    await rig.server.management.post(`/connectors/history/${id}/restore`);
  });

  test('a number that no sign-up asks for makes no account, nor part of one', async () => {
    await begin('Register');
    const verificationId = await rig.prove(client, 'Register');
    await patch({ signUp: { identifiers: ['username'], password: true } });
    const off = refused(422, 'user.sign_in_method_not_enabled');
    expect(await identify(client, verificationId)).toMatchObject(off);
    expect(await client.call('POST', '/profile', { type: 'phone', verificationId })).toMatchObject(off);
  });

  test('a number is asked for after a username and a password', async () => {
    const secondaryIdentifiers = [{ identifier: 'phone', verify: true }];
    await patch({ signUp: { identifiers: ['username'], password: true, verify: true, secondaryIdentifiers } });
    const username = `kasim_${rig.phone.slice(-8)}`;
    await begin('Register');
    await client.call('POST', '/profile', { type: 'username', value: username });
    await client.call('POST', '/profile', { type: 'password', value: password });
    expect(await identify(client)).toMatchObject({
      status: 422,
      body: { code: 'user.missing_profile', data: { missingProfile: ['phone'] } },
    });
    const verificationId = await rig.prove(client, 'Register');
    expect(await client.call('POST', '/profile', { type: 'phone', verificationId })).toMatchObject({ status: 204 });
    expect(await identify(client)).toMatchObject({ status: 201 });
    const { body } = await submit(client);
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ username, phone_number: rig.phone });
  });

  test('a username is asked for after a number', async () => {
    const secondaryIdentifiers = [{ identifier: 'username' }];
    await patch({ signUp: { identifiers: ['phone'], password: false, verify: true, secondaryIdentifiers } });
    await begin('Register');
    const verificationId = await rig.prove(client, 'Register');
    expect(await identify(client, verificationId)).toMatchObject({
      body: { code: 'user.missing_profile', data: { missingProfile: ['username'] } },
    });
    const username = `zayn_${rig.phone.slice(-8)}`;
    await client.call('POST', '/profile', { type: 'username', value: username });
    expect(await identify(client)).toMatchObject({ status: 201 });
  });

  test('a password is held to the policy in every part of a flow', async () => {
    await patch({
      signUp: { identifiers: ['phone'], password: true },
      passwordPolicy: { length: { min: 10, max: 12 }, characterTypes: { min: 3 }, rejects: { words: ['sesame'] } },
    });
    await begin('Register');
    const verificationId = await rig.prove(client, 'Register');
    await identify(client, verificationId);
    const add = (value: string) => client.call('POST', '/profile', { type: 'password', value });
    expect(await add('kqzwv')).toMatchObject({
      status: 422,
      body: {
        code: 'password.rejected',
        data: [
          { code: 'password_rejected.too_short', interpolation: { min: 10 } },
          { code: 'password_rejected.character_types', interpolation: { min: 3 } },
        ],
      },
    });
    const rulesOf = async (value: string) => (await add(value)).body.data.map(({ code }: { code: string }) => code);
    expect(await rulesOf('Sesame1234!')).toEqual([
      'password_rejected.restricted.words',
      'password_rejected.restricted.sequence',
    ]);
    expect(await rulesOf('a cave full of gold')).toEqual([
      'password_rejected.too_long',
      'password_rejected.character_types',
    ]);
    expect(await add('Ope7-the+do0')).toMatchObject({ status: 204 });
    expect(await identify(client)).toMatchObject({ status: 201 });
    await patch({ passwordPolicy: {} });
  });

  test('while nobody may sign up, unknown numbers get nothing, and the answer is the same', async () => {
    await patch({ signInMode: 'SignIn' });
    await begin('SignIn');
    const unknown = await send(client, 'SignIn', rig.phone);
    expect(await rig.messages()).toMatchObject([{ usageType: 'SignIn', state: 'suppressed' }]);
    expect(await verify(client, rig.phone, unknown.body.verificationId, '000000')).toMatchObject(
      refused(400, 'verification_code.code_mismatch'),
    );
    await begin('Register');
    expect(await send(client, 'Register', rig.phone)).toMatchObject({ status: 429 });
    expect(await identify(client)).toMatchObject(refused(422, 'user.sign_in_method_not_enabled'));
  });
});
