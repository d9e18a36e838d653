import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, consolePublicUrl, newConsoleServer } from '../../../../../../test/setup/console.ts';
import { databases } from '../../../../../../test/setup/stores.ts';

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

describe.each(databases)('/api/resources on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
  });
  afterAll(() => server.close());

  const send = async (method: Method, path = '', body?: object) => {
    const reply = await server.send(method, `/api/resources${path}`, { cookie, ...(body && { body }) });
    const { 'total-number': total, link } = reply.headers;
    return { status: reply.statusCode, total, link, body: reply.body ? reply.json() : undefined };
  };
  const numbers = Array.from({ length: 200 }, (_, index) => index);
  const newIndicator = () => `https://api-${numbers.pop()}.example.com`;
  /** Makes something, a millisecond after what was made before: what is made in one is listed in no order. */
  const made = async (path: string, body: object) => {
    server.advance(1);
    return (await send('POST', path, body)).body as { id: string; indicator: string };
  };
  const create = (fields: object = {}) => made('', { name: 'Orders', indicator: newIndicator(), ...fields });
  const createScope = (resourceId: string, name: string, fields: object = {}) =>
    made(`/${resourceId}/scopes`, { name, ...fields });
  const notFound = { status: 404, body: { code: 'entity.not_found' } };

  test('creates, reads, changes and deletes', async () => {
    const indicator = newIndicator();
    const created = await send('POST', '', { name: ' Orders ', indicator });
    expect(created).toMatchObject({ status: 201 });
    const { scopes, ...resource } = created.body;
    expect(scopes).toEqual([]);
    expect(resource).toEqual({
      tenantId: 'default',
      id: expect.any(String),
      name: 'Orders',
      indicator,
      isDefault: false,
      accessTokenTtl: 3600,
    });
    const path = `/${resource.id}`;
    expect(await send('GET', path)).toMatchObject({ status: 200, body: resource });
    const changed = { ...resource, name: 'Shop', accessTokenTtl: 3700 };
    const change = { name: 'Shop', accessTokenTtl: 3700, indicator, tenantId: 'default' };
    expect(await send('PATCH', path, change)).toMatchObject({ status: 200, body: changed });
    expect((await send('PATCH', path, {})).body).toEqual(changed);
    expect(await send('DELETE', path)).toMatchObject({ status: 204, body: undefined });
    for (const method of ['GET', 'DELETE'] as const) expect(await send(method, path)).toMatchObject(notFound);
    expect(await send('PATCH', path, { name: 'Shop' })).toMatchObject(notFound);
    // Its name is free again.
    expect((await send('POST', '', { name: 'Orders', indicator })).status).toBe(201);
  });

  test.each<[object, string]>([
    [{ name: '' }, 'name'],
    [{ name: 'A\0' }, 'name'],
    [{ name: 'x'.repeat(257) }, 'name'],
    [{ name: undefined }, 'name'],
    [{ indicator: undefined }, 'indicator'],
    [{ indicator: '' }, 'indicator'],
    [{ indicator: 'api.example.com/v1' }, 'indicator'],
    [{ indicator: 'localhost:3000' }, 'indicator'],
    [{ indicator: 'https://api.example.com/#part' }, 'indicator'],
    [{ indicator: 'https://api.example.com/a,b' }, 'indicator'],
    [{ indicator: 'https://api.example.com/a b' }, 'indicator'],
    [{ indicator: 'https://api.example.com/ü' }, 'indicator'],
    [{ indicator: `https://api.example.com/${'x'.repeat(2048)}` }, 'indicator'],
    [{ accessTokenTtl: 0 }, 'accessTokenTtl'],
    [{ accessTokenTtl: -1 }, 'accessTokenTtl'],
    [{ accessTokenTtl: 1.5 }, 'accessTokenTtl'],
    [{ accessTokenTtl: '3600' }, 'accessTokenTtl'],
    [{ accessTokenTtl: 30 * 86_400 + 1 }, 'accessTokenTtl'],
    [{ isDefault: true }, 'isDefault'],
    [{ tenantId: 'another' }, 'tenantId'],
    [{ accessTokenTTL: 60 }, 'accessTokenTTL'],
    [{ scopes: [] }, 'scopes'],
  ])('%j is refused', async (fields, path) => {
    expect(await send('POST', '', { name: 'Orders', indicator: newIndicator(), ...fields })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [{ path }] } },
    });
  });

  test.each([
    'urn:example:orders',
    'https://api.example.com/v1/',
    'https://api.example.com/v1?tenant=1',
    'api://orders',
  ])('the indicator may be %s, as it is written', async (indicator) => {
    expect((await create({ indicator })).indicator).toBe(indicator);
  });

  test('an indicator belongs to one resource, and is not changed', async () => {
    const { id, indicator } = await create();
    const inUse = { status: 422, body: { code: 'resource.resource_identifier_in_use', data: { indicator } } };
    expect(await send('POST', '', { name: 'Other', indicator })).toMatchObject(inUse);
    const shared = newIndicator();
    const many = await Promise.all(
      Array.from({ length: 8 }, () => send('POST', '', { name: 'Orders', indicator: shared })),
    );
    expect(many.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(422)]);
    expect(await send('PATCH', `/${id}`, { indicator: newIndicator() })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [{ path: 'indicator' }] } },
    });
  });

  test('lists all with the Management API first, or a page', async () => {
    const { id } = await create();
    const { id: scopeId } = await createScope(id, 'orders:read');
    const all = await send('GET');
    expect(all).toMatchObject({ status: 200, total: undefined });
    expect(all.body[0]).toEqual({
      tenantId: 'default',
      id: 'management-api',
      name: 'Sesame Management API',
      indicator: `${consolePublicUrl}/api`,
      isDefault: false,
      accessTokenTtl: 3600,
    });
    expect(all.body.at(-1)).toMatchObject({ id });
    const page = await send('GET', '?page=2&page_size=1&includeScopes=false');
    expect(page).toMatchObject({ total: String(all.body.length), link: expect.stringContaining('rel="next"') });
    expect(page.body).toEqual([all.body[1]]);
    expect((await send('GET', '?page=1')).body).toEqual(all.body.slice(0, 20));
    const withScopes = (await send('GET', '?includeScopes=true')).body;
    expect(withScopes[0].scopes[0]).toMatchObject({ id: 'management-api-all', name: 'all', machinesOnly: true });
    expect(withScopes.at(-1)).toMatchObject({ id, scopes: [{ id: scopeId, resourceId: id, name: 'orders:read' }] });
  });

  test.each(['?page=0', '?page_size=101', '?includeScopes=perhaps', '?search=orders'])(
    '%s is refused',
    async (query) => {
      expect(await send('GET', query)).toMatchObject({ status: 400, body: { code: 'guard.invalid_input' } });
    },
  );

  test('one resource at most is the default', async () => {
    const resources = [await create(), await create(), await create()];
    const setDefault = (id: string, isDefault: boolean) => send('PATCH', `/${id}/is-default`, { isDefault });
    const defaults = async () =>
      (await send('GET')).body.filter(({ isDefault }: { isDefault: boolean }) => isDefault) as { id: string }[];
    await Promise.all(resources.map(({ id }) => setDefault(id, true)));
    expect(await defaults()).toHaveLength(1);
    const [first, second] = resources.map(({ id }) => id) as [string, string];
    expect(await setDefault(second, true)).toMatchObject({ status: 200, body: { id: second, isDefault: true } });
    expect(await setDefault(first, false)).toMatchObject({ status: 200, body: { id: first, isDefault: false } });
    expect(await defaults()).toMatchObject([{ id: second }]);
    expect((await setDefault(second, false)).body).toMatchObject({ isDefault: false });
    expect(await defaults()).toEqual([]);
    await setDefault(first, true);
    await send('DELETE', `/${first}`);
    expect(await defaults()).toEqual([]);
    expect(await setDefault('nothing', true)).toMatchObject(notFound);
  });

  test('the Management API and its scope stay as they are', async () => {
    const cannotModify = { status: 400, body: { code: 'resource.cannot_modify_management_api' } };
    const path = '/management-api';
    expect(await send('GET', path)).toMatchObject({ status: 200, body: { id: 'management-api' } });
    expect(await send('PATCH', path, { name: 'Mine' })).toMatchObject(cannotModify);
    expect(await send('PATCH', `${path}/is-default`, { isDefault: true })).toMatchObject(cannotModify);
    expect(await send('POST', `${path}/scopes`, { name: 'some' })).toMatchObject(cannotModify);
    expect(await send('PATCH', `${path}/scopes/management-api-all`, { name: 'some' })).toMatchObject(cannotModify);
    expect(await send('DELETE', `${path}/scopes/management-api-all`)).toMatchObject(cannotModify);
    expect(await send('DELETE', path)).toMatchObject({
      status: 400,
      body: { code: 'resource.cannot_delete_management_api' },
    });
    const names = (await send('GET', `${path}/scopes`)).body.map(({ name }: { name: string }) => name);
    expect(names).toEqual(['all', 'read', 'users', 'codes']);
    expect(await send('POST', '', { name: 'Mine', indicator: `${consolePublicUrl}/api` })).toMatchObject({
      status: 422,
      body: { code: 'resource.resource_identifier_in_use' },
    });
  });

  describe('scopes', () => {
    let id: string;
    let path: string;
    beforeAll(async () => {
      ({ id } = await create());
      path = `/${id}/scopes`;
    });

    test('are created, listed, changed and deleted', async () => {
      const created = await send('POST', path, { name: 'orders:read', description: '' });
      const scope = {
        tenantId: 'default',
        id: expect.any(String),
        resourceId: id,
        name: 'orders:read',
        description: null,
        machinesOnly: false,
        createdAt: expect.any(Number),
      };
      expect(created).toMatchObject({ status: 201, body: scope });
      expect(Object.keys(created.body).toSorted()).toEqual(Object.keys(scope).toSorted());
      const own = `${path}/${created.body.id}`;
      const change = { name: 'orders:list', description: 'Reads orders', machinesOnly: true };
      const changed = { ...created.body, ...change };
      expect(await send('PATCH', own, change)).toMatchObject({ status: 200, body: changed });
      expect((await send('PATCH', own, {})).body).toEqual(changed);
      expect((await send('PATCH', own, { name: 'orders:list' })).body).toEqual(changed);
      expect((await send('PATCH', own, { description: null })).body).toEqual({ ...changed, description: null });
      expect((await send('GET', path)).body).toEqual([{ ...changed, description: null }]);
      expect(await send('DELETE', own)).toMatchObject({ status: 204 });
      for (const [method, body] of [['PATCH', { name: 'x' }], ['DELETE']] as [Method, object?][]) {
        expect(await send(method, own, body)).toMatchObject(notFound);
      }
    });

    test('have a name each, at their resource', async () => {
      const { id: scopeId } = await createScope(id, 'orders:write');
      await createScope(id, 'orders:delete');
      const exists = { status: 422, body: { code: 'scope.name_exists', data: { name: 'orders:delete' } } };
      expect(await send('POST', path, { name: 'orders:delete' })).toMatchObject(exists);
      expect(await send('PATCH', `${path}/${scopeId}`, { name: 'orders:delete' })).toMatchObject(exists);
      const other = await create();
      expect((await send('POST', `/${other.id}/scopes`, { name: 'orders:delete' })).status).toBe(201);
      // The scope of another resource is none of this one.
      expect(await send('PATCH', `/${other.id}/scopes/${scopeId}`, { name: 'x' })).toMatchObject(notFound);
      expect(await send('DELETE', `/${other.id}/scopes/${scopeId}`)).toMatchObject(notFound);
      const many = await Promise.all(Array.from({ length: 8 }, () => send('POST', path, { name: 'orders:once' })));
      expect(many.map(({ status }) => status).toSorted()).toEqual([201, ...Array(7).fill(422)]);
    });

    test('none is called as one of OpenID Connect', async () => {
      const { scopes_supported: reserved } = (
        await server.send('GET', '/oidc/.well-known/openid-configuration')
      ).json();
      expect(reserved).toContain('openid');
      const { id: scopeId } = await createScope(id, `others-${numbers.pop()}`);
      for (const name of reserved) {
        const refusal = { status: 400, body: { code: 'guard.invalid_input', data: { issues: [{ path: 'name' }] } } };
        expect(await send('POST', path, { name })).toMatchObject(refusal);
        expect(await send('PATCH', `${path}/${scopeId}`, { name })).toMatchObject(refusal);
      }
    });

    test.each(['a b', 'a\tb', ' ', 'a\u00a0b'])('the name %j has a space', async (name) => {
      const { id: scopeId } = await createScope(id, `spaces-${numbers.pop()}`);
      for (const reply of [await send('POST', path, { name }), await send('PATCH', `${path}/${scopeId}`, { name })]) {
        expect(reply).toMatchObject({ status: 400, body: { code: 'scope.name_with_space' } });
      }
    });

    test.each<[object, string]>([
      [{ name: '' }, 'name'],
      [{}, 'name'],
      [{ name: 1 }, 'name'],
      [{ name: 'a"b' }, 'name'],
      [{ name: 'a\\b' }, 'name'],
      [{ name: 'a\0b' }, 'name'],
      [{ name: 'größe' }, 'name'],
      [{ name: 'x'.repeat(257) }, 'name'],
      [{ name: 'x', description: '\0' }, 'description'],
      [{ name: 'x', machinesOnly: 'yes' }, 'machinesOnly'],
      [{ name: 'x', resourceId: 'other' }, 'resourceId'],
    ])('%j is refused', async (body, field) => {
      expect(await send('POST', path, body)).toMatchObject({
        status: 400,
        body: { code: 'guard.invalid_input', data: { issues: [{ path: field }] } },
      });
    });

    test('of an unknown resource are not there', async () => {
      expect(await send('GET', '/nothing/scopes')).toMatchObject(notFound);
      expect(await send('POST', '/nothing/scopes', { name: 'x' })).toMatchObject(notFound);
      expect(await send('PATCH', '/nothing/scopes/nothing', { name: 'x' })).toMatchObject(notFound);
      expect(await send('DELETE', '/nothing/scopes/nothing')).toMatchObject(notFound);
      expect((await send('GET', '/%00/scopes')).status).toBe(404);
    });

    test('are searched, and come in pages', async () => {
      const { id: other } = await create();
      const names = ['orders:read', 'orders:write', 'invoices:read'];
      for (const name of names) await createScope(other, name, { description: `For ${name.toUpperCase()}` });
      const found = async (query: string) => {
        const { total, body } = await send('GET', `/${other}/scopes${query}`);
        return [total, body.map(({ name }: { name: string }) => name)];
      };
      expect(await found('')).toEqual(['3', names]);
      expect(await found('?page=2&page_size=2')).toEqual(['3', ['invoices:read']]);
      expect(await found('?search=READ')).toEqual(['2', ['orders:read', 'invoices:read']]);
      expect(await found('?search=orders%25write')).toEqual(['1', ['orders:write']]);
      expect(await found('?search=%25INVOICES%25')).toEqual(['1', ['invoices:read']]);
      expect(await found('?search=write%25orders:')).toEqual(['0', []]);
      expect(await found('?search=nothing')).toEqual(['0', []]);
    });

    test('go with their resource', async () => {
      const { id: other } = await create();
      await createScope(other, 'orders:read');
      await send('DELETE', `/${other}`);
      const rows = server.services.store.db.selectFrom('resource_scopes').selectAll().where('resource_id', '=', other);
      expect(await rows.execute()).toEqual([]);
    });
  });

  test('every change is in the audit log', async () => {
    const { id } = await create({ name: 'Audited', accessTokenTtl: 60 });
    const { id: scopeId } = await createScope(id, 'orders:read');
    await send('PATCH', `/${id}`, { name: 'Renamed' });
    await send('PATCH', `/${id}/is-default`, { isDefault: true });
    await send('PATCH', `/${id}/scopes/${scopeId}`, { machinesOnly: true });
    await send('DELETE', `/${id}/scopes/${scopeId}`);
    await send('DELETE', `/${id}`);
    const log = (await server.send('GET', '/api/audit-log', { cookie })).json() as object[];
    const subject = { type: 'resource', id };
    expect(log.slice(0, 7)).toMatchObject([
      { action: 'resource.delete', subject },
      { action: 'resource.delete-scope', subject },
      { action: 'resource.update-scope', subject, details: { machinesOnly: true } },
      { action: 'resource.set-default', subject, details: { isDefault: true } },
      { action: 'resource.update', subject, details: { name: 'Renamed' } },
      { action: 'resource.create-scope', subject, details: { name: 'orders:read', subjectName: 'Audited' } },
      { action: 'resource.create', subject, details: { name: 'Audited', accessTokenTtl: 60 } },
    ]);
  });

  test('viewers look, operators change', async () => {
    const { colleagues } = server.services.administrators;
    const password = 'open barley';
    for (const role of ['viewer', 'operator'] as const) await colleagues.create({ username: role, password, role });
    const as = async (username: string, method: Method, body?: object) => {
      const session = await server.signIn({ username, password });
      return (await server.send(method, '/api/resources', { cookie: session, ...(body && { body }) })).statusCode;
    };
    const body = { name: 'Orders', indicator: newIndicator() };
    expect(await as('viewer', 'GET')).toBe(200);
    expect(await as('viewer', 'POST', body)).toBe(403);
    expect(await as('operator', 'POST', body)).toBe(201);
  });
});
