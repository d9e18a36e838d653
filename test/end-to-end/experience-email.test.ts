import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { beginExperience, type ExperienceClient } from '../setup/experience-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import { useEmail } from './email-rig.ts';
import { type Event, identify, named, refused, restart, send, submit, verify } from './experience-rig.ts';

const password = 'a cave full of gold';
const byCode = { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: false };
const byPhone = { ...byCode, identifier: 'phone' };
const emailAlone = {
  signInMode: 'SignInAndRegister',
  signUp: { identifiers: ['email'], password: false, verify: true },
  signIn: { methods: [byCode] },
  forgotPasswordMethods: ['EmailVerificationCode'],
  emailBlocklistPolicy: {},
};

let people = 0;

describe.each(databases)('addresses in the Experience API on %s', (database) => {
  const rig = useEmail(database);
  const { patch } = rig;
  let client: ExperienceClient;
  let email: string;
  beforeEach(async () => {
    people += 1;
    email = `Ali.${people}@Example.com`;
    await patch(emailAlone);
    client = await rig.begin();
  });
  afterEach(() => patch(emailAlone));
  /** As mails are addressed. */
  const spelled = () => email.replace('Example', 'example');
  const find = () => rig.server.services.users.find({ email });

  const codesTo = (to: string): string[] =>
    to.includes('@')
      ? rig.mails.to(to.replace('Example', 'example')).map(({ payload }) => payload.code)
      : rig.server.services.inbox
          .messages(to)
          .map(({ code }) => code)
          .toReversed();

  /**
   * Asks for a code, and waits until it has arrived: where nobody may learn who has an account, the answer does not
   * wait.
   */
  async function pendingCode(event: Event, to = email): Promise<{ id: string; code: string }> {
    const before = codesTo(to).length;
    const { body } = await send(client, event, to);
    await expect.poll(() => codesTo(to).length).toBe(before + 1);
    return { id: body.verificationId, code: codesTo(to).at(-1) ?? '' };
  }
  async function prove(event: Event, to = email): Promise<string> {
    const { id, code } = await pendingCode(event, to);
    expect(await verify(client, to, id, code)).toMatchObject({ status: 200 });
    return id;
  }
  async function finish() {
    const { status, body } = await submit(client);
    expect(status).toBe(200);
    return (await client.finish(body.redirectTo)).claims();
  }

  test('a code by email signs up, and signs in however the address is spelled', async () => {
    await restart(client, 'Register');
    const id = await prove('Register');
    expect((await client.call('GET', '/interaction')).body.verificationRecords).toMatchObject([
      { id, type: 'EmailVerificationCode', verified: true, identifier: { type: 'email', value: spelled() } },
    ]);
    expect(await identify(client, id)).toMatchObject({ status: 201 });
    expect(await finish()).toMatchObject({ email: spelled(), email_verified: true });
    expect(await find()).toMatchObject({ primaryEmail: spelled(), primaryPhone: null });

    client = await beginExperience(rig.server, rig.relier);
    const again = await prove('SignIn', email.toLowerCase());
    expect(await identify(client, again)).toMatchObject({ status: 204 });
    expect(await finish()).toMatchObject({ sub: (await find())?.id });
    expect(rig.mails.to(spelled()).map(({ type }) => type)).toEqual(['Register']);
  });

  test('an address that somebody has makes no second account', async () => {
    await rig.server.services.users.create({ primaryEmail: email });
    await restart(client, 'Register');
    const id = await prove('Register', email.toLowerCase());
    expect(await identify(client, id)).toMatchObject(refused(422, 'user.email_already_in_use'));
    await client.call('PUT', '/interaction-event', { interactionEvent: 'SignIn' });
    expect(await identify(client, id)).toMatchObject({ status: 204 });
  });

  test('a code by email replaces a forgotten password', async () => {
    const { id } = await rig.server.services.users.create({ primaryEmail: email, password: 'another one, forgotten' });
    await restart(client, 'ForgotPassword');
    const proof = await prove('ForgotPassword');
    expect(rig.mails.to(spelled())).toMatchObject([{ type: 'ForgotPassword' }]);
    expect(await identify(client, proof)).toMatchObject({ status: 204 });
    expect(await client.call('PUT', '/profile/password', { password })).toMatchObject({ status: 204 });
    expect(await submit(client)).toMatchObject({ status: 204 });
    expect(await rig.server.services.users.isPassword(id, password)).toBe(true);
    expect(await finish()).toMatchObject({ sub: id });
  });

  test('the wait and the limit of an address hold in every spelling', async () => {
    await patch({ messageRateLimitPolicy: { maxSendsPerRecipient: 1, resendInterval: 0 } });
    expect(await send(client, 'SignIn', email)).toMatchObject({ status: 200 });
    const limited = refused(429, 'request.message_rate_limited');
    expect(await send(client, 'SignIn', email.toUpperCase())).toMatchObject(limited);
    await patch({ messageRateLimitPolicy: { maxSendsPerRecipient: 10, resendInterval: 30 } });
  });

  test('what one network asks for counts together, whichever way it goes', async () => {
    // What the other tests asked for has left the window.
    rig.server.advance(601_000);
    await patch({ signIn: { methods: [byCode, byPhone] }, messageRateLimitPolicy: { maxSendsPerAddress: 2 } });
    client = await rig.begin();
    expect(await send(client, 'SignIn', email)).toMatchObject({ status: 200 });
    expect(await send(client, 'SignIn', newPhone())).toMatchObject({ status: 200 });
    const limited = refused(429, 'request.message_rate_limited');
    expect(await send(client, 'SignIn', `other.${email}`)).toMatchObject(limited);
    expect(await send(client, 'SignIn', newPhone())).toMatchObject(limited);
    expect(codesTo(`other.${email}`)).toEqual([]);
    await patch({ messageRateLimitPolicy: { maxSendsPerAddress: 50 } });
  });

  describe('a sign-up for both', () => {
    const both = { identifiers: ['email'], secondaryIdentifiers: [{ identifier: 'phone', verify: true }] };
    const missing = (...missingProfile: string[]) => ({
      status: 422,
      body: { code: 'user.missing_profile', data: { missingProfile } },
    });
    beforeEach(async () => {
      await patch({ signUp: { ...both, password: false, verify: true }, signIn: { methods: [byCode, byPhone] } });
      await restart(client, 'Register');
    });

    test('asks for the other one, and the account has both', async () => {
      const phone = newPhone();
      const first = await prove('Register');
      expect(await identify(client, first)).toMatchObject(missing('phone'));
      const second = await prove('Register', phone);
      expect(await client.call('POST', '/profile', { type: 'phone', verificationId: second })).toMatchObject({
        status: 204,
      });
      expect((await client.call('GET', '/interaction')).body.profile).toEqual({
        primaryEmail: spelled(),
        primaryPhone: phone,
        hasPassword: false,
      });
      expect(await identify(client)).toMatchObject({ status: 201 });
      expect(await finish()).toMatchObject({ email: spelled(), phone_number: phone });
    });

    test('takes them in the other order, too, and each for what it is', async () => {
      const phone = newPhone();
      const first = await prove('Register', phone);
      expect(await identify(client, first)).toMatchObject(missing('email'));
      const profile = (type: string) => client.call('POST', '/profile', { type, verificationId: first });
      expect(await profile('email')).toMatchObject(refused(404, 'session.verification_session_not_found'));
      const second = await prove('Register');
      expect(await identify(client, second)).toMatchObject({ status: 201 });
      expect(await finish()).toMatchObject({ email: spelled(), phone_number: phone });
    });

    test('is refused where somebody has the second', async () => {
      const phone = newPhone();
      await rig.server.services.users.create({ primaryPhone: phone });
      await identify(client, await prove('Register'));
      const second = await prove('Register', phone);
      expect(await client.call('POST', '/profile', { type: 'phone', verificationId: second })).toMatchObject(
        refused(422, 'user.phone_already_in_use'),
      );
      expect(await identify(client)).toMatchObject(missing('phone'));
    });

    test.each([
      { identifiers: ['email', 'phone'], secondaryIdentifiers: [] },
      { identifiers: ['username'], secondaryIdentifiers: [{ identifier: 'emailOrPhone', verify: true }] },
    ])('or for either takes one of them: %o', async (signUp) => {
      await patch({ signUp: { ...signUp, password: false, verify: true } });
      await restart(client, 'Register');
      const isNamed = signUp.identifiers.includes('username');
      if (isNamed) await client.call('POST', '/profile', { type: 'username', value: `ali_${people}` });
      expect(await identify(client)).toMatchObject(missing('emailOrPhone'));
      expect(await identify(client, await prove('Register'))).toMatchObject({ status: 201 });
      expect(await finish()).toMatchObject({ email: spelled() });
    });
  });

  test('an account that has none gets the address at the end of a sign-in, and one that has keeps its own', async () => {
    const [phone, other] = [newPhone(), newPhone()];
    const { id } = await rig.server.services.users.create({ primaryPhone: phone });
    await patch({ signIn: { methods: [byCode, byPhone] } });
    const link = async () => {
      const verificationId = await prove('SignIn');
      return client.call('POST', '/profile', { type: 'email', verificationId });
    };
    expect(await identify(client, await prove('SignIn', phone))).toMatchObject({ status: 204 });
    expect(await link()).toMatchObject({ status: 204 });
    expect(await find()).toBeUndefined();
    expect(await finish()).toMatchObject({ sub: id, email: spelled(), phone_number: phone });

    await rig.server.services.users.create({ primaryPhone: other, primaryEmail: `has.${email}` });
    client = await beginExperience(rig.server, rig.relier);
    email = `more.${email}`;
    expect(await identify(client, await prove('SignIn', other))).toMatchObject({ status: 204 });
    expect(await link()).toMatchObject(refused(422, 'user.email_exists_in_profile'));
  });

  test('a proof of an address that is the account’s no longer signs nobody in', async () => {
    const { id } = await rig.server.services.users.create({ primaryEmail: email });
    expect(await identify(client, await prove('SignIn'))).toMatchObject({ status: 204 });
    await rig.server.services.users.update(id, { primaryEmail: `moved.${email}` });
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('a code is good at its own address only, and says which kind that is', async () => {
    const { id, code } = await pendingCode('SignIn');
    const mismatch = refused(400, 'verification_code.email_mismatch');
    for (const other of ['other@example.com', 'no address', newPhone()]) {
      const identifier = { ...named(other), type: other.startsWith('+') ? 'phone' : 'email' };
      const reply = await client.call('POST', '/verification/verification-code/verify', {
        identifier,
        verificationId: id,
        code,
      });
      expect(reply).toMatchObject(mismatch);
    }
    expect(await verify(client, email.toUpperCase(), id, code)).toMatchObject({ status: 200 });
    expect(await identify(client, id)).toMatchObject(refused(404, 'user.user_not_exist'));
  });

  test('a password signs in with the address', async () => {
    const { id } = await rig.server.services.users.create({ primaryEmail: email, password });
    const typed = { identifier: named(email.toUpperCase()), password };
    const { body } = await client.call('POST', '/verification/password', typed);
    expect(await identify(client, body.verificationId)).toMatchObject({ status: 204 });
    expect((await client.call('GET', '/interaction')).body).toMatchObject({
      userId: id,
      verificationRecords: [{ type: 'Password', identifier: { type: 'email' } }],
    });
    await patch({ signIn: { methods: [byPhone] } });
    expect(await client.call('POST', '/verification/password', typed)).toMatchObject(
      refused(422, 'user.sign_in_method_not_enabled'),
    );
  });

  test('what resets passwords is what is switched on', async () => {
    await rig.server.services.users.create({ primaryEmail: email, password });
    await restart(client, 'ForgotPassword');
    const proof = await prove('ForgotPassword');
    await patch({ forgotPasswordMethods: ['PhoneVerificationCode'] });
    expect(await identify(client, proof)).toMatchObject(refused(422, 'session.not_supported_for_forgot_password'));
    const shown = await client.browser.send(`${rig.server.publicUrl}/api/.well-known/sign-in-exp`);
    expect(await shown.json()).toMatchObject({ forgotPassword: { phone: true, email: false } });
    await patch({ forgotPasswordMethods: ['EmailVerificationCode'] });
    const changed = await client.browser.send(`${rig.server.publicUrl}/api/.well-known/sign-in-exp`);
    expect(await changed.json()).toMatchObject({ forgotPassword: { phone: false, email: true } });
  });

  test('where nobody may learn who has an account, known and unknown addresses are alike', async () => {
    await rig.server.services.users.create({ primaryEmail: email, password });
    const stranger = `nobody.${people}@example.com`;
    await restart(client, 'ForgotPassword');
    const [known, unknown] = [
      await send(client, 'ForgotPassword', email),
      await send(client, 'ForgotPassword', stranger),
    ];
    expect(Object.keys(unknown.body)).toEqual(Object.keys(known.body));
    expect([known.status, unknown.status]).toEqual([200, 200]);
    await rig.server.services.messaging.drain();
    expect(rig.mails.to(spelled())).toHaveLength(1);
    expect(rig.mails.to(stranger)).toEqual([]);
    const wrong = refused(400, 'verification_code.code_mismatch');
    expect(await verify(client, stranger, unknown.body.verificationId, '000000')).toMatchObject(wrong);

    await patch({ signInMode: 'SignIn' });
    await restart(client, 'SignIn');
    expect(await send(client, 'SignIn', `other.${stranger}`)).toMatchObject({ status: 200 });
    await rig.server.services.messaging.drain();
    expect(rig.mails.to(`other.${stranger}`)).toEqual([]);
  });

  test('codes of one kind serve where they are switched on alone', async () => {
    await patch({ signIn: { methods: [byPhone] }, signUp: { identifiers: ['phone'] } });
    await rig.server.services.users.create({ primaryEmail: email });
    const id = await prove('SignIn');
    const off = refused(422, 'user.sign_in_method_not_enabled');
    expect(await identify(client, id)).toMatchObject(off);
    await restart(client, 'Register');
    expect(await send(client, 'Register', `new.${email}`)).toMatchObject({ status: 200 });
    await rig.server.services.messaging.drain();
    expect(rig.mails.to(`new.${spelled()}`)).toEqual([]);
  });

  describe('addresses that are not taken', () => {
    const notAllowed = refused(422, 'session.email_blocklist.email_not_allowed');
    const withPlus = refused(422, 'session.email_blocklist.email_subaddressing_not_allowed');
    beforeEach(() =>
      patch({
        emailBlocklistPolicy: { blockSubaddressing: true, customBlocklist: ['@*.example.org', 'bad@example.com'] },
      }),
    );

    test('sign nobody up', async () => {
      await restart(client, 'Register');
      expect(await send(client, 'Register', 'Bad@Example.com')).toMatchObject(notAllowed);
      expect(await send(client, 'Register', 'ali@cave.example.org')).toMatchObject(notAllowed);
      expect(await send(client, 'Register', 'ali+shop@example.com')).toMatchObject(withPlus);
      expect(rig.mails.to('bad@example.com')).toEqual([]);
    });

    test('sign nobody up who proved one to sign in, either', async () => {
      email = `ali${people}@cave.example.org`;
      const id = await prove('SignIn');
      expect(await identify(client, id)).toMatchObject(refused(404, 'user.user_not_exist'));
      await client.call('PUT', '/interaction-event', { interactionEvent: 'Register' });
      expect(await identify(client, id)).toMatchObject(notAllowed);
      expect(await find()).toBeUndefined();
    });

    test('go on for whoever has one', async () => {
      email = `old${people}@cave.example.org`;
      const { id } = await rig.server.services.users.create({ primaryEmail: email });
      expect(await identify(client, await prove('SignIn'))).toMatchObject({ status: 204 });
      expect(await finish()).toMatchObject({ sub: id });
    });
  });

  test.each(['sign-in', 'register', 'forgot-password'])(
    'an address that nobody typed is shown in part, also after another code to it (/%s)',
    async (path) => {
      await patch({
        signUp: { identifiers: ['email', 'phone'], password: false, verify: true },
        signIn: { methods: [byPhone, byCode] },
        forgotPasswordMethods: ['PhoneVerificationCode', 'EmailVerificationCode'],
      });
      const phone = newPhone();
      await rig.server.services.users.create({ primaryPhone: phone, primaryEmail: email });
      await restart(client, 'SignIn');
      const { body } = await send(client, 'SignIn', phone);
      await verify(client, phone, body.verificationId, codesTo(phone).at(-1) ?? '');
      await identify(client, body.verificationId);
      const { redirectTo } = (await submit(client)).body;
      await client.browser.visit(redirectTo);
      rig.server.advance(60_000);
      const { browser, flow, call } = await beginExperience(rig.server, rig.relier, {
        browser: client.browser,
        parameters: { prompt: 'login' },
      });
      const visit = async (at: string) => (await browser.send(new URL(at, rig.server.publicUrl).href)).text();
      const csrf = /name="csrf" value="([^"]*)"/.exec(await visit(`/sign-in?flow=${flow}`))?.[1] ?? '';
      const post = async (to: string, fields: Record<string, string>) => {
        const reply = await browser.send(`${rig.server.publicUrl}${to}`, {
          method: 'POST',
          body: new URLSearchParams({ flow, csrf, ...fields }),
          headers: { origin: rig.server.publicUrl },
        });
        const next = reply.headers.get('location') ?? expect.fail(await reply.text());
        return { next, verification: new URL(next, rig.server.publicUrl).searchParams.get('verification') ?? '' };
      };
      const sent = await post('/sign-in', { phone, country: 'CN', identifier: phone });
      const instead = await post('/sign-in/code/instead', { verification: sent.verification });
      rig.server.advance(60_000);
      const again = await post(`/${path}/code/resend`, { verification: instead.verification });
      const seen = [
        await visit(instead.next),
        await visit(again.next),
        JSON.stringify((await call('GET', '/interaction')).body),
      ];
      expect(
        seen.map((text) => [text.includes('•••@example.com'), text.toLowerCase().includes(email.toLowerCase())]),
      ).toEqual(Array(3).fill([true, false]));
    },
  );
});
