import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { ExperienceClient } from '../setup/experience-client.ts';
import { databases } from '../setup/stores.ts';
import { change, type Event, identify, refused, send, submit, useExperience, verify } from './experience-rig.ts';

const password = 'a cave full of gold';

describe.each(databases)('a policy of the Experience API on %s', (database) => {
  const rig = useExperience(database);
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
    expect(await send(client, 'Register', rig.phone)).toMatchObject(refused(422, 'user.sign_in_method_not_enabled'));
    await client.call('POST', '/profile', { type: 'username', value: username });
    await client.call('POST', '/profile', { type: 'password', value: password });
    expect(await identify(client)).toMatchObject({ status: 201 });
    const { body } = await submit(client);
    expect((await client.finish(body.redirectTo)).claims()).toMatchObject({ username });
  });

  test('a number that was proven to sign up does not sign in where codes do not', async () => {
    const methods = [{ identifier: 'phone', password: true, verificationCode: false, isPasswordPrimary: true }];
    await patch({ signUp: { identifiers: ['phone'], password: false }, signIn: { methods } });
    await rig.newUser();
    await begin('SignIn');
    expect(await send(client, 'SignIn', rig.phone)).toMatchObject(refused(422, 'user.sign_in_method_not_enabled'));
    await begin('Register');
    const verificationId = await rig.prove(client, 'Register');
    await change(client, 'SignIn');
    expect(await identify(client, verificationId)).toMatchObject(refused(422, 'user.sign_in_method_not_enabled'));
    await patch({ signIn: { methods: [{ ...methods[0], verificationCode: true }] } });
    expect(await identify(client, verificationId)).toMatchObject({ status: 204 });
  });

  test('while nobody may sign up, unknown numbers get nothing, and the answer is the same', async () => {
    await patch({ signInMode: 'SignIn' });
    await begin('SignIn');
    const unknown = await send(client, 'SignIn', rig.phone);
    const messages = await rig.server.management.get(`/messages?phone=${encodeURIComponent(rig.phone)}`);
    expect(messages.body).toMatchObject([{ usageType: 'SignIn', state: 'suppressed' }]);
    expect(await verify(client, rig.phone, unknown.body.verificationId, '000000')).toMatchObject(
      refused(400, 'verification_code.code_mismatch'),
    );
    await begin('Register');
    expect(await send(client, 'Register', rig.phone)).toMatchObject(refused(422, 'user.sign_in_method_not_enabled'));
  });
});
