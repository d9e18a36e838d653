import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../test/setup/console.ts';

let server: ConsoleServer;
let cookie: string;
/** An application of each kind, a resource and a user that are there already. */
const ids: Record<string, string> = {};

beforeAll(async () => {
  server = await newConsoleServer('SQLite');
  cookie = await server.signIn();
  const make = async (url: string, body: object) =>
    (await server.send('POST', `/api${url}`, { cookie, body })).json().id as string;
  ids.user = await make('/users', { username: 'ali', primaryPhone: '+8613800138000', primaryEmail: 'ali@example.com' });
  ids.other = await make('/users', { username: 'cassim' });
  ids.spa = await make('/applications', { name: 'Shop', type: 'SPA' });
  ids.resource = await make('/resources', { name: 'Orders', indicator: 'https://orders.example.com' });
  ids.scope = await make(`/resources/${ids.resource}/scopes`, { name: 'read' });
});
afterAll(() => server.close());

type Issue = { path: string; code?: string; message: string };

async function refuse(method: 'POST' | 'PATCH', url: string, body: object) {
  const path = url.replace(/:(\w+)/g, (_, name: string) => ids[name] ?? '');
  const reply = await server.send(method, `/api${path}`, { cookie, body });
  const { code, data } = reply.json() as { code: string; data: { issues: Issue[] } };
  return { status: reply.statusCode, code, issues: data.issues };
}

const uris = (...redirectUris: string[]) => ({ oidcClientMetadata: { redirectUris, postLogoutRedirectUris: ['no'] } });
const redirects = 'oidcClientMetadata.redirectUris';
const twilio = { accountSID: 'x', authToken: '', fromMessagingServiceSID: 'x', templates: [], other: 1 };

describe('everything that is wrong with a body is told at once', () => {
  test.each<['POST' | 'PATCH', string, object, string, string[]]>([
    [
      'POST',
      '/users',
      {
        username: '1',
        primaryPhone: '12',
        primaryEmail: 'a',
        name: '\n',
        password: 'short',
        customData: 'x',
        avatar: 'x',
      },
      'guard.invalid_input',
      ['avatar', 'customData', 'name', 'password', 'primaryEmail', 'primaryPhone', 'username'],
    ],
    [
      'PATCH',
      '/users/:user',
      { username: 'cassim', primaryPhone: '+18005550199', primaryEmail: 'a', customData: [], profile: { gender: 1 } },
      'guard.invalid_input',
      ['customData', 'primaryEmail', 'primaryPhone', 'profile.gender', 'username'],
    ],
    [
      'PATCH',
      '/users/:other',
      { username: 'ali', primaryPhone: '8613800138000', primaryEmail: 'ALI@example.com' },
      'user.email_already_in_use',
      ['primaryEmail', 'primaryPhone', 'username'],
    ],
    [
      'POST',
      '/users',
      { username: 'ali', password: 'short', passwordDigest: 'x' },
      'user.password_and_digest',
      ['password', 'passwordDigest', 'username'],
    ],
    [
      'POST',
      '/applications',
      { name: ' ', type: 'SPA', isAdmin: true, secret: 'x'.repeat(20), id: ':', ...uris('http://a.example', 'x', 'b') },
      'guard.invalid_input',
      [
        'id',
        'isAdmin',
        'name',
        'oidcClientMetadata.postLogoutRedirectUris.0',
        ...[`${redirects}.0`, `${redirects}.1`, `${redirects}.2`],
        'secret',
      ],
    ],
    [
      'PATCH',
      '/applications/:spa',
      {
        description: 'x'.repeat(1025),
        ...uris('shop:/callback'),
        customClientMetadata: { idTokenTtl: 0, corsAllowedOrigins: ['*'] },
      },
      'guard.invalid_input',
      [
        'customClientMetadata.corsAllowedOrigins.0',
        'customClientMetadata.idTokenTtl',
        'description',
        'oidcClientMetadata.postLogoutRedirectUris.0',
        `${redirects}.0`,
      ],
    ],
    // Whatever the kind of the application is to be.
    [
      'POST',
      '/applications',
      { name: '', oidcClientMetadata: { redirectUris: ['x#y'] } },
      'guard.invalid_input',
      ['name', 'type', `${redirects}.0`],
    ],
    [
      'POST',
      '/resources',
      { name: '', indicator: 'https://orders.example.com', accessTokenTtl: 0 },
      'guard.invalid_input',
      ['accessTokenTtl', 'indicator', 'name'],
    ],
    [
      'PATCH',
      '/resources/:resource',
      { name: '', indicator: 'https://other.example.com' },
      'guard.invalid_input',
      ['indicator', 'name'],
    ],
    [
      'POST',
      '/resources/:resource/scopes',
      { name: 'read', description: 'x'.repeat(1025) },
      'guard.invalid_input',
      ['description', 'name'],
    ],
    [
      'PATCH',
      '/resources/:resource/scopes/:scope',
      { name: 'a b', machinesOnly: 1 },
      'guard.invalid_input',
      ['machinesOnly', 'name'],
    ],
    [
      'PATCH',
      '/sign-in-exp',
      {
        branding: { logoUrl: 'x' },
        termsOfUseUrl: 'x',
        supportEmail: 'x',
        supportWebsiteUrl: 'x',
        customCss: '@import url(x); a { b',
        signUp: { identifiers: ['phone'], verify: false },
        verificationCodePolicy: { codeLength: 9 },
      },
      'guard.invalid_input',
      [
        'branding.logoUrl',
        'customCss',
        'signUp',
        'supportEmail',
        'supportWebsiteUrl',
        'termsOfUseUrl',
        'verificationCodePolicy.codeLength',
      ],
    ],
    [
      'POST',
      '/sign-in-exp/preview',
      { page: 'x', change: { supportEmail: 'x', customCss: '}' } },
      'guard.invalid_input',
      ['change.supportEmail', 'customCss', 'page'],
    ],
    [
      'PATCH',
      '/account-center',
      { enabled: 1, fields: { name: 'x', phone: 'y' }, customCss: 'a' },
      'guard.invalid_input',
      ['customCss', 'enabled', 'fields.name', 'fields.phone'],
    ],
    [
      'POST',
      '/connectors',
      { connectorId: 'twilio-short-message-service', id: 'history', config: twilio },
      'guard.invalid_input',
      ['accountSID', 'authToken', 'fromMessagingServiceSID', 'id', 'other'],
    ],
    [
      'POST',
      '/connectors/twilio-short-message-service/test',
      { phone: 'x', usageType: '', config: twilio },
      'guard.invalid_input',
      ['accountSID', 'authToken', 'fromMessagingServiceSID', 'other', 'phone', 'usageType'],
    ],
    [
      'POST',
      '/console/administrators',
      { username: 'a b', password: 'short', role: 'king' },
      'guard.invalid_input',
      ['password', 'role', 'username'],
    ],
    [
      'POST',
      '/console/administrators',
      { username: 'morgiana', password: 'short' },
      'user.username_already_in_use',
      ['password', 'username'],
    ],
  ])('%s %s %#', async (method, url, body, code, expected) => {
    const { issues, ...refusal } = await refuse(method, url, body);
    const paths = [...new Set(issues.map(({ path }) => path))].toSorted();
    expect(paths.filter((path) => !path.startsWith('templates'))).toEqual(expected.toSorted());
    expect(refusal.code).toBe(code);
    expect(refusal.status).toBe(code.endsWith('_already_in_use') ? 422 : 400);
    for (const { message } of issues) expect(message).toMatch(/\S/);
  });

  test('a refusal with a code of its own has it at its field, and passwords the rules that they break', async () => {
    const body = { username: 'ali', primaryPhone: '+18005550199', primaryEmail: 'a', password: 'short' };
    const { code, issues } = await refuse('POST', '/users', body);
    expect(code).toBe('phone.cannot_receive_sms');
    expect(issues).toEqual([
      { in: 'body', path: 'primaryPhone', message: 'No SMS reaches this kind of number.' },
      expect.objectContaining({ path: 'primaryEmail', code: 'guard.invalid_input' }),
      expect.objectContaining({ path: 'username', code: 'user.username_already_in_use' }),
      {
        in: 'body',
        path: 'password',
        message: 'Use at least 8 characters.',
        code: 'password.rejected',
        rules: [{ code: 'password_rejected.too_short', interpolation: { min: 8 } }],
      },
    ]);
  });

  test('one that is refused alone is refused as ever', async () => {
    const only = await server.send('POST', '/api/users', { cookie, body: { password: 'short' } });
    expect(only.json()).toMatchObject({ code: 'password.rejected', data: [{ code: 'password_rejected.too_short' }] });
    expect(await refuse('POST', '/users', { primaryPhone: '12' })).toMatchObject({
      code: 'guard.invalid_input',
      issues: [{ in: 'body', path: 'primaryPhone' }],
    });
    expect(await refuse('POST', '/users', { username: 'ali' })).toMatchObject({
      code: 'user.username_already_in_use',
      issues: [{ path: 'username' }],
    });
  });

  test('nothing is written, and who may not ask learns nothing of the rest', async () => {
    const list = async () => (await server.send('GET', '/api/users', { cookie })).headers['total-number'];
    const before = await list();
    await refuse('POST', '/users', { username: 'new', customData: 7 });
    expect(await list()).toBe(before);
    const reply = await server.send('POST', '/api/users', { body: { username: 'ali', customData: 7 } });
    expect([reply.statusCode, reply.json().data]).toEqual([401, undefined]);
  });
});
