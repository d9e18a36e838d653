import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { newDevices } from '../../../../../../test/setup/clients.ts';
import { platform } from '../../../../../../test/setup/platform.ts';
import { newStore } from '../../../../../../test/setup/stores.ts';
import { newUsersApp } from '../../../../../../test/setup/users-app.ts';
import { createPasswords } from '../../../accounts/passwords.ts';
import { createUsers } from '../../../accounts/users.ts';
import { upsertOidcModel } from '../../../store/oidc-models.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';

describe('/users', () => {
  let store: Store;
  let app: AppInstance;
  beforeEach(async () => {
    store = await newStore('SQLite');
    const users = createUsers({ store, platform, passwords: createPasswords(platform), devices: newDevices(store) });
    app = newUsersApp({ users, store, platform });
  });
  afterEach(async () => {
    await app.close();
    await store.close();
  });

  const call = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) => {
    const reply = await app.inject({ method, url: `/api${url}`, ...(payload && { payload }) });
    return { status: reply.statusCode, headers: reply.headers, body: reply.body ? reply.json() : undefined };
  };

  test.each([
    ['suspending', 'PATCH', '/is-suspended', { isSuspended: true }, []],
    ['taking back', 'PATCH', '/is-suspended', { isSuspended: false }, ['AccessToken', 'Grant', 'Session']],
    ['deleting', 'DELETE', '', undefined, []],
  ] as const)('%s: what becomes of the sessions and tokens of the user', async (_what, method, path, body, left) => {
    const { id } = (await call('POST', '/users', { username: 'ali' })).body;
    const { id: other } = (await call('POST', '/users', { username: 'cassim' })).body;
    const fields = { payload: '{}', uid: null, grant_id: null, user_code: null, expires_at: null };
    for (const model of ['Session', 'Grant', 'AccessToken']) {
      await upsertOidcModel(store, { ...fields, model, id: `${model} of ali`, account_id: id });
      await upsertOidcModel(store, { ...fields, model, id: `${model} of cassim`, account_id: other });
    }
    await call(method, `/users/${id}${path}`, body);
    const rows = await store.db.selectFrom('oidc_models').selectAll().where('consumed_at', 'is', null).execute();
    const modelsOf = (accountId: string) =>
      rows.filter(({ account_id }) => account_id === accountId).map(({ model }) => model);
    expect(modelsOf(id).toSorted()).toEqual(left);
    expect(modelsOf(other)).toHaveLength(3);
  });

  test('passwords of back ends keep no user waiting who is known', async () => {
    const passwords = createPasswords(platform);
    const [hash, verify] = [vi.spyOn(passwords, 'hash'), vi.spyOn(passwords, 'verify')];
    const users = createUsers({ store, platform, passwords, devices: newDevices(store) });
    await app.close();
    app = newUsersApp({ users, store, platform });
    const { id } = (await call('POST', '/users', { username: 'ali', password: 'open sesame' })).body;
    await call('PATCH', `/users/${id}/password`, { password: 'open barley' });
    expect((await call('POST', `/users/${id}/password/verify`, { password: 'open barley' })).status).toBe(204);
    expect(hash.mock.calls.map(([, urgency]) => urgency)).toEqual(['back end', 'back end']);
    expect(verify.mock.calls.map(([, , urgency]) => urgency)).toEqual(['back end']);
  });

  test('creates, gets, changes and deletes a user', async () => {
    const created = await call('POST', '/users', {
      primaryPhone: '8613800138000',
      username: 'ali',
      password: 'open sesame',
      avatar: 'https://example.com/ali.png',
      profile: { familyName: 'Baba', address: { country: 'IR' } },
    });
    expect(created).toMatchObject({
      status: 200,
      body: { primaryPhone: '+8613800138000', primaryEmail: null, hasPassword: true, isSuspended: false },
    });
    expect(JSON.stringify(created.body)).not.toContain('argon2');
    const url = `/users/${created.body.id}`;
    expect((await call('GET', url)).body).toEqual(created.body);
    expect(await call('PATCH', url, { name: 'Ali Baba', customData: { cave: { doors: 1 } } })).toMatchObject({
      status: 200,
      body: { username: 'ali', name: 'Ali Baba', customData: { cave: { doors: 1 } } },
    });
    expect(await call('PATCH', url, {})).toMatchObject({ status: 422, body: { code: 'entity.invalid_input' } });
    expect(await call('PATCH', url, { primaryEmail: null })).toMatchObject({ status: 200 });
    expect(await call('PATCH', `${url}/is-suspended`, { isSuspended: true })).toMatchObject({
      status: 200,
      body: { isSuspended: true },
    });
    expect(await call('PATCH', `${url}/password`, { password: 'open barley' })).toMatchObject({ status: 200 });
    expect(await call('DELETE', url)).toMatchObject({ status: 204, body: undefined });
    expect(await call('GET', url)).toMatchObject({ status: 404, body: { code: 'entity.not_found' } });
  });

  test('an address belongs to one user, however it is written, and is kept as it is written', async () => {
    const ali = await call('POST', '/users', { primaryEmail: ' Ali.Baba@Bücher.Example ' });
    expect(ali).toMatchObject({ status: 200, body: { primaryEmail: 'Ali.Baba@xn--bcher-kva.example' } });
    const cassim = (await call('POST', '/users', { primaryEmail: 'alibaba@xn--bcher-kva.example' })).body;
    const taken = { status: 422, body: { code: 'user.email_already_in_use' } };
    const again = { primaryEmail: 'ali.baba@XN--BCHER-KVA.example' };
    expect(await call('POST', '/users', again)).toMatchObject(taken);
    expect(await call('PATCH', `/users/${cassim.id}`, again)).toMatchObject(taken);
    expect(await call('PATCH', `/users/${ali.body.id}`, again)).toMatchObject({
      status: 200,
      body: { primaryEmail: 'ali.baba@xn--bcher-kva.example' },
    });
    expect((await call('PATCH', `/users/${ali.body.id}`, { primaryEmail: '' })).body).toMatchObject({
      primaryEmail: null,
    });
    expect(await call('PATCH', `/users/${cassim.id}`, again)).toMatchObject({ status: 200 });
  });

  test.each([
    ['jürgen@example.com', 'Before the @ only plain letters'],
    ['ali@example', 'The domain has no dot'],
    ['a@b@example.com', 'one @ alone'],
    ['"ali"@example.com', 'quotation marks'],
    [`${'a'.repeat(65)}@example.com`, '64 characters'],
    ['ali@127.0.0.1', 'no IP address'],
  ])('says of the address %s what is wrong with it', async (primaryEmail, sentence) => {
    const { id } = (await call('POST', '/users', { name: 'Ali' })).body;
    for (const [method, url] of [
      ['POST', '/users'],
      ['PATCH', `/users/${id}`],
    ] as const) {
      expect((await call(method, url, { primaryEmail })).body).toMatchObject({
        code: 'guard.invalid_input',
        data: { issues: [{ path: 'primaryEmail', message: expect.stringContaining(sentence) }] },
      });
    }
  });

  test('lists with the total in a header, a page at a time, and searches', async () => {
    for (const username of ['alex', 'alexandra', 'bob']) await call('POST', '/users', { username });
    const names = ({ body }: { body?: { username: string }[] }) => body?.map(({ username }) => username).sort();
    const all = await call('GET', '/users');
    expect([all.headers['total-number'], names(all)]).toEqual(['3', ['alex', 'alexandra', 'bob']]);
    const page = await call('GET', '/users?page=2&page_size=2');
    expect([page.headers['total-number'], page.body.length]).toEqual(['3', 1]);
    const found = await call('GET', `/users?search=${encodeURIComponent('%alex%')}`);
    expect([found.headers['total-number'], names(found)]).toEqual(['2', ['alex', 'alexandra']]);
  });

  test.each([
    ['GET', '/users?page=0', undefined],
    ['GET', '/users?page_size=101', undefined],
    ['GET', '/users/a%00b', undefined],
    ['POST', '/users', { username: 7 }],
    ['POST', '/users', { primaryPhone: '12' }],
    ['POST', '/users', { customData: [] }],
    ['POST', '/users', { primaryEmail: 'ali@example' }],
    ['POST', '/users', { primaryEmail: 'ali@example.com\r\nBcc: cassim@example.com' }],
    ['PATCH', '/users/none', { primaryEmail: 'ali baba' }],
    ['POST', '/users', { unknown: true }],
    ['POST', '/users', { avatar: 'javascript:alert(1)' }],
    ['POST', '/users', { name: 'Ali\u001b[2J' }],
    ['POST', '/users', { name: 'Ali\r\nBaba' }],
    ['POST', '/users', { avatar: 'https://pictures.example/\u0000' }],
    ['POST', '/users', { profile: { locale: 'en\r\nX-Evil: 1' } }],
    ['PATCH', '/users/none/profile', { profile: { website: 'https://ali.example\u0007' } }],
    ['PATCH', '/users/none/profile', { profile: { address: { formatted: 'Sesame Street 1\u000b' } } }],
    ['POST', '/users', { profile: { favouriteColour: 'red' } }],
    ['POST', '/users', { profile: { familyName: 7 } }],
    ['POST', '/users', { passwordDigest: 'a'.repeat(257), passwordAlgorithm: 'MD5' }],
    ['POST', '/users', { passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99', passwordAlgorithm: 'MD6' }],
    ['PATCH', '/users/none/profile', { profile: { colour: 'red' } }],
    ['PATCH', '/users/none/profile', {}],
    ['GET', '/users?includePasswordHash=maybe', undefined],
    ['GET', '/users/none?includeSsoIdentities=maybe', undefined],
    ['POST', '/users/none/password/verify', { password: '' }],
    ['POST', '/users/none/password/verify', {}],
    ['GET', '/users/none?includePasswordHash=maybe', undefined],
    ['PATCH', '/users/none/password', {}],
    ['PATCH', '/users/none/is-suspended', { isSuspended: 'yes' }],
  ] as const)('%s %s with %j is not a valid request', async (method, url, payload) => {
    expect(await call(method, url, payload)).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [expect.anything()] } },
    });
  });

  test.each([
    ['GET', '/users/none', undefined],
    ['PATCH', '/users/none', { name: 'a' }],
    ['PATCH', '/users/none', {}],
    ['PATCH', '/users/none/password', { password: 'open sesame' }],
    ['PATCH', '/users/none/is-suspended', { isSuspended: true }],
    ['DELETE', '/users/none', undefined],
    ['POST', '/users/none/password/verify', { password: 'open sesame' }],
    ['PATCH', '/users/none/profile', { profile: {} }],
    ['GET', '/users/none?includePasswordHash=true', undefined],
  ] as const)('%s %s knows no such user', async (method, url, payload) => {
    expect(await call(method, url, payload)).toMatchObject({ status: 404, body: { code: 'entity.not_found' } });
  });

  test('takes a digest of elsewhere, checks passwords against it, and shows it where that is asked for', async () => {
    const digest = { passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99', passwordAlgorithm: 'MD5' };
    const { id, ...user } = (await call('POST', '/users', { ...digest, primaryEmail: '', avatar: null })).body;
    expect(user).toMatchObject({ hasPassword: true, avatar: null, primaryEmail: null });
    expect(user).not.toHaveProperty('passwordDigest');
    const withDigest = async (path: string) => (await call('GET', `${path}?includePasswordHash=true`)).body;
    expect(await withDigest(`/users/${id}`)).toMatchObject(digest);
    const verify = (password: string) => call('POST', `/users/${id}/password/verify`, { password });
    expect(await verify('Password')).toMatchObject({ status: 422, body: { code: 'session.invalid_credentials' } });
    expect(await verify('password')).toMatchObject({ status: 204, body: undefined });
    expect(await withDigest(`/users/${id}`)).toMatchObject({ passwordAlgorithm: 'Argon2id' });
    const { id: none } = (await call('POST', '/users', {})).body;
    expect(await withDigest(`/users/${none}`)).toMatchObject({ passwordDigest: null, passwordAlgorithm: null });
    const listed = await withDigest('/users');
    expect(listed).toHaveLength(2);
    for (const one of listed) expect(one).toEqual(await withDigest(`/users/${one.id}`));
    expect(JSON.stringify((await call('GET', '/users')).body)).not.toContain('passwordDigest');
    expect((await call('GET', `/users/${none}`)).body).not.toHaveProperty('passwordDigest');
    expect(await call('POST', `/users/${none}/password/verify`, { password: 'password' })).toMatchObject({
      status: 422,
    });
  });

  test('shows what Logto shows beside a user', async () => {
    const { id, ...user } = (await call('POST', '/users', { username: 'ali' })).body;
    expect(user).toMatchObject({ applicationId: null, cimdClientId: null, identities: {} });
    expect(user).not.toHaveProperty('ssoIdentities');
    expect((await call('GET', `/users/${id}?includeSsoIdentities=true`)).body).toMatchObject({ ssoIdentities: [] });
  });

  test('changes the claims of a profile that are given', async () => {
    const { id } = (await call('POST', '/users', { username: 'ali', profile: { gender: 'neutral' } })).body;
    const address = { formatted: 'The cave' };
    await call('PATCH', `/users/${id}/profile`, { profile: { familyName: 'Baba', address } });
    const profile = { gender: 'neutral', familyName: 'Babba', address };
    expect(await call('PATCH', `/users/${id}/profile`, { profile: { familyName: 'Babba' } })).toMatchObject({
      status: 200,
      body: profile,
    });
    expect((await call('GET', `/users/${id}`)).body.profile).toEqual(profile);
  });

  test('an address may have lines', async () => {
    const profile = {
      address: { formatted: 'Sesame Street 1\r\n12345 Baghdad', streetAddress: 'Rear building\nSesame Street 1' },
    };
    expect(await call('POST', '/users', { profile })).toMatchObject({ status: 200, body: { profile } });
  });

  test('says what is taken, and why a password is refused', async () => {
    await call('POST', '/users', { username: 'ali', primaryPhone: '+8613800138000' });
    expect(await call('POST', '/users', { username: 'ali' })).toMatchObject({
      status: 422,
      body: { code: 'user.username_already_in_use' },
    });
    expect(await call('POST', '/users', { primaryPhone: '+86 138 0013 8000' })).toMatchObject({
      status: 422,
      body: { code: 'user.phone_already_in_use' },
    });
    expect(await call('POST', '/users', { password: 'short' })).toMatchObject({
      status: 422,
      body: {
        code: 'password.rejected',
        data: [{ code: 'password_rejected.too_short', interpolation: { min: 8 } }],
      },
    });
  });

  test('holds a password that is set for somebody else to its length alone', async () => {
    const { body: user } = await call('POST', '/users', { username: 'ali_baba1', password: 'ali_baba1' });
    const set = (password: string) => call('PATCH', `/users/${user.id}/password`, { password });
    for (const password of ['password', '12345678', 'aaaaaaaa', 'ali_baba1']) {
      expect(await set(password)).toMatchObject({ status: 200 });
    }
    for (const password of ['7charac', 'x'.repeat(257)]) {
      expect(await set(password)).toMatchObject({ status: 422, body: { code: 'password.rejected' } });
    }
  });
});
