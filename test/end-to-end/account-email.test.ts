import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import { useEmail } from './email-rig.ts';

const password = 'a cave full of gold';
const refused = (status: number, code: string) => ({ status, body: { code } });
const denied = refused(401, 'verification_record.permission_denied');
const done = { status: 204 };

let people = 0;

describe.each(databases)('the address of an account in the Account API on %s', (database) => {
  const rig = useEmail(database);
  beforeAll(() => rig.patch({ messageRateLimitPolicy: { resendInterval: 0 } }));

  let userId: string;
  let username: string;
  let email: string;
  let token: string;
  const signIn = (scope = 'openid email') => signInForToken(rig.server, rig.relier, { username, password, scope });
  beforeEach(async () => {
    people += 1;
    username = `ali_${people}`;
    email = `Ali.${people}@example.com`;
    ({ id: userId } = await rig.server.services.users.create({ username, password }));
    token = await signIn();
  });

  const call = (method: string, path: string, body?: unknown, verification?: string) =>
    callAccount(rig.server, token, { method, path, body, verification });
  const send = (value: string) =>
    call('POST', '/verifications/verification-code', { identifier: { type: 'email', value } });
  async function proveAddress(value: string): Promise<string> {
    const { body, status } = await send(value);
    expect(status).toBe(201);
    const verificationId = body.verificationRecordId;
    const answer = { verificationId, code: rig.mails.to(value).at(-1)?.payload.code };
    const elsewhere = { ...answer, identifier: { type: 'email', value: 'other@example.com' } };
    expect(await call('POST', '/verifications/verification-code/verify', elsewhere)).toMatchObject(
      refused(400, 'verification_code.email_mismatch'),
    );
    const identifier = { type: 'email', value: value.toUpperCase() };
    expect(await call('POST', '/verifications/verification-code/verify', { ...answer, identifier })).toMatchObject({
      status: 200,
    });
    return verificationId;
  }
  const provePassword = async (): Promise<string> =>
    (await call('POST', '/verifications/password', { password })).body.verificationRecordId;
  const link = (value: string, newIdentifierVerificationRecordId: string, person?: string) =>
    call('POST', '/my-account/primary-email', { email: value, newIdentifierVerificationRecordId }, person);
  const stored = async () => (await rig.server.services.users.get(userId)).primaryEmail;

  test('is linked, shown, changed by a code to it, and removed', async () => {
    const person = await provePassword();
    const proof = await proveAddress(email);
    expect(rig.mails.to(email)).toMatchObject([{ type: 'BindNewIdentifier' }]);
    expect(await link(email, proof)).toMatchObject(denied);
    expect(await link('other@example.com', proof, person)).toMatchObject(refused(400, 'verification_record.not_found'));
    expect(await link(email.toLowerCase(), proof, person)).toMatchObject(done);
    expect(await stored()).toBe(email);
    expect((await call('GET', '/my-account')).body).toMatchObject({
      primaryEmail: email,
      hasSecurityVerificationMethod: true,
    });

    const next = `next.${email}`;
    const own = await proveAddress(email);
    expect(rig.mails.to(email).at(-1)?.type).toBe('UserPermissionValidation');
    expect(await link(next, await proveAddress(next), own)).toMatchObject(done);
    expect(await stored()).toBe(next);
    expect(await call('DELETE', '/my-account/primary-email', undefined, own)).toMatchObject(denied);
    expect(await call('DELETE', '/my-account/primary-email', undefined, person)).toMatchObject(done);
    expect(await stored()).toBeNull();
  });

  test('is one account’s, however it is spelled', async () => {
    await rig.server.services.users.create({ primaryEmail: email });
    const spelled = email.toLowerCase();
    const proof = await proveAddress(spelled);
    expect(await link(spelled, proof, await provePassword())).toMatchObject(refused(422, 'user.email_already_in_use'));
  });

  test('is one account’s where several take it at once', async () => {
    const [person, proof] = [await provePassword(), await proveAddress(email)];
    const spelled = [email, email.toLowerCase(), email.toUpperCase()];
    const taken = await Promise.all([
      link(email, proof, person).then(({ status }) => status === done.status),
      ...spelled.map((primaryEmail) =>
        rig.server.services.users.create({ primaryEmail }).then(
          () => true,
          () => false,
        ),
      ),
    ]);
    expect(taken.filter(Boolean)).toHaveLength(1);
  });

  test('stays where it is the last way to sign in', async () => {
    const method = { identifier: 'email', password: true, verificationCode: false, isPasswordPrimary: true };
    const [person, proof] = [await provePassword(), await proveAddress(email)];
    expect(await link(email, proof, person)).toMatchObject(done);
    const { signIn: before } = (await rig.server.management.get('/sign-in-exp')).body;
    await rig.server.management.patch('/sign-in-exp', { signIn: { methods: [method] } });
    expect(await call('DELETE', '/my-account/primary-email', undefined, person)).toMatchObject(
      refused(400, 'user.last_sign_in_method_required'),
    );
    await rig.server.management.patch('/sign-in-exp', { signIn: before });
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('proves a number’s place no more than a number proves its own', async () => {
    const [person, proof] = [await provePassword(), await proveAddress(email)];
    token = await signIn('openid email phone');
    const again = await provePassword();
    const asPhone = { phone: '+14155550199', newIdentifierVerificationRecordId: await proveAddress(email) };
    expect(await call('POST', '/my-account/primary-phone', asPhone, again)).toMatchObject(
      refused(400, 'verification_record.not_found'),
    );
    // What another sign-in has proven does not count.
    expect(await link(email, proof, person)).toMatchObject(denied);
  });

  test('needs the scope, and that users may change it', async () => {
    const [person, proof] = [await provePassword(), await proveAddress(email)];
    const { body } = await rig.server.management.get('/account-center');
    await rig.server.management.patch('/account-center', { fields: { ...body.fields, email: 'ReadOnly' } });
    expect(await link(email, proof, person)).toMatchObject(refused(400, 'account_center.field_not_editable'));
    await rig.server.management.patch('/account-center', { fields: body.fields });
    token = await signIn('openid profile');
    // What the account has is not told by an answer: nothing goes out in vain.
    const mails = rig.mails.to(email).length;
    expect(await send(email)).toMatchObject({ status: 201 });
    await rig.server.services.messaging.drain();
    expect(rig.mails.to(email)).toHaveLength(mails);
    const withoutScope = await link(email, proof, await provePassword());
    expect(withoutScope).toMatchObject({ status: 400, body: { code: 'auth.unauthorized', data: { scope: 'email' } } });
    expect((await call('GET', '/my-account')).body).not.toHaveProperty('primaryEmail');
  });

  test('that is not taken gets no code, and is not linked', async () => {
    const [person, proof] = [await provePassword(), await proveAddress(email)];
    await rig.server.management.patch('/sign-in-exp', { emailBlocklistPolicy: { customBlocklist: ['@example.com'] } });
    const notAllowed = refused(422, 'session.email_blocklist.email_not_allowed');
    expect(await send(`new.${email}`)).toMatchObject(notAllowed);
    expect(await link(email, proof, person)).toMatchObject(notAllowed);
    await rig.server.management.patch('/sign-in-exp', { emailBlocklistPolicy: {} });
    expect(await link(email, proof, person)).toMatchObject(done);
    await rig.server.management.patch('/sign-in-exp', { emailBlocklistPolicy: { customBlocklist: ['@example.com'] } });
    expect(await send(email)).toMatchObject({ status: 201 });
    await rig.server.management.patch('/sign-in-exp', { emailBlocklistPolicy: {} });
  });

  test('stays where nothing else is left but codes that nothing sends', async () => {
    const [person, proof] = [await provePassword(), await proveAddress(email)];
    expect(await link(email, proof, person)).toMatchObject(done);
    await rig.server.services.users.update(userId, { primaryPhone: newPhone() });
    const { signIn: before } = (await rig.server.management.get('/sign-in-exp')).body;
    const methods = (['email', 'phone'] as const).map((identifier) => ({
      ...{ identifier, verificationCode: true, isPasswordPrimary: false, password: identifier === 'email' },
    }));
    await rig.server.management.patch('/sign-in-exp', { signIn: { methods } });
    const live = (await rig.server.management.get('/connectors')).body.find(
      ({ type }: { type: string }) => type === 'Sms',
    );
    await rig.server.management.delete(`/connectors/${live.id}`);
    expect(await call('DELETE', '/my-account/primary-email', undefined, person)).toMatchObject(
      refused(400, 'user.last_sign_in_method_required'),
    );
    await rig.server.management.post(`/connectors/history/${live.id}/restore`);
    expect(await call('DELETE', '/my-account/primary-email', undefined, person)).toMatchObject(done);
    await rig.server.management.patch('/sign-in-exp', { signIn: before });
  });
});
