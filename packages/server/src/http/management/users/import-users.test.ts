import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDevices } from '../../../../../../test/setup/clients.ts';
import { platform as testPlatform } from '../../../../../../test/setup/platform.ts';
import { databases, newStore } from '../../../../../../test/setup/stores.ts';
import { newUsersApp } from '../../../../../../test/setup/users-app.ts';
import { createPasswords } from '../../../accounts/passwords.ts';
import { createUsers, type Users } from '../../../accounts/users.ts';
import { upsertOidcModel } from '../../../store/oidc-models.ts';
import { listOidcSessions } from '../../../store/oidc-sessions.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';

const now = 1_800_000_000_000;
const deeplyNested = JSON.parse(`${'{"a":'.repeat(500)}1${'}'.repeat(500)}`);

describe.each(databases)('POST /users/import on %s', (database) => {
  let store: Store;
  let app: AppInstance;
  let users: Users;
  beforeEach(async () => {
    store = await newStore(database);
    const platform = { ...testPlatform, now: () => now };
    users = createUsers({
      store,
      platform,
      passwords: createPasswords(platform),
      devices: newDevices(store, platform),
    });
    app = newUsersApp({ users, store, platform });
  });
  afterEach(async () => {
    await app.close();
    await store.close();
  });

  const post = (payload: string, query = '', type = 'application/x-ndjson') =>
    app.inject({ method: 'POST', url: `/api/users/import${query}`, payload, headers: { 'content-type': type } });
  const take = async (lines: unknown[], query = '') => {
    const reply = await post(lines.map((line) => JSON.stringify(line)).join('\n'), query);
    expect(reply.statusCode).toBe(200);
    return reply.body
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
  };
  const totals = { done: true, created: 0, updated: 0, exists: 0, failed: 0 };

  test('ends what a user is signed in with who is suspended, and begins an id that was given before anew', async () => {
    const { id } = await users.create({ username: 'ali' });
    const session = { model: 'Session', id: 's', uid: 'u', payload: '{"uid":"u"}', account_id: id, expires_at: null };
    await upsertOidcModel(store, { ...session, grant_id: null, user_code: null });
    expect(await listOidcSessions(store, id, now)).toHaveLength(1);
    await take([{ id, isSuspended: true }], '?upsert=true');
    expect(await listOidcSessions(store, id, now)).toEqual([]);
    await users.delete(id);
    await take([{ id, username: 'ali' }]);
    expect(await users.getWithValidFrom(id)).toMatchObject({ validFrom: now });
  });

  test('says of a line what is wrong with its address', async () => {
    const [refused] = await take([{ primaryEmail: 'jürgen@example.com' }]);
    expect(refused).toMatchObject({ line: 1, status: 'failed' });
    expect(JSON.stringify(refused)).toContain('Before the @ only plain letters');
  });

  test('makes a user of each line, as the line says', async () => {
    const line = {
      id: 'auth0|5f7c8ec7c33c6c004bbafe82',
      primaryPhone: '8613800138000',
      username: 'ali',
      name: 'Ali Baba',
      avatar: 'https://example.com/ali.png',
      customData: { cave: 40 },
      profile: { familyName: 'Baba' },
      passwordDigest: '5f4dcc3b5aa765d61d8327deb882cf99',
      passwordAlgorithm: 'MD5',
      isSuspended: true,
      createdAt: 1_500_000_000_000,
      lastSignInAt: 1_600_000_000_000,
    };
    const [made, other, end] = await take([line, { primaryPhone: '+12025550143' }]);
    expect(made).toEqual({ line: 1, status: 'created', id: line.id });
    expect(other).toEqual({ line: 2, status: 'created', id: expect.stringMatching(/^[0-9a-z]{12}$/) });
    expect(end).toEqual({ ...totals, created: 2 });
    const { body } = await app.inject(`/api/users/${encodeURIComponent(line.id)}?includePasswordHash=true`);
    expect(JSON.parse(body)).toEqual({
      ...line,
      primaryPhone: '+8613800138000',
      primaryEmail: null,
      identities: {},
      applicationId: null,
      cimdClientId: null,
      updatedAt: now,
      hasPassword: true,
    });
    expect(await users.isPassword(line.id, 'password')).toBe(true);
    const { users: listed } = await users.list(undefined, { limit: 10, offset: 0 });
    expect(listed.map(({ id }) => id)).toEqual([other.id, line.id]);
  });

  test('says of each line what is wrong with it, and takes the others', async () => {
    const { id } = await users.create({ primaryPhone: '+8613800138000', username: 'cassim' });
    const outcomes = await take([
      { primaryPhone: '+86 138 0013 8000' },
      { username: 'cassim' },
      { id: 'one', primaryPhone: '+525512345678' },
      { id: 'one' },
      { id: 'two', primaryPhone: '+52 1 55 1234 5678' },
      { primaryPhone: '12', username: '1', createdAt: 'x' },
      { primaryPhone: '+18005550123' },
      { id: 'a b' },
      { usrname: 'ali' },
      { password: 'open sesame' },
      { passwordDigest: 'x' },
      { profile: { colour: 'red' } },
      { createdAt: '2020-01-01' },
      { name: 'no\0name' },
      [],
      null,
      { customData: deeplyNested },
    ]);
    const failed = (line: number, code: string, words = '') => ({
      line,
      status: 'failed',
      error: { code, message: expect.any(String), ...(words && { data: expect.any(Object) }) },
    });
    expect(outcomes).toEqual([
      {
        ...failed(1, 'user.phone_already_in_use', 'x'),
        error: expect.objectContaining({ data: { message: `The user ${id} has this primaryPhone.` } }),
      },
      failed(2, 'user.username_already_in_use', 'x'),
      { line: 3, status: 'created', id: 'one' },
      {
        ...failed(4, 'entity.id_in_use', 'x'),
        error: expect.objectContaining({ data: { message: 'Line 3 has the same id.' } }),
      },
      {
        ...failed(5, 'user.phone_already_in_use', 'x'),
        error: expect.objectContaining({ data: { message: 'Line 3 has the same primaryPhone.' } }),
      },
      {
        ...failed(6, 'guard.invalid_input', 'x'),
        error: expect.objectContaining({
          data: { issues: ['createdAt', 'primaryPhone', 'username'].map((path) => expect.objectContaining({ path })) },
        }),
      },
      failed(7, 'phone.cannot_receive_sms', 'primaryPhone'),
      failed(8, 'guard.invalid_input', 'x'),
      {
        ...failed(9, 'guard.invalid_input', 'x'),
        error: expect.objectContaining({
          data: { issues: [expect.objectContaining({ message: expect.stringContaining('did you mean "username"') })] },
        }),
      },
      failed(10, 'guard.invalid_input', 'x'),
      failed(11, 'user.password_algorithm_required', 'x'),
      failed(12, 'guard.invalid_input', 'x'),
      failed(13, 'guard.invalid_input', 'x'),
      failed(14, 'guard.invalid_input', 'x'),
      failed(15, 'guard.invalid_input', 'x'),
      failed(16, 'guard.invalid_input', 'x'),
      failed(17, 'guard.invalid_input', 'x'),
      { ...totals, created: 1, failed: 16 },
    ]);
  });

  test('sent again, leaves alone who is there; with upsert, changes what the line says', async () => {
    const lines = [
      { id: 'one', primaryPhone: '+8613800138000', name: 'Ali' },
      { id: 'two', username: 'cassim' },
    ];
    await take(lines);
    await users.update('one', { name: 'Ali Baba' });
    expect((await take([...lines, { id: 'three' }])).at(-1)).toEqual({ ...totals, created: 1, exists: 2 });
    expect(await users.get('one')).toMatchObject({ name: 'Ali Baba' });
    expect(
      await take(
        [
          { id: 'one', customData: { cave: 40 } },
          { username: 'cassim', primaryPhone: '+12025550143' },
          { id: 'three', primaryPhone: '+8613800138000' },
          { id: 'four', username: 'morgiana' },
        ],
        '?upsert=true',
      ),
    ).toEqual([
      { line: 1, status: 'updated', id: 'one' },
      { line: 2, status: 'updated', id: 'two' },
      { line: 3, status: 'failed', error: expect.objectContaining({ code: 'user.phone_already_in_use' }) },
      { line: 4, status: 'created', id: 'four' },
      { ...totals, created: 1, updated: 2, failed: 1 },
    ]);
    expect(await users.get('one')).toMatchObject({ name: 'Ali Baba', customData: { cave: 40 } });
    expect(await users.get('two')).toMatchObject({ username: 'cassim', primaryPhone: '+12025550143' });
  });

  test('a dry run says the same and writes nothing', async () => {
    await users.create({ username: 'ali' });
    const lines = [{ id: 'one' }, { id: 'one' }, { username: 'ali' }, { primaryPhone: '12' }];
    const dry = await take(lines, '?dryRun=true');
    expect((await users.list(undefined, { limit: 10, offset: 0 })).total).toBe(1);
    expect(await take(lines)).toEqual(dry);
    expect(dry.at(-1)).toEqual({ ...totals, created: 1, failed: 3 });
  });

  test('takes thousands of lines, and of two imports at once each user once', async () => {
    const lines = Array.from({ length: 1_000 }, (_, index) => ({
      primaryPhone: `+1202555${String(index).padStart(4, '0')}`,
    }));
    const both = await Promise.all([take(lines), take(lines)]);
    const ends = both.map((outcomes) => outcomes.at(-1));
    expect(ends[0].created + ends[1].created).toBe(1_000);
    expect(ends[0].failed + ends[1].failed).toBe(1_000);
    expect((await users.list(undefined, { limit: 1, offset: 0 })).total).toBe(1_000);
  });

  test('takes lines of JSON and nothing else', async () => {
    const reply = await post('{"id":"one"}\r\n\n  \nnot JSON\n{"id":"two"}');
    expect(reply.headers['content-type']).toBe('application/x-ndjson');
    expect(reply.body.split('\n').map((line) => line && JSON.parse(line).status)).toEqual([
      'created',
      'failed',
      'created',
      undefined,
      '',
    ]);
    expect(reply.body).toContain('A line is a user as a JSON object');
    expect(JSON.parse((await post('')).body)).toEqual(totals);
    expect((await post('{}', '?upsrt=true')).json()).toMatchObject({
      code: 'guard.invalid_input',
      data: { issues: [{ message: expect.stringContaining('did you mean "upsert"') }] },
    });
    expect((await post('a: 1', '', 'text/yaml')).json()).toMatchObject({ code: 'guard.unsupported_media_type' });
    expect((await post('{"id":"one"}', '', 'application/json')).json()).toMatchObject({
      code: 'guard.unsupported_media_type',
    });
    expect((await post(' '.repeat(10 * 1024 * 1024 + 1))).json()).toMatchObject({ code: 'guard.body_too_large' });
    const elsewhere = await app.inject({
      method: 'POST',
      url: '/api/users',
      payload: '{}',
      headers: { 'content-type': 'application/x-ndjson' },
    });
    expect(elsewhere.json()).toMatchObject({ code: 'guard.unsupported_media_type' });
  });
});
