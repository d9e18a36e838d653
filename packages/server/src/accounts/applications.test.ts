import { createHash } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import { type Applications, createApplications } from './applications.ts';

describe.each(databases)('applications on %s', (database) => {
  let store: Store;
  let now: number;
  let applications: Applications;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    applications = createApplications({ store, platform: { ...platform, now: () => now } });
  });
  afterEach(() => store.close());

  const storedDigest = async (id: string) =>
    (await store.db.selectFrom('applications').select('secret_digest').where('id', '=', id).executeTakeFirstOrThrow())
      .secret_digest;
  const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

  test('a created application reads back, without its secret', async () => {
    const { secret, ...created } = await applications.create({
      name: 'Back end',
      type: 'MachineToMachine',
      description: 'Sends codes',
      customData: { team: 'shop' },
    });
    expect(created).toEqual({
      id: created.id,
      name: 'Back end',
      description: 'Sends codes',
      type: 'MachineToMachine',
      oidcClientMetadata: { redirectUris: [], postLogoutRedirectUris: [] },
      customData: { team: 'shop' },
      createdAt: now,
      updatedAt: now,
    });
    expect(await applications.get(created.id)).toEqual(created);
    expect(Buffer.from(secret ?? '', 'base64url')).toHaveLength(32);
    expect(await storedDigest(created.id)).toBe(sha256(secret ?? ''));
  });

  test.each(['SPA', 'Native'] as const)('%s is public: it has no secret, and none can be made', async (type) => {
    const created = await applications.create({ name: 'App', type });
    expect(created).not.toHaveProperty('secret');
    expect(await storedDigest(created.id)).toBeNull();
    await expect(applications.rotateSecret(created.id)).rejects.toMatchObject({ code: 'guard.invalid_input' });
  });

  test('a new secret replaces the old', async () => {
    const created = await applications.create({ name: 'Web', type: 'Traditional' });
    const rotated = await applications.rotateSecret(created.id);
    expect(rotated.secret).not.toBe(created.secret);
    expect(await storedDigest(created.id)).toBe(sha256(rotated.secret));
  });

  test('lists pages, newest first', async () => {
    const created: string[] = [];
    for (const name of ['one', 'two', 'three']) {
      now += 1;
      created.unshift((await applications.create({ name, type: 'SPA' })).id);
    }
    const pages = await Promise.all([1, 2, 3].map((page) => applications.list({ page, pageSize: 2 })));
    expect(pages.map(({ total }) => total)).toEqual([3, 3, 3]);
    expect(pages.map((page) => page.applications.map(({ id }) => id))).toEqual([
      created.slice(0, 2),
      created.slice(2),
      [],
    ]);
  });

  test('an update changes what it names', async () => {
    const { id } = await applications.create({
      name: 'Web',
      type: 'SPA',
      description: 'old',
      oidcClientMetadata: { redirectUris: ['https://a.example/'], postLogoutRedirectUris: ['https://a.example/bye'] },
      customData: { one: 1 },
    });
    now += 5;
    const updated = await applications.update(id, {
      description: null,
      oidcClientMetadata: { redirectUris: ['https://b.example/'] },
      customData: { two: 2 },
    });
    expect(updated).toMatchObject({
      name: 'Web',
      description: null,
      oidcClientMetadata: { redirectUris: ['https://b.example/'], postLogoutRedirectUris: ['https://a.example/bye'] },
      customData: { two: 2 },
      updatedAt: now,
    });
    expect(await applications.get(id)).toEqual(updated);
  });

  test('updates of different lists at the same moment are both kept', async () => {
    const { id } = await applications.create({ name: 'Web', type: 'SPA' });
    await Promise.all([
      applications.update(id, { oidcClientMetadata: { redirectUris: ['https://a.example/'] } }),
      applications.update(id, { oidcClientMetadata: { postLogoutRedirectUris: ['https://a.example/bye'] } }),
    ]);
    expect((await applications.get(id)).oidcClientMetadata).toEqual({
      redirectUris: ['https://a.example/'],
      postLogoutRedirectUris: ['https://a.example/bye'],
    });
  });

  test('a redirect URI that is refused is named', async () => {
    const { id } = await applications.create({ name: 'Web', type: 'SPA' });
    const redirectUris = ['https://a.example/', 'http://b.example/'];
    await expect(applications.update(id, { oidcClientMetadata: { redirectUris } })).rejects.toMatchObject({
      code: 'guard.invalid_input',
      data: { issues: [{ in: 'body', path: 'oidcClientMetadata.redirectUris.1', message: expect.any(String) }] },
    });
  });

  test('unknown ids are not found', async () => {
    const notFound = { code: 'entity.not_found' };
    await expect(applications.get('x')).rejects.toMatchObject(notFound);
    await expect(applications.update('x', { name: 'y' })).rejects.toMatchObject(notFound);
    await expect(applications.delete('x')).rejects.toMatchObject(notFound);
    await expect(applications.rotateSecret('x')).rejects.toMatchObject(notFound);
    expect(await applications.exists('x')).toBe(false);
  });

  test('a deleted application is gone', async () => {
    const { id } = await applications.create({ name: 'Web', type: 'SPA' });
    expect(await applications.exists(id)).toBe(true);
    await applications.delete(id);
    expect(await applications.exists(id)).toBe(false);
  });

  describe('the seeded application', () => {
    const seed = { id: 'backend', secret: 'from-the-environment', name: 'Management' };

    test('is made once, however many processes start', async () => {
      await Promise.all(Array.from({ length: 5 }, () => applications.seed(seed)));
      const { applications: listed } = await applications.list({ page: 1, pageSize: 10 });
      expect(listed.map(({ id, name, type }) => ({ id, name, type }))).toEqual([
        { id: 'backend', name: 'Management', type: 'MachineToMachine' },
      ]);
      expect(await storedDigest('backend')).toBe(sha256('from-the-environment'));
    });

    test('keeps what was changed since, and is left alone while the secret is the same', async () => {
      await applications.seed(seed);
      now += 10;
      await applications.update('backend', { name: 'Shop' });
      now += 10;
      await applications.seed(seed);
      expect(await applications.get('backend')).toMatchObject({ name: 'Shop', updatedAt: now - 10 });
    });

    test('gets another secret when that changed', async () => {
      await applications.seed(seed);
      await applications.seed({ ...seed, secret: 'another' });
      expect(await storedDigest('backend')).toBe(sha256('another'));
    });

    test('refuses what could not be sent at the token endpoint', async () => {
      await expect(applications.seed({ ...seed, secret: 'пароль' })).rejects.toThrow('printable ASCII');
      await expect(applications.seed({ ...seed, id: '' })).rejects.toThrow('printable ASCII');
    });
  });
});
