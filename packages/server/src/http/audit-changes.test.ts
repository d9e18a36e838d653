import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../test/setup/console.ts';

const secret = 'a secret that nobody else should ever read';
const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
  usageType,
  content: '{{code}}',
}));
const twilio = { accountSID: `AC${'0'.repeat(32)}`, authToken: secret, from: '+15005550006', templates };

/** On one server, each test of things of its own: what an entry says does not depend on the database. */
describe('the audit log says of a change', () => {
  let server: ConsoleServer;
  let cookie: string;
  beforeAll(async () => {
    server = await newConsoleServer('SQLite');
    cookie = await server.signIn();
  });
  afterAll(() => server.close());

  const send = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) => {
    const reply = await server.send(method, `/api${url}`, { cookie, ...(body && { body }) });
    if (reply.statusCode >= 300) throw new Error(`${method} ${url}: ${reply.body}`);
    return reply.body ? reply.json() : undefined;
  };
  const newest = async () => (await send('GET', '/audit-log?page_size=1'))[0];
  const changesOf = async () => (await newest()).details.changes;

  test('which applications may call the Management API', async () => {
    const { id } = await send('POST', '/applications', { name: 'Robot', type: 'MachineToMachine', isAdmin: false });
    expect((await newest()).details).toMatchObject({ name: 'Robot', isAdmin: false });
    await send('PATCH', `/applications/${id}`, { isAdmin: true });
    expect(await newest()).toMatchObject({
      action: 'application.update',
      subject: { id },
      details: { fields: ['isAdmin'], isAdmin: true },
    });
  });

  test('what was there before and after, and of secrets only that they changed', async () => {
    const { id } = await send('POST', '/applications', { name: 'Shop', type: 'SPA', customData: { key: secret } });
    await send('PATCH', `/applications/${id}`, {
      name: 'Store',
      oidcClientMetadata: { redirectUris: ['https://shop.example/back'] },
      customData: { key: `${secret}!` },
    });
    expect(await newest()).toMatchObject({ subject: { id }, details: { name: 'Store' } });
    expect(await changesOf()).toEqual([
      { field: 'name', before: 'Shop', after: 'Store' },
      { field: 'oidcClientMetadata.redirectUris', before: [], after: ['https://shop.example/back'] },
      { field: 'customData', isSecret: true },
    ]);
    await send('DELETE', `/applications/${id}`);
    expect(await newest()).toMatchObject({ action: 'application.delete', details: { name: 'Store' } });
    expect(await changesOf()).toContainEqual({ field: 'name', before: 'Store' });

    const user = await send('POST', '/users', { username: 'ali', primaryPhone: '+8613800138000' });
    await send('PATCH', `/users/${user.id}`, { primaryPhone: '+8613800138001', customData: { key: secret } });
    expect(await changesOf()).toEqual([
      { field: 'primaryPhone', before: '+8613800138000', after: '+8613800138001' },
      { field: 'customData', isSecret: true },
    ]);
    await send('PATCH', `/users/${user.id}/is-suspended`, { isSuspended: true });
    expect(await changesOf()).toEqual([{ field: 'isSuspended', before: false, after: true }]);
    await send('PATCH', `/users/${user.id}/password`, { password: secret });
    expect(await changesOf()).toEqual([
      { field: 'hasPassword', before: false, after: true },
      { field: 'password', isSecret: true },
    ]);
    await send('PATCH', `/users/${user.id}/logto-configs`, { mfa: { skipMfaOnSignIn: true } });
    expect(await changesOf()).toEqual([{ field: 'skipMfaOnSignIn', before: false, after: true }]);
    const { backupCodes } = server.services;
    await backupCodes.set(user.id, backupCodes.digestsOf(backupCodes.generate(), user.id), {});
    await send('DELETE', `/users/${user.id}/mfa-verifications/${(await backupCodes.find(user.id))?.id}`);
    expect(await changesOf()).toEqual([{ field: 'backupCodes', before: 10, after: 0 }]);
    await send('POST', `/users/${user.id}/unlock`);
    expect(await newest()).toMatchObject({ action: 'user.unlock', details: { name: 'ali' } });
    await send('DELETE', `/users/${user.id}/sessions`);
    expect(await newest()).toMatchObject({ action: 'user.end-sessions', details: { name: 'ali' } });
    await send('PATCH', `/users/${user.id}`, { avatar: 'https://example.com/ali.png' });
    expect(await changesOf()).toEqual([{ field: 'avatar', before: null, after: 'https://example.com/ali.png' }]);
    await send('PATCH', `/users/${user.id}/profile`, { profile: { familyName: secret } });
    expect(await changesOf()).toEqual([{ field: 'profile', isSecret: true }]);

    const connector = await send('POST', '/connectors', {
      connectorId: 'twilio-short-message-service',
      config: twilio,
    });
    await send('PATCH', `/connectors/${connector.id}`, {
      config: { ...twilio, authToken: `${secret}?`, from: '+15005550007' },
    });
    expect(await changesOf()).toEqual([
      { field: 'config.from', before: '+15005550006', after: '+15005550007' },
      { field: 'authToken', isSecret: true },
    ]);
    await send('PATCH', '/sign-in-exp', { verificationCodePolicy: { codeLength: 4 } });
    expect(await changesOf()).toEqual([{ field: 'verificationCodePolicy.codeLength', before: 6, after: 4 }]);
    await send('PATCH', '/sign-in-exp', { verificationCodePolicy: { codeLength: 6 } });
    expect(await changesOf()).toEqual([{ field: 'verificationCodePolicy.codeLength', before: 4, after: 6 }]);
    const colleague = await send('POST', '/console/administrators', { username: 'cassim', password: secret });
    await send('PATCH', `/console/administrators/${colleague.id}`, { role: 'operator' });
    expect(await newest()).toMatchObject({
      subject: { id: colleague.id },
      details: { name: 'cassim', changes: [{ field: 'role', before: 'viewer', after: 'operator' }] },
    });
    expect((await server.send('GET', '/api/audit-log?page_size=100', { cookie })).body).not.toContain(secret);
  });

  test('the rights of an application before and after, and that its secret was replaced', async () => {
    const { id } = await send('POST', '/applications', { name: 'Robot', type: 'MachineToMachine' });
    expect(await changesOf()).toContainEqual({ field: 'managementScopes', after: ['all'] });
    await send('PATCH', `/applications/${id}`, { managementScopes: ['read'] });
    expect(await changesOf()).toEqual([{ field: 'managementScopes', before: ['all'], after: ['read'] }]);
    await send('PATCH', `/applications/${id}`, { isAdmin: false });
    expect(await changesOf()).toEqual([
      { field: 'isAdmin', before: true, after: false },
      { field: 'managementScopes', before: ['read'] },
    ]);
    await send('POST', `/applications/${id}/secrets/rotate`);
    expect(await changesOf()).toEqual([{ field: 'secret', isSecret: true }]);
  });

  test('what was there before and after: scopes, signing keys and locks', async () => {
    const resource = await send('POST', '/resources', { name: 'Orders', indicator: 'https://orders.example' });
    const scope = await send('POST', `/resources/${resource.id}/scopes`, { name: 'read', description: 'Read' });
    expect(await newest()).toMatchObject({ details: { subjectName: 'Orders' } });
    expect(await changesOf()).toEqual([
      { field: 'scope', after: 'read' },
      { field: 'description', after: 'Read' },
      { field: 'machinesOnly', after: false },
    ]);
    await send('PATCH', `/resources/${resource.id}/scopes/${scope.id}`, { name: 'orders:read' });
    expect(await changesOf()).toEqual([{ field: 'scope', before: 'read', after: 'orders:read' }]);
    await send('PATCH', `/resources/${resource.id}/is-default`, { isDefault: true });
    expect(await changesOf()).toEqual([{ field: 'isDefault', before: false, after: true }]);
    await send('DELETE', `/resources/${resource.id}/scopes/${scope.id}`);
    expect(await changesOf()).toContainEqual({ field: 'scope', before: 'orders:read' });

    const [{ id: former }] = await send('GET', '/configs/oidc/private-keys');
    const [{ id: current }] = await send('POST', '/configs/oidc/private-keys/rotate');
    expect(await changesOf()).toContainEqual({ field: former, before: 'Current', after: 'Previous' });
    expect(await changesOf()).toContainEqual({ field: current, after: 'Current' });
    await send('DELETE', `/configs/oidc/private-keys/${former}`);
    expect(await changesOf()).toEqual([{ field: former, before: 'Previous' }]);

    const phone = '+8613800138000';
    await send('POST', '/connectors', { connectorId: 'development-inbox' });
    await send('POST', '/verification-codes', { phone });
    await server.send('POST', '/api/verification-codes/verify', {
      cookie,
      body: { phone, verificationCode: '000000' },
    });
    await send('POST', '/verification-codes/unlock', { phone });
    expect(await changesOf()).toEqual([{ field: 'wrongCodes', before: 1, after: 0 }]);
    await send('POST', '/console/password', { currentPassword: 'open sesame', newPassword: 'open barley' });
    expect(await changesOf()).toEqual([{ field: 'password', isSecret: true }]);
    await send('DELETE', '/development-inbox');
    expect(await changesOf()).toEqual([{ field: 'messages', before: 1, after: 0 }]);
    await send('POST', '/console/sign-out');
    cookie = await server.signIn({ password: 'open barley' });
    expect((await newest()).details).toEqual({ fields: ['username', 'password'], username: 'morgiana' });
  });

  test('field by field what was set up, and of long lists what differs', async () => {
    const long = templates.map(({ usageType }) => ({ usageType, content: `{{code}} ${'so it goes '.repeat(18)}` }));
    const config = { ...twilio, templates: long };
    const { id } = await send('POST', '/connectors', { connectorId: 'twilio-short-message-service', config });
    expect(await changesOf()).toEqual(
      expect.arrayContaining([
        { field: 'config.accountSID', after: twilio.accountSID },
        { field: 'config.templates', after: [...long.slice(0, 2), '…'] },
        { field: 'authToken', isSecret: true },
      ]),
    );
    const changed = [...long.slice(0, 3), { usageType: 'Generic', content: 'Your code: {{code}}' }];
    await send('PATCH', `/connectors/${id}`, { config: { ...config, templates: changed } });
    expect(await changesOf()).toEqual([{ field: 'config.templates', before: long.slice(3), after: changed.slice(3) }]);
  });

  test('what differs, of long texts', async () => {
    const long = `a { color: red }\n${'/* so it goes */\n'.repeat(60)}`;
    await send('PATCH', '/sign-in-exp', { customCss: `${long}b { color: red }` });
    await send('PATCH', '/sign-in-exp', { customCss: `${long}b { color: blue }` });
    const [{ field, before, after }] = await changesOf();
    expect(field).toBe('customCss');
    expect(before).toMatch(/^….*b \{ color: red \}$/s);
    expect(after).toMatch(/^….*b \{ color: blue \}$/s);
  });
});
