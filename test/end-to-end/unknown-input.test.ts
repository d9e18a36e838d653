import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newServer, type TestServer } from '../setup/server.ts';

type Operation = { parameters?: unknown; requestBody?: { content?: Record<string, { schema: Schema }> } };
type Schema = { [key: string]: unknown; type?: string; properties?: Record<string, Schema> };

let server: TestServer;
beforeAll(async () => {
  server = await newServer('SQLite');
});
afterAll(() => server.close());

const issuesOf = async (method: 'GET' | 'POST' | 'PATCH' | 'PUT', path: string, body?: unknown) => {
  const reply = await server.management.request(method, `/api${path}`, {
    ...(body !== undefined && { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
  });
  return { status: reply.status, code: reply.body?.code, issues: reply.body?.data?.issues };
};
const refused = (place: string, path: string, message: string) => ({
  status: 400,
  code: 'guard.invalid_input',
  issues: [{ in: place, path, message }],
});

describe('what an operation does not have is refused by name', () => {
  test.each<['POST' | 'PATCH', string, object, string, string]>([
    [
      'PATCH',
      '/sign-in-exp',
      { messageRateLimitPolicy: { maxSendsPerAddres: 5 } },
      'messageRateLimitPolicy.maxSendsPerAddres',
      'There is no "maxSendsPerAddres" here; did you mean "maxSendsPerAddress"?',
    ],
    [
      'PATCH',
      '/sign-in-exp',
      {
        signIn: {
          methods: [{ identifier: 'phone', password: true, verificationCode: true, isPasswordPrimary: false, x: 1 }],
        },
      },
      'signIn.methods.0.x',
      'There is no "x" here; there are identifier, password, verificationCode, isPasswordPrimary.',
    ],
    [
      'POST',
      '/verification-codes',
      { phone: '+8613800138000', local: 'en' },
      'local',
      'There is no "local" here; did you mean "locale"?',
    ],
    [
      'POST',
      '/applications',
      { name: 'a', type: 'SPA', descripton: '' },
      'descripton',
      'There is no "descripton" here; did you mean "description"?',
    ],
    [
      'PATCH',
      '/account-center',
      { fields: { usernme: 'Edit' } },
      'fields.usernme',
      'There is no "usernme" here; did you mean "username"?',
    ],
    [
      'POST',
      '/connectors',
      { connectorId: 'x', confg: {} },
      'confg',
      'There is no "confg" here; did you mean "config"?',
    ],
  ])('%s %s', async (method, path, body, field, message) => {
    expect(await issuesOf(method, path, body)).toEqual(refused('body', field, message));
  });

  test('several at once, each', async () => {
    const { issues } = await issuesOf('PATCH', '/sign-in-exp', { signUpp: {}, other: 1 });
    expect(issues.map(({ path }: { path: string }) => path)).toEqual(['signUpp', 'other']);
  });

  test('but not the query of a probe, nor the type of a body that is not there', async () => {
    expect(await issuesOf('GET', '/status?_=1')).toMatchObject({ status: 204 });
    const headers = { 'content-type': 'application/json' };
    const { body } = await server.management.post('/applications', { name: 'Shop', type: 'MachineToMachine' });
    const path = `/api/applications/${body.id}`;
    expect(await server.management.request('POST', `${path}/secrets/rotate`, { headers })).toMatchObject({
      status: 200,
    });
    expect(await server.management.request('DELETE', path, { headers })).toMatchObject({ status: 204 });
    expect(await issuesOf('POST', '/applications', undefined)).toMatchObject({ code: 'guard.invalid_input' });
    expect(await server.management.request('POST', '/api/applications', { headers, body: '' })).toMatchObject({
      status: 400,
      body: { code: 'guard.invalid_input', data: { issues: [{ in: 'body' }] } },
    });
  });

  test('query parameters, also where an operation has none', async () => {
    expect(await issuesOf('GET', '/messages?pagesize=5')).toEqual(
      refused('querystring', 'pagesize', 'There is no "pagesize" here; did you mean "page_size"?'),
    );
    expect(await issuesOf('GET', '/sign-in-exp?locale=en')).toEqual(
      refused('querystring', 'locale', 'Nothing is taken here, so "locale" is not.'),
    );
  });

  test('a body where an operation takes none', async () => {
    const application = await server.management.post('/applications', { name: 'secretive', type: 'Traditional' });
    const path = `/applications/${application.body.id}/secrets/rotate`;
    expect(await issuesOf('POST', path, { soon: true })).toEqual(
      refused('body', 'soon', 'Nothing is taken here, so "soon" is not.'),
    );
    expect(await issuesOf('POST', path, {})).toMatchObject({ status: 200 });
  });
});

describe('a field of Logto’s that is not here', () => {
  test.each<[string, object]>([
    ['/applications', { name: 'a', type: 'SPA', customClientMetadata: {}, isThirdParty: false, tenantId: 'default' }],
    ['/applications', { name: 'a', type: 'SPA', protectedAppMetadata: null }],
  ])('is taken where it asks for nothing: POST %s %j', async (path, body) => {
    expect(await issuesOf('POST', path, body)).toMatchObject({ status: 200 });
  });

  test('is taken where it has Logto’s default', async () => {
    const change = {
      agreeToTermsPolicy: 'Automatic',
      mfa: { policy: 'UserControlled', factors: [] },
      adaptiveMfa: { enabled: false },
      socialSignInConnectorTargets: [],
      singleSignOnEnabled: false,
      customCss: null,
    };
    expect(await issuesOf('PATCH', '/sign-in-exp', change)).toMatchObject({ status: 200 });
    // Replies have what Logto's schema requires, as it is where nothing is asked for.
    const { body } = await server.management.get('/sign-in-exp');
    expect(body).toMatchObject({ ...change, adaptiveMfa: {} });
  });

  test.each(['/sign-in-exp', '/account-center'])('is taken as a reply of %s has it', async (path) => {
    const { body } = await server.management.get(path);
    expect(await issuesOf('PATCH', path, { tenantId: 'default', ...body })).toMatchObject({ status: 200 });
  });

  test.each<['POST' | 'PATCH', string, object, string]>([
    ['POST', '/applications', { name: 'a', type: 'SPA', isThirdParty: true }, 'isThirdParty'],
    ['POST', '/applications', { name: 'a', type: 'SPA', tenantId: 'other' }, 'tenantId'],
    ['PATCH', '/sign-in-exp', { mfa: { policy: 'Mandatory', factors: ['WebAuthn'] } }, 'mfa.factors.0'],
    ['PATCH', '/sign-in-exp', { socialSignInConnectorTargets: ['google'] }, 'socialSignInConnectorTargets'],
    ['POST', '/connectors', { connectorId: 'development-inbox', syncProfile: true }, 'syncProfile'],
  ])('is refused by name where it asks for something: %s %s', async (method, path, body, field) => {
    expect(await issuesOf(method, path, body)).toMatchObject({
      status: 400,
      code: 'guard.invalid_input',
      issues: [{ path: field, message: expect.stringContaining('Sesame does not have this.') }],
    });
  });
});

test('the OpenAPI document says of every body that it takes nothing else', async () => {
  const { body } = await server.management.get('/swagger.json');
  const open: string[] = [];
  const look = (where: string, schema: Schema) => {
    if (schema.properties && schema.additionalProperties === undefined) open.push(where);
    for (const [key, inner] of Object.entries(schema.properties ?? {})) look(`${where}.${key}`, inner);
    for (const key of ['anyOf', 'oneOf', 'allOf'] as const)
      for (const one of (schema[key] as Schema[]) ?? []) look(where, one);
    if (schema.items) look(`${where}[]`, schema.items as Schema);
  };
  let bodies = 0;
  for (const [path, operations] of Object.entries(body.paths as Record<string, Record<string, Operation>>)) {
    for (const [method, { requestBody }] of Object.entries(operations)) {
      const schema = requestBody?.content?.['application/json']?.schema;
      if (!schema) continue;
      bodies += 1;
      look(`${method} ${path}`, schema);
    }
  }
  expect(open).toEqual([]);
  expect(bodies).toBeGreaterThan(30);
});
