import { beforeEach, describe, expect, test } from 'vitest';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import type { ExperienceClient } from '../setup/experience-client.ts';
import { password, provePassword } from './by-password.ts';
import { useEmail } from './email-rig.ts';
import { change, identify, refused, restart, send, submit, verify } from './experience-rig.ts';

/** What an application that was written for Logto relies on where people have addresses. */
const byUsername = { identifier: 'username', password: true, verificationCode: false, isPasswordPrimary: true };
const byCode = { identifier: 'email', password: true, verificationCode: true, isPasswordPrimary: false };
const byEmail = {
  signInMode: 'SignInAndRegister',
  signUp: { identifiers: ['email'], password: false, verify: true, secondaryIdentifiers: [] },
  signIn: { methods: [byCode] },
  forgotPasswordMethods: ['EmailVerificationCode'],
  emailBlocklistPolicy: {},
  passwordPolicy: {},
  messageRateLimitPolicy: { resendInterval: 0, maxSendsPerRecipient: 10 },
};

const rig = useEmail('SQLite');
let client: ExperienceClient;
let people = 0;
let email: string;
let username: string;
const { patch } = rig;
beforeEach(async () => {
  people += 1;
  email = `cassim.${people}@example.com`;
  username = `cassim_${people}`;
  await patch(byEmail);
  client = await rig.begin();
});
const lastMail = (to = email) => rig.mails.to(to).at(-1);

async function prove(event: 'SignIn' | 'Register' | 'ForgotPassword'): Promise<string> {
  const { verificationId } = (await send(client, event, email)).body;
  await rig.server.services.messaging.drain();
  const code = lastMail()?.payload.code ?? '';
  expect(await verify(client, email, verificationId, code)).toMatchObject({ status: 200 });
  return verificationId;
}

const notAllowed = refused(422, 'session.email_blocklist.email_not_allowed');
const withPlus = refused(422, 'session.email_blocklist.email_subaddressing_not_allowed');
const taken = { status: 200, body: { verificationId: expect.any(String) } };
const someAlone = { customAllowlist: ['one@list.example', '@all.example', 'foo*@local.example', '@*.deep.example'] };

test.each<[address: string, policy: object, reply: object]>([
  ['foo+x@bar.example', { blockSubaddressing: true }, withPlus],
  ['a@block.example', { customBlocklist: ['@BLOCK.example'] }, notAllowed],
  ['exact@sso.example', { customBlocklist: ['ExactE@sso.example', 'EXACT@SSO.example'] }, notAllowed],
  ['foobar@begin.example', { customBlocklist: ['foo*@begin.example'] }, notAllowed],
  ['bar@foo.dev', { customBlocklist: ['@foo.*'] }, notAllowed],
  ['bar@begin.example', { customBlocklist: ['foo*@begin.example', '@foo.*'] }, taken],
  ['a@other.example', someAlone, notAllowed],
  ['one@list.example', someAlone, taken],
  ['any@all.example', someAlone, taken],
  ['foobar@local.example', someAlone, taken],
  ['bar@foo.deep.example', someAlone, taken],
  ['two@all.example', { ...someAlone, customBlocklist: ['two@all.example'] }, notAllowed],
  ['foo+bar@all.example', { ...someAlone, blockSubaddressing: true }, withPlus],
])('a sign-up with %s under %j', async (address, emailBlocklistPolicy, reply) => {
  await patch({ emailBlocklistPolicy });
  await restart(client, 'Register');
  expect(await send(client, 'Register', address)).toMatchObject(reply);
});

const secondary = (identifier: string) => [{ identifier, verify: true }];
test.each<[event: 'SignIn' | 'Register', identifiers: string[], second: object[], usageType: string]>([
  ['Register', ['username', 'email'], [], 'Register'],
  ['SignIn', ['username'], secondary('email'), 'SignIn'],
  ['SignIn', ['username'], secondary('emailOrPhone'), 'SignIn'],
  ['Register', ['username'], [], 'BindMfa'],
])(
  'in a %s where sign-ups ask for %j and then %j, the code for an address to add comes as %s',
  async (event, identifiers, secondaryIdentifiers, usageType) => {
    const signUp = { identifiers, secondaryIdentifiers, password: true, verify: true };
    await patch({ signUp, signIn: { methods: [byUsername] }, forgotPasswordMethods: [] });
    await restart(client, event);
    if (event === 'Register') {
      await client.call('POST', '/profile', { type: 'username', value: username });
      await client.call('POST', '/profile', { type: 'password', value: password });
      await identify(client);
    } else {
      await rig.server.services.users.create({ username, password });
      expect(await identify(client, await provePassword(client, username))).toMatchObject({ status: 204 });
    }
    const verificationId = await prove(event);
    expect(lastMail()).toMatchObject({ to: email, type: usageType });
    const added = await client.call('POST', '/profile', { type: 'email', verificationId });
    expect(added, JSON.stringify(added.body)).toMatchObject({ status: 204 });
    // Here a sign-up asks for all that `identifiers` names, so that there is an account only now.
    if (identifiers.includes('email')) expect(await identify(client)).toMatchObject({ status: 201 });
    expect((await submit(client)).status).toBe(200);
    expect(await rig.server.services.users.find({ username })).toMatchObject({ primaryEmail: email });
  },
);

test('what goes to nobody counts as what goes to somebody: the limit tells nothing', async () => {
  await patch({ signInMode: 'SignIn', messageRateLimitPolicy: { resendInterval: 0, maxSendsPerRecipient: 2 } });
  await rig.server.services.users.create({ primaryEmail: email });
  for (const to of [email, `nobody.${people}@example.com`]) {
    await restart(client, 'SignIn');
    const statuses = [];
    for (let times = 0; times < 3; times += 1) statuses.push((await send(client, 'SignIn', to)).status);
    expect(statuses).toEqual([200, 200, 429]);
  }
  await rig.server.services.messaging.drain();
  expect([rig.mails.to(email).length, rig.mails.to(`nobody.${people}@example.com`).length]).toEqual([2, 0]);
});

test('a forgotten password is replaced by another one that is none of the address', async () => {
  await rig.server.services.users.create({ primaryEmail: email, password });
  await restart(client, 'ForgotPassword');
  const reset = (next: string) => client.call('PUT', '/profile/password', { password: next });
  expect(await reset('tall trees in the wind')).toMatchObject(refused(404, 'session.identifier_not_found'));
  expect(await identify(client, await prove('ForgotPassword'))).toMatchObject({ status: 204 });
  expect(lastMail()?.type).toBe('ForgotPassword');
  expect(await reset(password)).toMatchObject(refused(422, 'user.same_password'));
  await patch({ passwordPolicy: { rejects: { userInfo: true } } });
  expect(await reset(email)).toMatchObject(refused(422, 'password.rejected'));
  expect(await reset('tall trees in the wind')).toMatchObject({ status: 204 });
});

test('a back end’s code is good for its address alone, and limited by it', async () => {
  const { post } = rig.server.management;
  await post('/verification-codes', { email });
  expect(lastMail()).toMatchObject({ to: email, type: 'Generic' });
  const verificationCode = lastMail()?.payload.code;
  const elsewhere = { email: `other.${email}`, verificationCode };
  expect(await post('/verification-codes/verify', elsewhere)).toMatchObject(
    refused(400, 'verification_code.not_found'),
  );
  const wrong = { email, verificationCode: 'any_string' };
  expect(await post('/verification-codes/verify', wrong)).toMatchObject(
    refused(400, 'verification_code.code_mismatch'),
  );
  expect((await post('/verification-codes/verify', { email, verificationCode })).status).toBe(204);
  expect(await post('/verification-codes', { username: 'any_string' })).toMatchObject(
    refused(400, 'guard.invalid_input'),
  );
  await patch({ messageRateLimitPolicy: { resendInterval: 0, maxSendsPerRecipient: 1 } });
  expect(await post('/verification-codes', { email: email.toUpperCase() })).toMatchObject(
    refused(429, 'request.message_rate_limited'),
  );
});

test('without a connector nothing is sent, and no code is right', async () => {
  const { get, post, delete: remove } = rig.server.management;
  const live = (await get('/connectors')).body.find(({ type }: { type: string }) => type === 'Email');
  await remove(`/connectors/${live.id}`);
  expect(await post('/verification-codes', { email })).toMatchObject(refused(501, 'connector.not_found'));
  expect(await send(client, 'SignIn', email)).toMatchObject(refused(501, 'connector.not_found'));
  const answer = { email, verificationCode: 'any_string' };
  expect(await post('/verification-codes/verify', answer)).toMatchObject(
    refused(400, 'verification_code.code_mismatch'),
  );
  await post(`/connectors/history/${live.id}/restore`);
});

const template = (languageTag: string, templateType: string) => ({
  ...{ languageTag, templateType },
  details: { subject: `${languageTag} ${templateType} {{code}}`, content: '{{code}}', contentType: 'text/plain' },
});

test('a code for an account comes by what it is for, or what the application says', async () => {
  await rig.server.services.users.create({ username, password, primaryEmail: email });
  await patch({ signIn: { methods: [byUsername, byCode] } });
  const token = await signInForToken(rig.server, rig.relier, { username, password, scope: 'openid email' });
  const ask = async (value: string, more: object = {}) => {
    const body = { identifier: { type: 'email', value }, ...more };
    expect(
      await callAccount(rig.server, token, { method: 'POST', path: '/verifications/verification-code', body }),
    ).toMatchObject({ status: 201, body: { verificationRecordId: expect.any(String), expiresAt: expect.any(String) } });
    return lastMail(value)?.type;
  };
  expect(await ask(email)).toBe('UserPermissionValidation');
  expect(await ask(email, { templateType: 'BindMfa' })).toBe('BindMfa');
  expect(await ask(`new.${email}`)).toBe('BindNewIdentifier');
});

test('details of a template are changed one by one, and may answer to what is no address', async () => {
  const { put, patch: change, get } = rig.server.management;
  const [written] = (await put('/email-templates', { templates: [template('de', 'SignIn')] })).body;
  const { body } = await change(`/email-templates/${written.id}/details`, {
    subject: 'S {{code}}',
    replyTo: 'logto test',
  });
  expect(body.details).toEqual({ ...written.details, subject: 'S {{code}}', replyTo: 'logto test' });
  expect((await get(`/email-templates/${written.id}`)).body).toEqual(body);
  expect(await rig.server.management.delete('/email-templates')).toMatchObject(
    refused(422, 'connector.email_connector.bulk_deletion_no_filter'),
  );
  expect((await rig.server.management.delete('/email-templates?languageTag=de')).body).toEqual({ rowCount: 1 });
});

describe('a sign-up by address', () => {
  const missing = (...missingProfile: string[]) => ({ status: 422, body: { data: { missingProfile } } });
  const cases: [what: string, signUp: object, first: string, add: object][] = [
    ['a password', { password: true }, 'password', { type: 'password', value: password }],
    ['a username after it', { secondaryIdentifiers: [{ identifier: 'username' }] }, 'username', { type: 'username' }],
  ];
  test.each(cases)('that asks for %s has an account once it has that', async (_, more, asked, add) => {
    const signUp = { identifiers: ['email'], password: false, verify: true, ...more };
    await patch({ signUp, signIn: { methods: [byCode, byUsername] } });
    await restart(client, 'Register');
    expect(await identify(client, await prove('Register'))).toMatchObject(missing(asked));
    expect(await client.call('POST', '/profile', { value: username, ...add })).toMatchObject({ status: 204 });
    expect(await identify(client)).toMatchObject({ status: 201 });
    expect((await submit(client)).status).toBe(200);
    expect(await rig.server.services.users.find({ email })).toMatchObject({ primaryEmail: email });
  });

  test('becomes of a sign-in of nobody, and a sign-in of a sign-up that somebody had before', async () => {
    await restart(client, 'SignIn');
    const first = await prove('SignIn');
    expect(await identify(client, first)).toMatchObject(refused(404, 'user.user_not_exist'));
    expect(await change(client, 'Register')).toMatchObject({ status: 204 });
    expect(await identify(client, first)).toMatchObject({ status: 201 });
    expect((await submit(client)).status).toBe(200);
    client = await rig.begin();
    await restart(client, 'Register');
    const again = await prove('Register');
    expect(await identify(client, again)).toMatchObject(refused(422, 'user.email_already_in_use'));
    expect(await change(client, 'SignIn')).toMatchObject({ status: 204 });
    expect(await identify(client, again)).toMatchObject({ status: 204 });
  });
});

test('an address that is refused is not added to somebody who signs in by a password, either', async () => {
  await rig.server.services.users.create({ username, password });
  await patch({ signIn: { methods: [byUsername, byCode] }, signUp: { ...byEmail.signUp, password: true } });
  await identify(client, await provePassword(client, username));
  const verificationId = await prove('SignIn');
  await patch({ emailBlocklistPolicy: { customBlocklist: ['@example.com'] } });
  expect(await client.call('POST', '/profile', { type: 'email', verificationId })).toMatchObject(notAllowed);
});

test('a verification that is not there, or not of this sign-in, is answered by no code', async () => {
  const { verificationId } = (await send(client, 'SignIn', email)).body;
  const unknown = refused(404, 'session.verification_session_not_found');
  expect(await verify(client, email, 'not_there', '000000')).toMatchObject(unknown);
  expect(await verify(await rig.begin(), email, verificationId, '000000')).toMatchObject(unknown);
});

test('of two verifications of an address each takes the code, which is one, and of both one is answered', async () => {
  const ask = async () => (await send(client, 'SignIn', email)).body.verificationId;
  const [first, second] = [await ask(), await ask()];
  await rig.server.services.messaging.drain();
  const codes = rig.mails.to(email).map(({ payload }) => payload.code);
  expect([codes.length, new Set(codes).size]).toEqual([2, 1]);
  const [code = ''] = codes;
  expect(await verify(client, email, first, code)).toMatchObject({ status: 200 });
  expect(await verify(client, email, second, code)).toMatchObject(refused(400, 'verification_code.not_found'));
});

describe('the password of an account with an address', () => {
  const account = async (path: string, token: string, body: object, verification?: string) =>
    callAccount(rig.server, token, { method: 'POST', path, body, verification });
  const signIn = async () => {
    const sent = await prove('SignIn');
    await identify(client, sent);
    return (await client.finish((await submit(client)).body.redirectTo)).access_token;
  };

  test.each([undefined, 'another one of before'])('is set with a code to it, where it was %j', async (before) => {
    const { id } = await rig.server.services.users.create({ primaryEmail: email, ...(before && { password: before }) });
    const token = await signIn();
    expect(await account('/my-account/password', token, { password })).toMatchObject(
      refused(401, 'verification_record.permission_denied'),
    );
    const identifier = { type: 'email', value: email };
    const asked = await account('/verifications/verification-code', token, { identifier });
    const verificationId = asked.body.verificationRecordId;
    const code = lastMail()?.payload.code;
    await account('/verifications/verification-code/verify', token, { identifier, verificationId, code });
    expect(await account('/my-account/password', token, { password }, verificationId)).toMatchObject({ status: 204 });
    expect(await rig.server.services.users.isPassword(id, password)).toBe(true);
  });
});

test('the public sign-in experience tells no lists of addresses, and what is on', async () => {
  await patch({ emailBlocklistPolicy: { blockSubaddressing: true, customBlocklist: ['@secret.example'] } });
  const shown = await client.browser.send(`${rig.server.publicUrl}/api/.well-known/sign-in-exp`);
  expect(await shown.text()).not.toContain('secret.example');
});
