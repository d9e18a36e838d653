import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { registerAccountApi } from '../../packages/server/src/http/account/index.ts';
import type { AppInstance } from '../../packages/server/src/http/app-instance.ts';
import { maxUserBytes } from '../../packages/server/src/http/bodies.ts';
import { handleErrors } from '../../packages/server/src/http/errors.ts';
import { maxCustomBytes } from '../../packages/server/src/kept-json.ts';
import type { Interactions } from '../../packages/server/src/oidc/interactions.ts';
import { maxChangesPerAccount } from '../../packages/server/src/sign-in/network-limits.ts';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { accountChanges, type Change } from './account-changes.ts';
import { byUsername, identifyByPassword, password, tokensOf } from './by-password.ts';

const refused = (status: number, code: string, data?: object) => ({ status, body: { code, ...(data && { data }) } });
const everything = 'openid profile phone email address custom_data identities';

describe('what a token sees and changes of an account', () => {
  let server: TestServer;
  let relier: Relier;
  let username: string;
  let phone: string;
  let userId: string;
  beforeAll(async () => {
    server = await newServer('SQLite');
    relier = await newServerRelier(server);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    phone = newPhone();
    username = `ali_${phone.slice(-8)}`;
    const profile = { nickname: 'Ali', address: { country: 'IR' } };
    const fields = { username, password, primaryPhone: phone, name: 'Ali Baba', customData: { door: 'open' }, profile };
    ({ id: userId } = await server.services.users.create(fields));
    const fieldsOn = { name: 'Edit', username: 'Edit', phone: 'Edit', password: 'Edit', profile: 'Edit', mfa: 'Edit' };
    const read = { avatar: 'ReadOnly', email: 'ReadOnly', social: 'ReadOnly' };
    await switchTo({ ...fieldsOn, ...read, customData: 'Edit' });
  });

  const switchTo = (fields: Record<string, string>, enabled = true) =>
    server.management.patch('/account-center', { enabled, fields });
  /** The Account API with a token of these scopes. */
  async function callerOf(scope: string) {
    const token = await signInForToken(server, relier, { username, password, scope });
    return async (method: string, path: string, body?: unknown, verification?: string) => {
      return callAccount(server, token, { method, path, body, verification });
    };
  }
  type Caller = Awaited<ReturnType<typeof callerOf>>;
  const prove = async (call: Caller): Promise<string> =>
    (await call('POST', '/verifications/password', { password })).body.verificationRecordId;

  const ofProfile = ['name', 'avatar', 'username', 'profile', 'hasPassword'];
  const always = ['id', 'hasSecurityVerificationMethod'];
  const ofRecord = ['lastSignInAt', 'createdAt', 'updatedAt', 'applicationId', 'isSuspended'];
  test('as much custom data is kept as may be, counted in bytes, and no more is read than a client may write of that', async () => {
    const call = await callerOf('openid profile custom_data');
    const change = (note: string) => call('PATCH', '/my-account', { customData: { note } });
    const room = maxCustomBytes - '{"note":""}'.length;
    expect(await change(`€${'x'.repeat(room - 3)}`)).toMatchObject({ status: 200 });
    const path = 'customData';
    const message = 'Up to 32768 bytes of JSON are kept (UTF-8, without spaces); this would be 32769.';
    const tooLarge = refused(400, 'guard.invalid_input', { issues: [{ in: 'body', path, message }] });
    expect(await change(`€${'x'.repeat(room - 2)}`)).toMatchObject(tooLarge);
    expect(await change('\ud800')).toMatchObject(refused(400, 'guard.invalid_input'));
    expect(await change('x'.repeat(maxUserBytes))).toMatchObject(refused(413, 'guard.body_too_large'));
    const { customData } = await server.services.users.get(userId);
    expect(Buffer.byteLength(JSON.stringify(customData))).toBe(maxCustomBytes);
  });

  test('one account is changed so often: webhooks are told of each time, with all that it keeps', async () => {
    const call = await callerOf(everything);
    const changes = Array.from({ length: maxChangesPerAccount + 10 }, (_, index) =>
      index % 2 ? call('PATCH', '/my-account', { name: `Ali ${index}` }) : call('PATCH', '/my-account/profile', {}),
    );
    const statuses = (await Promise.all(changes)).map(({ status }) => status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(maxChangesPerAccount);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    const waits = refused(429, 'request.sign_in_rate_limited', { retryAfterSeconds: expect.any(Number) });
    expect(await call('PATCH', '/my-account', { name: 'Ali' })).toMatchObject(waits);

    // Whoever has only a token keeps nobody from what takes a proof.
    const person = await prove(call);
    const rename = (to: string) => call('PATCH', '/my-account', { username: to }, person);
    const skip = (index: number) =>
      call('PATCH', '/my-account/mfa-settings', { skipMfaOnSignIn: index % 2 === 0 }, person);
    const proven = await Promise.all(Array.from({ length: maxChangesPerAccount - 1 }, (_, index) => skip(index)));
    expect(new Set(proven.map(({ status }) => status))).toEqual(new Set([200]));
    expect(await rename(`${username}_1`)).toMatchObject({ status: 200 });
    const others = [
      await rename(username),
      await call(
        'POST',
        '/my-account/primary-phone',
        { phone: newPhone(), newIdentifierVerificationRecordId: 'any' },
        person,
      ),
      await call('DELETE', '/my-account/primary-phone', undefined, person),
      await call('POST', '/my-account/password', { password: 'another cave of gold' }, person),
      await skip(0),
    ];
    expect(others).toMatchObject(others.map(() => waits));
  });

  test('a picture is changed and taken away where that is switched on', async () => {
    const call = await callerOf('openid profile');
    const avatar = 'https://pictures.example/ali.png';
    const notEditable = refused(400, 'account_center.field_not_editable', { field: 'avatar' });
    expect(await call('PATCH', '/my-account', { avatar })).toMatchObject(notEditable);
    await switchTo({ avatar: 'Edit' });
    expect(await call('PATCH', '/my-account', { avatar })).toMatchObject({ status: 200, body: { avatar } });
    expect(await call('PATCH', '/my-account', { avatar: null })).toMatchObject({ status: 200, body: { avatar: null } });
  });

  test.each([
    ['openid', []],
    ['openid profile', [...ofProfile, ...ofRecord]],
    ['openid phone', ['primaryPhone']],
    ['openid email', ['primaryEmail']],
    ['openid custom_data', ['customData']],
    ['openid identities', ['identities']],
    [everything, [...ofProfile, ...ofRecord, 'primaryPhone', 'primaryEmail', 'customData', 'identities']],
  ])('%s shows what it stands for, and nothing else', async (scope, shown) => {
    const { status, body } = await (await callerOf(scope))('GET', '/my-account');
    expect([status, Object.keys(body).toSorted()]).toEqual([200, [...always, ...shown].toSorted()]);
    expect(body).toMatchObject({ id: userId, hasSecurityVerificationMethod: true });
    if (shown.includes('profile')) expect('address' in body.profile).toBe(scope === everything);
  });

  test('what a change answers is what the token may see', async () => {
    const { body } = await (await callerOf('openid profile'))('PATCH', '/my-account', { name: 'Cassim' });
    expect(body).toMatchObject({ id: userId, name: 'Cassim' });
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['primaryPhone']));
    expect(Object.keys(body)).not.toEqual(expect.arrayContaining(['customData']));
  });

  test('a token without openid opens nothing', async () => {
    const token = { accountId: userId, clientId: relier.id, scopes: ['profile', 'phone'], grantId: 'any' };
    const interactions = { findAccessToken: async () => token } as unknown as Interactions;
    const app = Fastify().setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
    handleErrors(app);
    registerAccountApi(app as AppInstance, { ...server.services, interactions });
    const reply = await app.inject({ url: '/my-account', headers: { authorization: 'Bearer any' } });
    expect([reply.statusCode, reply.json().code]).toEqual([403, 'auth.forbidden']);
  });

  const everyField = Object.fromEntries(
    Object.values(accountChanges).map(({ fields: [field = ''] }) => [field, 'Edit']),
  );
  const scopeCases = Object.entries(accountChanges).flatMap(([what, { scopes, ...change }]) =>
    scopes.map((scope) => ({ what, scope, scopes, ...change })),
  );

  test.each(scopeCases)('changing $what takes the scope $scope', async ({ scope, scopes, method, path, body }) => {
    const others = ['openid', ...scopes.filter((one) => one !== scope)];
    await switchTo(everyField);
    const call = await callerOf(others.join(' '));
    const before = await server.services.users.get(userId);
    expect(await call(method, path, body, await prove(call))).toMatchObject(
      refused(400, 'auth.unauthorized', { scope }),
    );
    expect(await server.services.users.get(userId)).toEqual({ ...before });
  });

  const controlCases = Object.entries(accountChanges).flatMap(([what, change]) =>
    ['Off', 'ReadOnly'].map((control) => ({ what, control, ...change })),
  );
  test.each(controlCases)('$what that is $control is not changed', async ({ control, fields, method, path, body }) => {
    const [field = ''] = fields;
    await switchTo({ [field]: control });
    const call = await callerOf(everything);
    const notEditable = refused(400, 'account_center.field_not_editable', { field });
    expect(await call(method, path, body, await prove(call))).toMatchObject(notEditable);
    if (field === 'mfa') {
      const status = control === 'ReadOnly' ? 200 : 400;
      expect(await call('GET', '/my-account/mfa-settings')).toMatchObject({ status });
      expect(await call('GET', '/my-account/mfa-verifications')).toMatchObject({ status });
      return;
    }
    const shown: Record<string, string> = { phone: 'primaryPhone', email: 'primaryEmail', password: 'hasPassword' };
    const { body: seen } = await call('GET', '/my-account');
    expect((shown[field] ?? field) in seen).toBe(control === 'ReadOnly');
  });

  test('no code goes to a number that users may not give their account, and the answer tells of no number', async () => {
    const identifierOf = (value: string) => ({ identifier: { type: 'phone', value } });
    const ask = (call: Caller, value: string) => call('POST', '/verifications/verification-code', identifierOf(value));
    const messagesTo = (value: string) => server.services.inbox.messages(value).length;
    const other = newPhone();
    const proves = async (call: Caller) => {
      const { verificationRecordId: verificationId } = (await ask(call, phone)).body;
      await server.services.messaging.drain();
      const { code } = server.services.inbox.messages(phone)[0] ?? expect.fail('no message');
      const answer = { ...identifierOf(phone), verificationId, code };
      return call('POST', '/verifications/verification-code/verify', answer);
    };
    await switchTo({ ...everyField, phone: 'ReadOnly' });
    const seeing = await callerOf('openid phone');
    expect(await ask(seeing, other)).toMatchObject(
      refused(400, 'account_center.field_not_editable', { field: 'phone' }),
    );
    expect(await proves(seeing)).toMatchObject({ status: 200 });
    for (const [control, scope] of [
      ['ReadOnly', 'openid'],
      ['Edit', 'openid'],
      ['Off', 'openid phone'],
    ] as const) {
      server.advance(31_000);
      await switchTo({ ...everyField, phone: control });
      const blind = await callerOf(scope);
      expect(await proves(blind)).toMatchObject({ status: 200 });
      const reply = await ask(blind, other);
      expect([reply.status, Object.keys(reply.body).toSorted()]).toEqual([201, ['expiresAt', 'verificationRecordId']]);
      await server.services.messaging.drain();
    }
    expect(messagesTo(other)).toBe(0);
    expect(messagesTo(phone)).toBe(4);
  });

  test('what is left out of fields is off', async () => {
    await switchTo({ name: 'ReadOnly' });
    const { body } = await (await callerOf(everything))('GET', '/my-account');
    expect(body).toMatchObject({ name: 'Ali Baba' });
    for (const field of ['username', 'primaryPhone', 'primaryEmail', 'customData', 'identities', 'profile', 'avatar']) {
      expect(body).not.toHaveProperty(field);
    }
  });

  test('switched off, the Account API answers nobody', async () => {
    const call = await callerOf(everything);
    await server.management.patch('/account-center', { enabled: false });
    for (const { method, path, body } of [
      { method: 'GET', path: '/my-account' },
      ...Object.values(accountChanges),
    ] as Change[]) {
      expect(await call(method, path, body)).toMatchObject(refused(400, 'account_center.not_enabled'));
    }
    expect(await call('POST', '/verifications/password', { password })).toMatchObject(
      refused(400, 'account_center.not_enabled'),
    );
  });

  test('the profile takes single claims, two changes at once are both in, and what it does not know is refused', async () => {
    const call = await callerOf(everything);
    const nickname = (value: string) => call('PATCH', '/my-account/profile', { nickname: value });
    await Promise.all([nickname('A'), call('PATCH', '/my-account/profile', { website: 'https://example.com' })]);
    expect((await call('GET', '/my-account')).body.profile).toEqual({
      nickname: 'A',
      website: 'https://example.com',
      address: { country: 'IR' },
    });
    for (const [path, body] of [
      ['/my-account/profile', { role: 'admin' }],
      ['/my-account', { primaryPhone: '+8613800138000' }],
      ['/my-account', { isSuspended: false }],
      ['/my-account', { avatar: 'javascript:alert(1)' }],
    ] as const) {
      expect(await call('PATCH', path, body)).toMatchObject(refused(400, 'guard.invalid_input'));
    }
  });

  test('the account page shows and changes as much', async () => {
    const client = await beginExperience(server, relier);
    await identifyByPassword(client, username);
    await tokensOf(client);
    const { send } = client.browser;
    const page = async (path: string, init?: RequestInit) => {
      const reply = await send(`${server.publicUrl}${path}`, init);
      return { status: reply.status, text: await reply.text() };
    };
    const ways = [
      ...['/account/phone', '/account/phone/remove', '/account/email', '/account/email/remove'],
      ...['/account/password', '/account/second-step', '/account/backup-codes'],
    ];
    const linksOf = ({ text }: { text: string }) => ways.filter((path) => text.includes(`href="${path}"`));
    await server.services.users.update(userId, { primaryEmail: `${username}@example.com` });
    await switchTo(everyField);
    const factors = ['PhoneVerificationCode', 'BackupCode'];
    const policy = { ...byUsername, mfa: { policy: 'NoPrompt', factors } };
    expect(await server.management.patch('/sign-in-exp', policy)).toMatchObject({ status: 200 });

    expect(linksOf(await page('/account'))).toEqual(ways);
    const readOnly = { username: 'ReadOnly', phone: 'ReadOnly', email: 'ReadOnly', mfa: 'ReadOnly' };
    await switchTo({ ...readOnly, name: 'Off', password: 'Off' });
    const { status, text } = await page('/account');
    expect([status, linksOf({ text })]).toEqual([200, []]);
    expect([text.includes('Ali Baba'), text.includes(username), text.includes(phone.slice(-4))]).toEqual([
      false,
      true,
      true,
    ]);
    for (const path of ways) expect(await page(path)).toMatchObject({ status: 400 });
    const csrf = /name="csrf" value="([^"]+)"/.exec(text)?.[1] ?? '';
    const form = { method: 'POST', body: new URLSearchParams({ csrf, password: 'forty thieves outside' }) };
    for (const path of ways) expect(await page(path, form)).toMatchObject({ status: 400 });
    expect(await server.services.users.isPassword(userId, password)).toBe(true);

    await server.management.patch('/account-center', { enabled: false });
    const closed = await page('/account');
    expect([closed.status, closed.text.includes(username), closed.text.includes(phone.slice(-4))]).toEqual([
      200,
      false,
      false,
    ]);
  });

  test('the account center keeps what it was told, and says what is not here', async () => {
    const { management } = server;
    const fields = { username: 'Edit', social: 'ReadOnly', mfa: 'Off', trustedDevice: 'Edit' };
    const asked = { enabled: true, fields, webauthnRelatedOrigins: [], deleteAccountUrl: '', customCss: null };
    const { status, body } = await management.patch('/account-center', asked);
    expect([status, body]).toEqual([
      200,
      {
        ...asked,
        ...{ tenantId: 'default', id: 'default', deleteAccountUrl: null, profileFields: null, otherRecipients: 0 },
      },
    ]);
    expect((await management.get('/account-center')).body).toEqual(body);
    const forPages = await fetch(`${server.baseUrl}/api/.well-known/account-center`);
    expect(await forPages.json()).toEqual(body);
    expect((await management.patch('/account-center', {})).body).toEqual(body);
    for (const [name, value] of Object.entries({
      fields: { username: 'Write' },
      enabled: 'yes',
      webauthnRelatedOrigins: ['https://example.com'],
      deleteAccountUrl: 'https://example.com',
      customCss: 'body {}',
      otherRecipients: 11,
      profileFields: [{ name: 'name' }],
      unknown: true,
    })) {
      expect(await management.patch('/account-center', { [name]: value })).toMatchObject(
        refused(400, 'guard.invalid_input'),
      );
    }
    expect(await management.patch('/account-center', { fields: { shoeSize: 'Edit' } })).toMatchObject({ status: 400 });
    expect((await management.get('/account-center')).body).toEqual(body);
    const audit = (await management.get('/audit-log')).body;
    expect(JSON.stringify(audit)).toContain('account-center.change');
  });
});
