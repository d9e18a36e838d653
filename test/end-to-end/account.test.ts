import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { beginExperience, newServerRelier } from '../setup/experience-client.ts';
import type { Relier } from '../setup/oidc-flow.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { type Provider, startTwilio } from './providers.ts';

const password = 'a cave full of gold';
const refused = (status: number, code: string) => ({ status, body: { code } });
const denied = refused(401, 'verification_record.permission_denied');

describe.each(databases)('the Account API on %s', (database) => {
  let server: TestServer;
  let twilio: Provider;
  let relier: Relier;
  beforeAll(async () => {
    [server, twilio] = await Promise.all([newServer(database), startTwilio()]);
    await server.management.post('/connectors', { connectorId: twilio.factoryId, config: twilio.config });
    relier = await newServerRelier(server);
  });
  afterAll(() => Promise.all([server.close(), twilio.double.close()]));

  let username: string;
  let phone: string;
  let userId: string;
  let token: string;
  beforeEach(async () => {
    phone = newPhone();
    username = `ali_${phone.slice(-8)}`;
    ({ id: userId } = await server.services.users.create({ username, password, primaryPhone: phone }));
    token = await signIn();
  });

  /** An access token of the user, from an ordinary sign-in. */
  async function signIn(): Promise<string> {
    const client = await beginExperience(server, relier);
    const identifier = { type: 'username', value: username };
    const { body } = await client.call('POST', '/verification/password', { identifier, password });
    await client.call('POST', '/identification', { verificationId: body.verificationId });
    const done = await client.call('POST', '/submit');
    return (await client.finish(done.body.redirectTo)).access_token;
  }

  async function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}) {
    const reply = await fetch(`${server.baseUrl}/api${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, body: text === '' ? undefined : JSON.parse(text) };
  }
  const byHeader = (id: string) => ({ 'sesame-verification-id': id });
  async function proveNumber(value: string): Promise<string> {
    const identifier = { type: 'phone', value };
    const { body, status } = await call('POST', '/verifications/verification-code', { identifier });
    expect([status, Date.parse(body.expiresAt)]).toEqual([201, expect.any(Number)]);
    const verificationId = body.verificationRecordId;
    const code = twilio.codeTo(value);
    const verified = await call('POST', '/verifications/verification-code/verify', {
      identifier,
      verificationId,
      code,
    });
    expect(verified).toEqual({ status: 200, body: { verificationRecordId: verificationId } });
    return verificationId;
  }
  async function provePassword(): Promise<string> {
    const { body, status } = await call('POST', '/verifications/password', { password });
    expect(status).toBe(201);
    return body.verificationRecordId;
  }
  const link = (value: string, newIdentifierVerificationRecordId: string, personId: string | undefined) =>
    call(
      'POST',
      '/my-account/primary-phone',
      { phone: value, newIdentifierVerificationRecordId },
      personId === undefined ? {} : byHeader(personId),
    );

  test('shows the user, and changes name and username', async () => {
    expect(await call('GET', '/my-account')).toMatchObject({
      status: 200,
      body: { id: userId, username, primaryPhone: phone, hasPassword: true },
    });
    expect(await call('PATCH', '/my-account', { name: 'Ali Baba' })).toMatchObject({
      body: { name: 'Ali Baba', username },
    });
    token = 'not a token';
    expect(await call('GET', '/my-account')).toMatchObject(refused(401, 'auth.unauthorized'));
    token = await server.management.token();
    expect(await call('GET', '/my-account')).toMatchObject(refused(401, 'auth.unauthorized'));
  });

  test('pages of other origins may call it, for they need the token', async () => {
    const origin = 'https://app.example.com';
    const url = `${server.baseUrl}/api/my-account/primary-phone`;
    const asked = await fetch(url, {
      method: 'OPTIONS',
      headers: { origin, 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'authorization' },
    });
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe('*');
    expect(asked.headers.get('access-control-allow-methods')).toContain('DELETE');
    expect(asked.headers.get('access-control-allow-headers')).toContain('sesame-verification-id');
    const refusedReply = await fetch(`${server.baseUrl}/api/my-account`, { headers: { origin } });
    expect([refusedReply.status, refusedReply.headers.get('access-control-allow-origin')]).toEqual([401, '*']);
    const elsewhere = await fetch(`${server.baseUrl}/api/users`, { headers: { origin } });
    expect(elsewhere.headers.get('access-control-allow-origin')).toBeNull();
  });

  test.each(['password', 'number'])('changes the number, with the %s as proof of the person', async (by) => {
    const other = newPhone();
    const person = by === 'password' ? await provePassword() : await proveNumber(phone);
    const proof = await proveNumber(other);
    expect(await link(other, proof, person)).toMatchObject({ status: 204 });
    expect(await call('GET', '/my-account')).toMatchObject({ body: { primaryPhone: other } });
    const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(other)}`);
    expect(body).toMatchObject([{ usageType: 'Generic', state: 'accepted' }]);
  });

  test('links a number to an account that has none', async () => {
    await server.services.users.update(userId, { primaryPhone: null });
    expect(await link(phone, await proveNumber(phone), await provePassword())).toMatchObject({ status: 204 });
    expect(await call('GET', '/my-account')).toMatchObject({ body: { primaryPhone: phone } });
  });

  test('the proof of the new number does not prove the person', async () => {
    const other = newPhone();
    const proof = await proveNumber(other);
    expect(await link(other, proof, proof)).toMatchObject(denied);
    expect(await link(other, proof, undefined)).toMatchObject(denied);
    expect(await link(other, proof, 'unknown')).toMatchObject(denied);
    const person = await provePassword();
    expect(await link(newPhone(), proof, person)).toMatchObject(refused(400, 'verification_code.phone_mismatch'));
    expect(await link(phone, person, person)).toMatchObject(refused(400, 'session.verification_failed'));
  });

  test('what another sign-in of the same user has proven does not count', async () => {
    const other = newPhone();
    const person = await provePassword();
    token = await signIn();
    expect(await link(other, await proveNumber(other), person)).toMatchObject(denied);
  });

  test('a number of somebody else is refused only after the code was right, and by one of two at once', async () => {
    const taken = newPhone();
    await server.services.users.create({ primaryPhone: taken });
    const person = await provePassword();
    const proof = await proveNumber(taken);
    expect(await link(taken, proof, person)).toMatchObject(refused(422, 'user.phone_already_in_use'));
    const free = newPhone();
    const proofOfFree = await proveNumber(free);
    const outcomes = await Promise.all([link(free, proofOfFree, person), link(free, proofOfFree, person)]);
    expect(outcomes.filter(({ status }) => status === 204).length).toBeGreaterThanOrEqual(1);
    expect(await call('GET', '/my-account')).toMatchObject({ body: { primaryPhone: free } });
  });

  test('removes the number only where a username and a password remain', async () => {
    const { users } = server.services;
    const lonely = newPhone();
    const person = await provePassword();
    await users.update(userId, { username: null });
    expect(await call('DELETE', '/my-account/primary-phone', undefined, byHeader(person))).toMatchObject(
      refused(400, 'user.last_sign_in_method_required'),
    );
    await users.update(userId, { username: `back_${lonely.slice(-8)}` });
    expect(await call('DELETE', '/my-account/primary-phone')).toMatchObject(denied);
    expect(
      await call('DELETE', '/my-account/primary-phone', undefined, { 'logto-verification-id': person }),
    ).toMatchObject({ status: 204 });
    expect(await call('GET', '/my-account')).toMatchObject({ body: { primaryPhone: null } });
  });

  test('changes the password, with a fresh proof', async () => {
    const change = (text: string, personId?: string) =>
      call('POST', '/my-account/password', { password: text }, personId === undefined ? {} : byHeader(personId));
    expect(await change('forty thieves outside')).toMatchObject(denied);
    const person = await proveNumber(phone);
    expect(await change('short', person)).toMatchObject(refused(422, 'password.rejected'));
    expect(await change(password, person)).toMatchObject(refused(422, 'user.same_password'));
    server.advance(11 * 60_000);
    expect(await change('forty thieves outside', person)).toMatchObject(denied);
    server.advance(31_000);
    expect(await change('forty thieves outside', await proveNumber(phone))).toMatchObject({ status: 204 });
    expect(await server.services.users.isPassword(userId, 'forty thieves outside')).toBe(true);
  });

  test('the token of a suspended user opens nothing', async () => {
    await server.services.users.setSuspended(userId, true);
    expect(await call('GET', '/my-account')).toMatchObject(refused(401, 'auth.unauthorized'));
  });
});
