import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { callAccount, signInForToken } from '../setup/account-client.ts';
import { newPhone } from '../setup/phones.ts';
import { databases } from '../setup/stores.ts';
import { type Event, identify, refused, restart, send, submit, useExperience, verify } from './experience-rig.ts';

const password = 'a cave full of gold';
const denied = refused(401, 'verification_record.permission_denied');
const done = { status: 204 };

let people = 0;

describe.each(databases)('numbers beside the primary one on %s', (database) => {
  const rig = useExperience(database);
  beforeAll(async () => {
    await rig.server.management.patch('/sign-in-exp', { messageRateLimitPolicy: { resendInterval: 0 } });
    await rig.server.management.patch('/account-center', { otherRecipients: 2 });
  });

  let userId: string;
  let username: string;
  let other: string;
  let token: string;
  beforeEach(async () => {
    people += 1;
    username = `ali_${people}`;
    other = newPhone();
    ({ id: userId } = await rig.server.services.users.create({ username, password, primaryPhone: rig.phone }));
    token = await signInForToken(rig.server, rig.relier, { username, password, scope: 'openid phone email' });
  });

  const call = (method: string, path: string, body?: unknown, verification?: string) =>
    callAccount(rig.server, token, { method, path, body, verification });
  const provePassword = async (): Promise<string> =>
    (await call('POST', '/verifications/password', { password })).body.verificationRecordId;
  async function proveNumber(value: string): Promise<string> {
    const identifier = { type: 'phone', value };
    const { body } = await call('POST', '/verifications/verification-code', { identifier });
    const answer = { identifier, verificationId: body.verificationRecordId, code: rig.twilio.codeTo(value) };
    expect(await call('POST', '/verifications/verification-code/verify', answer)).toMatchObject({ status: 200 });
    return body.verificationRecordId;
  }
  const add = (phone: string, newIdentifierVerificationRecordId: string, person?: string) =>
    call('POST', '/my-account/other-phones', { phone, newIdentifierVerificationRecordId }, person);
  const give = async (phone: string): Promise<string> =>
    (await rig.server.management.post(`/users/${userId}/other-phones`, { phone })).body.id;
  const one = (id: string) => `/my-account/other-phones/${id}`;

  /** Signs in by a code to a number, or goes as far. @returns the last answer */
  async function by(phone: string, event: Event = 'SignIn') {
    const client = await rig.begin();
    await restart(client, event);
    const countOf = () => rig.twilio.accepted().filter(({ to }) => to === phone).length;
    const before = countOf();
    const { body } = await send(client, event, phone);
    await expect.poll(countOf).toBe(before + 1);
    await verify(client, phone, body.verificationId, rig.twilio.codeTo(phone));
    const identified = await identify(client, body.verificationId);
    return event === 'SignIn' && identified.status === 204 ? submit(client) : identified;
  }

  test('are added by their owner with two proofs, sign in and reset passwords, and are removed at once', async () => {
    const person = await provePassword();
    const proof = await proveNumber(other);
    expect(await add(other, proof)).toMatchObject(denied);
    expect(await add(newPhone(), proof, person)).toMatchObject(refused(400, 'verification_record.not_found'));
    const added = await add(other, proof, person);
    expect(added).toMatchObject({ status: 201, body: { id: expect.any(String), phone: other } });
    expect((await call('GET', '/my-account/other-phones')).body).toEqual([added.body]);
    expect((await call('GET', '/my-account')).body).toMatchObject({ primaryPhone: rig.phone, otherPhones: [other] });

    expect(await by(other)).toMatchObject({ status: 200 });
    expect(await by(other, 'ForgotPassword')).toMatchObject({ status: 204 });
    // A code to it shows who it is, too.
    const own = await proveNumber(other);
    expect(await call('DELETE', one(added.body.id))).toMatchObject(denied);
    expect(await call('DELETE', one('other'), undefined, own)).toMatchObject(refused(404, 'entity.not_found'));
    expect(await call('DELETE', one(added.body.id), undefined, own)).toMatchObject(done);
    expect(await call('DELETE', '/my-account/primary-phone', undefined, own)).toMatchObject(denied);
    expect(await by(other)).toMatchObject(refused(404, 'user.user_not_exist'));
    expect(await rig.server.services.users.get(userId)).toMatchObject({ primaryPhone: rig.phone });
  });

  test('a sign-in that the number has begun ends with it', async () => {
    const otherId = await give(other);
    const client = await rig.begin();
    const { body } = await send(client, 'SignIn', other);
    await verify(client, other, body.verificationId, rig.twilio.codeTo(other));
    expect(await identify(client, body.verificationId)).toMatchObject(done);
    expect(await call('DELETE', one(otherId), undefined, await provePassword())).toMatchObject(done);
    expect(await submit(client)).toMatchObject(refused(400, 'session.verification_failed'));
  });

  test('change places with the primary one, which the second code goes to', async () => {
    const otherId = await give(other);
    expect(await call('POST', `${one(otherId)}/make-primary`)).toMatchObject(denied);
    expect(await call('POST', `${one(otherId)}/make-primary`, undefined, await provePassword())).toMatchObject(done);
    expect((await call('GET', '/my-account')).body).toMatchObject({ primaryPhone: other, otherPhones: [rig.phone] });
    const [{ id: firstId }] = (await call('GET', '/my-account/other-phones')).body;
    expect(await rig.server.management.post(`/users/${userId}/other-phones/${firstId}/make-primary`)).toMatchObject(
      done,
    );
    expect(await rig.server.services.users.get(userId)).toMatchObject({
      primaryPhone: rig.phone,
      otherPhones: [other],
    });
  });

  test('are as many as the account center lets users have, and ten at most', async () => {
    await give(newPhone());
    await give(newPhone());
    expect(await add(other, await proveNumber(other), await provePassword())).toMatchObject({
      ...refused(422, 'user.too_many_recipients'),
    });
    const { management } = rig.server;
    expect(await management.post(`/users/${userId}/other-phones`, { phone: other })).toMatchObject({ status: 201 });
    expect((await management.patch('/account-center', { otherRecipients: 11 })).status).toBe(400);
    expect((await management.get('/account-center')).body.otherRecipients).toBe(2);
  });

  test('keep the account from losing its last way in', async () => {
    await rig.server.services.users.update(userId, { primaryPhone: null });
    const otherId = await give(other);
    const { body: before } = await rig.server.management.get('/sign-in-exp');
    const methods = [{ identifier: 'phone', password: true, verificationCode: true, isPasswordPrimary: false }];
    await rig.server.management.patch('/sign-in-exp', { signIn: { methods } });
    const person = await provePassword();
    expect(await call('DELETE', one(otherId), undefined, person)).toMatchObject(
      refused(400, 'user.last_sign_in_method_required'),
    );
    await rig.server.management.patch('/sign-in-exp', { signIn: before.signIn });
    expect(await call('DELETE', one(otherId), undefined, person)).toMatchObject(done);
  });

  test('belong to nobody else', async () => {
    await give(other);
    const { management } = rig.server;
    const taken = refused(422, 'user.phone_already_in_use');
    expect(await management.post('/users', { primaryPhone: other })).toMatchObject(taken);
    const { body: second } = await management.post('/users', { username: `second_${people}` });
    expect(await management.patch(`/users/${second.id}`, { primaryPhone: other })).toMatchObject(taken);
    expect(await management.post(`/users/${second.id}/other-phones`, { phone: other })).toMatchObject(taken);
    // Whoever signs up with it has an account.
    const client = await rig.begin();
    await restart(client, 'Register');
    const { body } = await send(client, 'Register', other);
    await verify(client, other, body.verificationId, rig.twilio.codeTo(other));
    expect(await identify(client, body.verificationId)).toMatchObject(taken);
  });

  test('are found by administrators, with what happened to them', async () => {
    const { management } = rig.server;
    const otherId = await give(other);
    expect(await management.get(`/users/${userId}/other-phones`)).toMatchObject({
      body: [{ id: otherId, phone: other }],
    });
    expect((await management.get(`/users/${userId}`)).body).toMatchObject({ otherPhones: [other] });
    for (const search of [other.slice(1), `%${other.slice(-6)}`, other.slice(-5)]) {
      const found = await management.get(`/users?search=${encodeURIComponent(search)}`);
      expect(
        found.body.map(({ id }: { id: string }) => id),
        search,
      ).toEqual([userId]);
    }
    const field = `search.primaryPhone=${encodeURIComponent(`%${other.slice(3)}`)}`;
    expect((await management.get(`/users?${field}`)).body).toMatchObject([{ id: userId }]);
    await by(other);
    const { body: messages } = await management.get(`/messages?userId=${userId}`);
    expect(messages).toMatchObject([{ recipient: other }]);
    await by(rig.phone);
    const { body: found } = await management.get(`/search?q=${other.slice(-5)}`);
    expect(found.users).toMatchObject([{ id: userId }]);
    const recipients = found.messages.map(({ recipient }: { recipient: string }) => recipient);
    expect(recipients.toSorted()).toEqual([rig.phone, other].toSorted());
    expect((await management.get(`/messages/${messages[0].id}`)).body).toMatchObject({ userId });
    expect((await management.get(`/users/${userId}/access`)).body.otherLocks).toMatchObject([{ address: other }]);
    expect(await management.delete(`/users/${userId}/other-phones/${otherId}`)).toMatchObject(done);
    const { body: history } = await management.get(`/users/${userId}/phone-history`);
    expect(history).toMatchObject([
      { phoneBefore: other, phone: null, by: { type: 'application' } },
      { phoneBefore: null, phone: other, by: { type: 'application' } },
    ]);
    // As of a number that was primary, its messages are no longer the user's: it may be somebody else's by now.
    expect((await management.get(`/messages?userId=${userId}`)).body).toMatchObject([{ recipient: rig.phone }]);
  });
});
