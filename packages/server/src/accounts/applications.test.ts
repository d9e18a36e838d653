import { createHash } from 'node:crypto';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import { createHeld } from '../store/held.ts';
import { up as letMachinesAdminister } from '../store/migrations/0018-administering-applications.ts';
import type { Store } from '../store/store.ts';
import { type Applications, createApplications } from './applications.ts';

describe.each(databases)('applications on %s', (database) => {
  let store: Store;
  let now: number;
  let applications: Applications;
  beforeEach(async () => {
    store = await newStore(database);
    now = 1_800_000_000_000;
    const clock = { ...platform, now: () => now };
    applications = createApplications({ store, platform: clock, held: createHeld({ store, platform: clock }) });
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
      customClientMetadata: {},
      customData: { team: 'shop' },
      isAdmin: true,
      managementScopes: ['all'],
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

  test('what it says of its tokens is replaced as a whole', async () => {
    const customClientMetadata = { idTokenTtl: 300, rotateRefreshToken: false };
    const { id } = await applications.create({ name: 'Web', type: 'SPA', customClientMetadata });
    expect(await applications.update(id, { name: 'Shop' })).toMatchObject({ customClientMetadata });
    await applications.update(id, { customClientMetadata: { refreshTokenTtlInDays: 3 } });
    expect((await applications.get(id)).customClientMetadata).toEqual({ refreshTokenTtlInDays: 3 });
  });

  test('origins are kept as browsers send them, each once', async () => {
    const corsAllowedOrigins = [
      'https://App.Example.com:443/',
      ' https://app.example.com ',
      'http://localhost:3000',
      'https://münchen.example',
      'chrome-extension://abcdefgh',
    ];
    const { customClientMetadata } = await applications.create({
      name: 'Web',
      type: 'SPA',
      customClientMetadata: { corsAllowedOrigins },
    });
    expect(customClientMetadata.corsAllowedOrigins).toEqual([
      'https://app.example.com',
      'http://localhost:3000',
      'https://xn--mnchen-3ya.example',
      'chrome-extension://abcdefgh',
    ]);
  });

  test.each([
    ['*', 'Wildcards'],
    ['https://*.example.com', 'Wildcards'],
    ['null', 'Give an origin'],
    ['app.example.com', 'put https:// in front, for example https://app.example.com'],
    ['localhost:3000', 'put http:// in front'],
    ['mailto:a@example.com', 'Give an origin'],
    ['https://example.com/app', 'Leave out what follows the host: https://example.com'],
    ['https://example.com?', 'Leave out what follows'],
    ['https://a:b@example.com', 'user name'],
  ])('the origin %s is refused', async (origin, problem) => {
    const customClientMetadata = { corsAllowedOrigins: ['https://a.example', origin] };
    await expect(applications.create({ name: 'Web', type: 'SPA', customClientMetadata })).rejects.toMatchObject({
      code: 'guard.invalid_input',
      data: {
        issues: [{ path: 'customClientMetadata.corsAllowedOrigins.1', message: expect.stringContaining(problem) }],
      },
    });
  });

  test('a machine-to-machine application is an administrator unless told otherwise', async () => {
    const machine = { name: 'Reports', type: 'MachineToMachine' } as const;
    for (const given of [undefined, true, false]) {
      const { id, isAdmin } = await applications.create({ ...machine, isAdmin: given });
      expect([given, isAdmin, (await applications.mayManage(id)) !== undefined]).toEqual([
        given,
        given ?? true,
        given ?? true,
      ]);
      for (const next of [false, true]) {
        expect(await applications.update(id, { isAdmin: next })).toMatchObject({ isAdmin: next });
        expect(await applications.update(id, { name: 'Renamed' })).toMatchObject({ isAdmin: next });
        await applications.rotateSecret(id);
        expect((await applications.mayManage(id)) !== undefined).toBe(next);
      }
    }
  });

  test('those from before may call the Management API if they are machine-to-machine applications', async () => {
    const machine = await applications.create({ name: 'Back end', type: 'MachineToMachine' });
    const page = await applications.create({ name: 'Page', type: 'SPA' });
    await sql`alter table applications drop column is_admin`.execute(store.db);
    await letMachinesAdminister(store.db as unknown as Kysely<unknown>);
    expect((await applications.get(machine.id)).isAdmin).toBe(true);
    expect((await applications.get(page.id)).isAdmin).toBe(false);
  });

  test.each(['SPA', 'Native', 'Traditional'] as const)('a %s application is no administrator', async (type) => {
    const { id, isAdmin } = await applications.create({ name: 'Web', type, isAdmin: false });
    expect([isAdmin, (await applications.mayManage(id)) !== undefined]).toEqual([false, false]);
    const refusal = { code: 'guard.invalid_input', data: { issues: [{ in: 'body', path: 'isAdmin' }] } };
    await expect(applications.create({ name: 'Web', type, isAdmin: true })).rejects.toMatchObject(refusal);
    await expect(applications.update(id, { name: 'Shop', isAdmin: true })).rejects.toMatchObject(refusal);
    expect(await applications.update(id, { isAdmin: false })).toMatchObject({ name: 'Web', isAdmin: false });
  });

  test('changes of custom data at the same moment are all kept', async () => {
    const { id } = await applications.create({ name: 'Web', type: 'SPA', customData: { old: true, kept: 1 } });
    const changes = Array.from({ length: 8 }, (_, index) => ({ [`key${index}`]: index, old: false }));
    await Promise.all(changes.map((change) => applications.mergeCustomData(id, change)));
    expect((await applications.get(id)).customData).toEqual(Object.assign({ kept: 1 }, ...changes));
    await expect(applications.mergeCustomData('x', {})).rejects.toMatchObject({ code: 'entity.not_found' });
  });

  test('lists those of some types', async () => {
    for (const type of ['SPA', 'Native', 'MachineToMachine'] as const) await applications.create({ name: type, type });
    const namesOf = async (types: Parameters<typeof applications.list>[0]['types']) =>
      (await applications.list({ page: 1, pageSize: 5, types })).applications.map(({ name }) => name).toSorted();
    expect(await namesOf(['SPA', 'Native'])).toEqual(['Native', 'SPA']);
    expect(await applications.list({ page: 1, pageSize: 5, types: [] })).toEqual({ applications: [], total: 0 });
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
    expect((await applications.mayManage('x')) !== undefined).toBe(false);
  });

  test('a deleted application is gone', async () => {
    const { id } = await applications.create({ name: 'Back end', type: 'MachineToMachine' });
    expect((await applications.mayManage(id)) !== undefined).toBe(true);
    await applications.delete(id);
    expect((await applications.mayManage(id)) !== undefined).toBe(false);
    await expect(applications.get(id)).rejects.toMatchObject({ code: 'entity.not_found' });
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

    test('is an administrator again after every start', async () => {
      expect(await applications.seed(seed)).toEqual(['created']);
      expect(await applications.seed(seed)).toEqual([]);
      await applications.update('backend', { isAdmin: false });
      now += 10;
      expect(await applications.seed({ ...seed, secret: 'another' })).toEqual(['changed', 'admitted']);
      expect((await applications.mayManage('backend')) !== undefined).toBe(true);
    });

    test('refuses what could not be sent at the token endpoint', async () => {
      await expect(applications.seed({ ...seed, secret: 'пароль' })).rejects.toThrow('printable ASCII');
      await expect(applications.seed({ ...seed, id: '' })).rejects.toThrow('printable ASCII');
    });
  });
});
