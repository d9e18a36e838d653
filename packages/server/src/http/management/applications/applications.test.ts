import { createHash } from 'node:crypto';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { newStore } from '../../../../../../test/setup/stores.ts';
import { createApplications } from '../../../accounts/applications.ts';
import { maxCustomBytes } from '../../../kept-json.ts';
import { platform } from '../../../platform.ts';
import { createHeld } from '../../../store/held.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';
import { handleErrors } from '../../errors.ts';
import { refuseUnknownInput } from '../../strict-input.ts';
import { registerApplications } from './index.ts';

/** What a client of Logto reads of an application. */
const applicationGuard = z.object({
  tenantId: z.string().min(1).max(21),
  id: z.string().min(1).max(21),
  name: z.string().min(1).max(256),
  secret: z.string().max(64).optional(),
  description: z.string().nullable(),
  type: z.enum(['Native', 'SPA', 'Traditional', 'MachineToMachine', 'Protected', 'SAML']),
  oidcClientMetadata: z.object({
    redirectUris: z.array(z.string()),
    postLogoutRedirectUris: z.array(z.string()),
    backchannelLogoutUri: z.url().optional(),
    backchannelLogoutSessionRequired: z.boolean().optional(),
    logoUri: z.string().optional(),
  }),
  customClientMetadata: z.object({
    corsAllowedOrigins: z.array(z.string().min(1)).optional(),
    idTokenTtl: z.number().optional(),
    refreshTokenTtl: z.number().optional(),
    refreshTokenTtlInDays: z.int().min(1).max(180).optional(),
    tenantId: z.string().optional(),
    alwaysIssueRefreshToken: z.boolean().optional(),
    rotateRefreshToken: z.boolean().optional(),
    allowTokenExchange: z.boolean().optional(),
    isDeviceFlow: z.boolean().optional(),
    maxAllowedGrants: z.int().positive().optional(),
  }),
  protectedAppMetadata: z.null(),
  customData: z.record(z.string(), z.unknown()),
  isThirdParty: z.boolean(),
  appLevelAccessControlEnabled: z.boolean(),
  createdAt: z.number(),
  isAdmin: z.boolean(),
});

describe('/api/applications', () => {
  let store: Store;
  let app: AppInstance;
  let url: string;
  beforeEach(async () => {
    store = await newStore('SQLite');
    app = Fastify().withTypeProvider<ZodTypeProvider>();
    app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
    handleErrors(app);
    refuseUnknownInput(app);
    const applications = createApplications({ store, platform, held: createHeld({ store, platform }) });
    await app.register(async (api: AppInstance) => registerApplications(api, { applications }), { prefix: '/api' });
    url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/applications`;
  });
  afterEach(async () => {
    await app.close();
    await store.close();
  });

  const send = async (method: string, path = '', body?: object) => {
    const headers: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
    const response = await fetch(`${url}${path}`, {
      method,
      headers,
      body: body === undefined ? null : JSON.stringify(body),
    });
    const text = await response.text();
    const total = response.headers.get('total-number');
    return { status: response.status, total, body: text ? JSON.parse(text) : undefined };
  };
  const create = async (fields: Record<string, unknown> = {}) =>
    (await send('POST', '', { name: 'Back end', type: 'MachineToMachine', ...fields })).body as {
      id: string;
      secret: string;
    };

  test('creates, reads, changes and deletes', async () => {
    const created = await send('POST', '', { name: ' Back end ', type: 'MachineToMachine' });
    expect(created.status).toBe(200);
    const { secret, ...application } = created.body;
    expect(application).toMatchObject({
      name: 'Back end',
      type: 'MachineToMachine',
      description: null,
      customData: {},
    });
    expect(secret).toMatch(/^[\w-]{43}$/);

    expect(await send('GET', `/${application.id}`)).toMatchObject({ status: 200, body: application });
    const changed = await send('PATCH', `/${application.id}`, { name: 'Shop' });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Shop', type: 'MachineToMachine' } });
    expect(await send('DELETE', `/${application.id}`)).toMatchObject({ status: 204, body: undefined });
    expect(await send('GET', `/${application.id}`)).toMatchObject({ status: 404, body: { code: 'entity.not_found' } });
  });

  test.each(['Shop\nBcc: x@example.com', 'Shop\u2028Bcc: x@example.com', 'Shop\0', 'Shop\u202Epohs'])(
    'the name %j, which no header of a mail may have in it, is refused',
    async (name) => {
      expect(await send('POST', '', { name, type: 'SPA' })).toMatchObject({
        status: 400,
        body: { data: { issues: [{ path: 'name', message: expect.stringContaining('on one line') }] } },
      });
    },
  );

  test('an application that comes from elsewhere keeps its id and its secret', async () => {
    const kept = { id: 'k7hq2mfz0w6n1c9p4x8bt', secret: 'the secret that it has' };
    const web = { ...kept, name: 'Shop', type: 'Traditional' };
    expect(await send('POST', '', web)).toMatchObject({ status: 200, body: kept });
    expect(await send('POST', '', { ...web, name: 'Another' })).toMatchObject({
      status: 422,
      body: { code: 'entity.id_in_use', data: { id: kept.id } },
    });
    expect((await send('GET', `/${kept.id}`)).body).toMatchObject({ name: 'Shop' });
    const ours = { id: 'sesame-account', name: 'Shop', type: 'SPA' };
    expect(await send('POST', '', ours)).toMatchObject({ status: 422, body: { code: 'entity.id_in_use' } });
    const { secret_digest } = await store.db.selectFrom('applications').selectAll().executeTakeFirstOrThrow();
    expect(secret_digest).toBe(createHash('sha256').update(kept.secret).digest('hex'));
  });

  test.each([
    ['a secret of a public client', { type: 'SPA', secret: 'the secret that it has' }, 'secret'],
    ['a short secret', { type: 'Traditional', secret: 'short' }, 'secret'],
    ['a secret of blanks', { type: 'Traditional', secret: ' '.repeat(16) }, 'secret'],
    ['an id with a blank', { type: 'SPA', id: 'a b' }, 'id'],
    ['an empty id', { type: 'SPA', id: '' }, 'id'],
  ])('refuses %s', async (_what, fields, path) => {
    const reply = await send('POST', '', { name: 'Shop', ...fields });
    expect(reply).toMatchObject({ status: 400, body: { data: { issues: [{ path }] } } });
    expect(await send('GET')).toMatchObject({ total: '0' });
  });

  test('tells a secret when it is made, and never again', async () => {
    const { id, secret } = await create();
    const rotated = await send('POST', `/${id}/secrets/rotate`);
    expect(rotated).toMatchObject({ status: 200, body: { id, secret: expect.stringMatching(/^[\w-]{43}$/) } });
    expect(rotated.body.secret).not.toBe(secret);
    const replies = [await send('GET', `/${id}`), await send('GET'), await send('PATCH', `/${id}`, { name: 'Shop' })];
    for (const { body } of replies) {
      expect(JSON.stringify(body)).toContain(id);
      expect(JSON.stringify(body)).not.toMatch(/secret|digest/i);
    }
  });

  test('lists in pages', async () => {
    for (const name of ['one', 'two', 'three']) await create({ name });
    expect(await send('GET')).toMatchObject({ status: 200, total: '3', body: { length: 3 } });
    expect(await send('GET', '?page=2&page_size=2')).toMatchObject({ total: '3', body: { length: 1 } });
  });

  test('reads as an application of Logto, in every reply', async () => {
    const asksForNothing = {
      isThirdParty: false,
      tenantId: 'default',
      customClientMetadata: { tenantId: 'default', allowTokenExchange: false, isDeviceFlow: false },
      oidcClientMetadata: { redirectUris: [], backchannelLogoutSessionRequired: false, logoUri: '' },
    };
    const created = await send('POST', '', { name: 'Web', type: 'Traditional', ...asksForNothing });
    expect(created.status).toBe(200);
    const path = `/${created.body.id}`;
    const settings = {
      corsAllowedOrigins: ['http://localhost:3000', 'https://logto.dev'],
      idTokenTtl: 5000,
      refreshTokenTtl: 6_000_000,
      refreshTokenTtlInDays: 10,
      alwaysIssueRefreshToken: true,
      rotateRefreshToken: true,
    };
    const changed = await send('PATCH', path, { customClientMetadata: settings, isAdmin: false });
    expect(changed.body.customClientMetadata).toEqual(settings);
    const replies = [created, changed, await send('GET', path), await send('POST', `${path}/secrets/rotate`)];
    for (const { body } of [...replies, ...(await send('GET')).body.map((body: unknown) => ({ body }))]) {
      applicationGuard.parse(body);
    }
    expect((await send('PATCH', path, { customClientMetadata: {} })).body.customClientMetadata).toEqual({});
  });

  test('filters as Logto does', async () => {
    for (const type of ['SPA', 'Native', 'MachineToMachine']) await create({ name: type, type });
    const names = async (query: string) => (await send('GET', query)).body.map(({ name }: { name: string }) => name);
    expect(await names('?types=SPA')).toEqual(['SPA']);
    expect(await names('?types=SPA&types=Native')).toEqual(expect.arrayContaining(['SPA', 'Native']));
    expect(await names('?isThirdParty=false')).toHaveLength(3);
    expect(await names('?isThirdParty=true')).toEqual([]);
  });

  test('changes keys of custom data and replies with all', async () => {
    const { id } = await create({ customData: { key: 'value', kept: 1 } });
    const reply = await send('PATCH', `/${id}/custom-data`, { key: 'new', test: ['foo'] });
    expect(reply).toMatchObject({ status: 200, body: { key: 'new', kept: 1, test: ['foo'] } });
    expect((await send('GET', `/${id}`)).body.customData).toEqual(reply.body);
    const half = 'x'.repeat(maxCustomBytes / 2);
    expect(await send('PATCH', `/${id}/custom-data`, { half })).toMatchObject({ status: 200 });
    const issues = [{ message: expect.stringContaining('32768 bytes') }];
    for (const [path, body] of [
      ['/custom-data', { other: half }],
      ['', { customData: { half, other: half } }],
    ] as const) {
      expect(await send('PATCH', `/${id}${path}`, body)).toMatchObject({ status: 400, body: { data: { issues } } });
    }
    expect(Object.keys((await send('GET', `/${id}`)).body.customData)).toEqual(['key', 'kept', 'test', 'half']);
  });

  test.each([
    ['idTokenTtl', 0],
    ['idTokenTtl', 1.5],
    ['idTokenTtl', '300'],
    ['refreshTokenTtl', -1],
    ['refreshTokenTtlInDays', 0],
    ['refreshTokenTtlInDays', 181],
    ['refreshTokenTtlInDays', 1.5],
    ['rotateRefreshToken', 'no'],
    ['alwaysIssueRefreshToken', 1],
    ['corsAllowedOrigins.0', ['']],
    ['corsAllowedOrigins.0', ['*']],
    ['tenantId', 'other'],
    ['allowTokenExchange', true],
    ['isDeviceFlow', true],
    ['maxAllowedGrants', 1],
    ['refreshTokenTTL', 1],
  ])('customClientMetadata: %s = %j is refused by name', async (field, value) => {
    const customClientMetadata = { [field.replace(/\.0$/, '')]: value };
    expect(await send('POST', '', { name: 'App', type: 'SPA', customClientMetadata })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [{ path: `customClientMetadata.${field}` }] } },
    });
  });

  test.each<[string, string, object | undefined, string]>([
    ['POST', '', { name: 'App', type: 'SPA', isThirdParty: true }, 'isThirdParty'],
    ['POST', '', { name: 'App', type: 'SPA', customClientMetadata: null }, 'customClientMetadata'],
    [
      'POST',
      '',
      { name: 'App', type: 'SPA', oidcClientMetadata: { backchannelLogoutUri: 'https://a.example' } },
      'oidcClientMetadata.backchannelLogoutUri',
    ],
    ['POST', '', { name: '', type: 'SPA' }, 'name'],
    ['POST', '', { name: 'App' }, 'type'],
    ['POST', '', { name: 'App', type: 'Other' }, 'type'],
    ['POST', '', { name: 'App', type: 'SPA', customData: [] }, 'customData'],
    [
      'POST',
      '',
      { name: 'App', type: 'SPA', oidcClientMetadata: { redirectUris: ['https://*.example.com'] } },
      'oidcClientMetadata.redirectUris.0',
    ],
    ['POST', '', { name: 'A\u0000', type: 'SPA' }, 'name'],
    ['POST', '', { name: 'App', type: 'SPA', description: '\u0000' }, 'description'],
    ['GET', '/%00', undefined, 'id'],
    ['GET', '?page=0', undefined, 'page'],
    ['GET', '?page_size=101', undefined, 'page_size'],
  ])('%s %s with %j is refused at %s', async (method, path, body, field) => {
    expect(await send(method, path, body)).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [{ path: field }] } },
    });
  });

  test('says which machine-to-machine applications are administrators, in every reply', async () => {
    const machine = { name: 'Reports', type: 'MachineToMachine' };
    const made = await send('POST', '', { ...machine, isAdmin: false });
    expect(made).toMatchObject({ status: 200, body: { isAdmin: false } });
    expect(await send('POST', '', machine)).toMatchObject({ status: 200, body: { isAdmin: true } });
    const path = `/${made.body.id}`;
    for (const isAdmin of [true, false]) {
      expect(await send('PATCH', path, { isAdmin })).toMatchObject({ status: 200, body: { isAdmin } });
      expect(await send('PATCH', path, { name: 'Shop' })).toMatchObject({ status: 200, body: { isAdmin } });
      const replies = [await send('GET', path), await send('POST', `${path}/secrets/rotate`)];
      const listed = (await send('GET')).body.find(({ id }: { id: string }) => id === made.body.id);
      for (const { body } of [...replies, { body: listed }]) {
        expect(applicationGuard.parse(body)).toMatchObject({ isAdmin });
      }
    }
    for (const isAdmin of [null, 'true', 1]) {
      const refusal = { status: 400, body: { data: { issues: [{ path: 'isAdmin' }] } } };
      expect(await send('POST', '', { ...machine, isAdmin })).toMatchObject(refusal);
      expect(await send('PATCH', path, { isAdmin })).toMatchObject(refusal);
    }
  });

  test.each(['SPA', 'Native', 'Traditional'])('a %s application that is to be one is refused by name', async (type) => {
    const { id } = await create({ type, isAdmin: false });
    const refusal = { status: 400, body: { code: 'guard.invalid_input', data: { issues: [{ path: 'isAdmin' }] } } };
    expect(await send('POST', '', { name: 'App', type, isAdmin: true })).toMatchObject(refusal);
    expect(await send('PATCH', `/${id}`, { isAdmin: true })).toMatchObject(refusal);
    expect(await send('PATCH', `/${id}`, { isAdmin: false })).toMatchObject({ status: 200, body: { isAdmin: false } });
  });

  test.each<[string, string, object | undefined]>([
    ['PATCH', '', {}],
    ['PATCH', '/custom-data', {}],
    ['DELETE', '', undefined],
    ['POST', '/secrets/rotate', undefined],
  ])('%s of an unknown application%s is a 404', async (method, path, body) => {
    expect(await send(method, `/unknown${path}`, body)).toMatchObject({
      status: 404,
      body: { code: 'entity.not_found' },
    });
  });
});
