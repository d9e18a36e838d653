import Fastify, { type FastifyContextConfig } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ConsoleServer, newConsoleServer } from '../../../../test/setup/console.ts';
import { databases } from '../../../../test/setup/stores.ts';
import { actionTexts } from '../../../console/src/audit-log/action-text.ts';
import type { AppInstance } from './app-instance.ts';
import { createAuditSubjects } from './audit-subjects.ts';
import { registerConsoleApi } from './console/api/index.ts';
import { registerManagementApi } from './management/index.ts';

const secret = 'a secret that nobody else should ever read';
const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
  usageType,
  content: '{{code}}',
}));
const twilio = { accountSID: `AC${'0'.repeat(32)}`, authToken: secret, from: '+15005550006', templates };

describe.each(databases)('the audit log on %s', (database) => {
  let server: ConsoleServer;
  let cookie: string;
  let administratorId: string;
  beforeEach(async () => {
    server = await newConsoleServer(database);
    cookie = await server.signIn();
    const session = await server.send('GET', '/api/console/session', { cookie });
    administratorId = session.json().administrator.id;
  });
  afterEach(() => server.close());

  const send = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, body?: object) => {
    const reply = await server.send(method, `/api${url}`, { cookie, ...(body && { body }) });
    if (reply.statusCode >= 300) throw new Error(`${method} ${url}: ${reply.body}`);
    return reply.body ? reply.json() : undefined;
  };
  /** Newest first. */
  const entries = async () =>
    (await send('GET', '/audit-log')) as { action: string; actor: object; subject: object; details: object }[];
  const newest = async () => (await entries())[0];

  test('says who changed what, and when', async () => {
    const { id } = await send('POST', '/connectors', { connectorId: 'twilio-short-message-service', config: twilio });
    const entry = await newest();
    expect(entry).toEqual({
      id: expect.any(String),
      at: expect.any(Number),
      actor: { type: 'administrator', id: administratorId, name: 'morgiana' },
      action: 'connector.set-up',
      subject: { type: 'connector', id },
      details: {
        fields: ['connectorId', 'config'],
        connectorId: 'twilio-short-message-service',
        name: expect.any(String),
        changes: expect.any(Array),
      },
      times: 1,
    });
    expect(Math.abs((entry as unknown as { at: number }).at - server.now())).toBeLessThan(60_000);
  });

  test('has every kind of change, in order, and never a secret', async () => {
    const { id: first } = await send('POST', '/connectors', { connectorId: 'development-inbox' });
    const { id } = await send('POST', '/connectors', { connectorId: 'twilio-short-message-service', config: twilio });
    await send('PATCH', `/connectors/${id}`, { config: twilio });
    await send('POST', `/connectors/history/${first}/restore`);
    await send('DELETE', `/connectors/history/${id}`);
    await send('POST', '/connectors/development-inbox/test', { phone: '+8613800138000' });
    await send('DELETE', `/connectors/${first}`);
    await send('PATCH', '/sign-in-exp', { verificationCodePolicy: { codeLength: 4 } });
    await send('PATCH', '/account-center', { fields: { name: 'Edit' } });
    const application = await send('POST', '/applications', { name: 'Shop', type: 'Traditional' });
    await send('PATCH', `/applications/${application.id}`, { customData: { key: secret } });
    const rotated = await send('POST', `/applications/${application.id}/secrets/rotate`);
    await send('DELETE', `/applications/${application.id}`);
    const user = await send('POST', '/users', { username: 'ali', password: secret });
    await send('PATCH', `/users/${user.id}`, { name: 'Ali' });
    await send('PATCH', `/users/${user.id}/password`, { password: `${secret}!` });
    await send('PATCH', `/users/${user.id}/is-suspended`, { isSuspended: true });
    await send('DELETE', `/users/${user.id}`);
    const colleague = await send('POST', '/console/administrators', { username: 'cassim', password: secret });
    await send('DELETE', `/console/administrators/${colleague.id}`);
    await send('POST', '/console/password', { currentPassword: 'open sesame', newPassword: 'open barley' });
    await send('POST', '/console/sign-out');
    cookie = await server.signIn({ password: 'open barley' });

    const log = await send('GET', '/audit-log?page_size=100');
    expect(log.map(({ action, subject }: { action: string; subject: { id: string } }) => [action, subject.id])).toEqual(
      [
        ['administrator.create', administratorId],
        ['administrator.sign-in', null],
        ['connector.set-up', first],
        ['connector.set-up', id],
        ['connector.update', id],
        ['connector.restore', first],
        ['connector.forget', id],
        ['connector.test', 'development-inbox'],
        ['connector.delete', first],
        ['sign-in-experience.change', 'default'],
        ['account-center.change', 'default'],
        ['application.create', application.id],
        ['application.update', application.id],
        ['application.rotate-secret', application.id],
        ['application.delete', application.id],
        ['user.create', user.id],
        ['user.update', user.id],
        ['user.set-password', user.id],
        ['user.set-suspended', user.id],
        ['user.delete', user.id],
        ['administrator.create', colleague.id],
        ['administrator.delete', colleague.id],
        ['administrator.change-password', null],
        ['administrator.sign-out', null],
        ['administrator.sign-in', null],
      ].toReversed(),
    );
    for (const value of [secret, rotated.secret, application.secret, 'open sesame', 'open barley', cookie]) {
      expect(JSON.stringify(log)).not.toContain(value);
    }
  });

  test('is searched by who and what, in any case', async () => {
    const { id } = await send('POST', '/applications', { name: 'Shop_"1"', type: 'SPA' });
    await send('POST', '/applications', { name: 'Other', type: 'SPA' });
    const found = async (search: string) =>
      (await send('GET', `/audit-log?search=${encodeURIComponent(search)}`)).map(
        ({ action }: { action: string }) => action,
      );
    for (const typed of ['sHOP_"', '\u200b shop_" \n', 'ＳＨＯＰ＿']) {
      expect(await found(typed)).toEqual(['application.create']);
    }
    const onSubject = await send('GET', `/audit-log?subjectId=${encodeURIComponent(` ${id}\n`)}`);
    expect(onSubject).toMatchObject([{ subject: { id } }]);
    expect(await found(id.slice(2, 9))).toEqual(['application.create']);
    expect(await found('Morg%')).toEqual([]);
    expect((await found('ORGIAN')).length).toBeGreaterThanOrEqual(3);
  });

  test('comes in pages', async () => {
    for (const name of ['one', 'two', 'three']) await send('POST', '/users', { name });
    const reply = await server.send('GET', '/api/audit-log?page=2&page_size=3', { cookie });
    expect(reply.headers['total-number']).toBe('5');
    expect(reply.json()).toMatchObject([{ action: 'administrator.sign-in' }, { action: 'administrator.create' }]);
  });

  test('a change that cannot be recorded is still answered as made', async () => {
    await server.services.store.db.schema.dropTable('audit_log').execute();
    expect(await send('POST', '/users', { username: 'ali' })).toMatchObject({ username: 'ali' });
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('names applications as they were called, those that delete themselves by their id', async () => {
    const headers = { authorization: `Bearer ${await server.getAccessToken()}` };
    const [{ id }] = await send('GET', '/applications');
    await server.send('POST', '/api/users', { headers, body: { username: 'ali' } });
    expect((await newest())?.actor).toEqual({ type: 'application', id, name: 'Back end' });
    await server.send('DELETE', `/api/applications/${id}`, { headers });
    expect((await newest())?.actor).toEqual({ type: 'application', id, name: id });
  });

  test('leaves out what was refused but sign-ins, what was read, and codes; unlocking is in it', async () => {
    const phone = '+8613800138000';
    await send('POST', '/verification-codes', { phone });
    for (let tries = 0; tries < 3; tries += 1) {
      await server.send('POST', '/api/verification-codes/verify', {
        cookie,
        body: { phone, verificationCode: '000000' },
      });
    }
    await server.send('POST', '/api/connectors', { cookie, body: { connectorId: 'none' } });
    await server.send('PATCH', '/api/sign-in-exp', {
      headers: { cookie: `__Host-sesame_console=${cookie}` },
      body: {},
    });
    await server.send('POST', '/api/console/sign-in', { body: { username: 'morgiana', password: 'wrong' } });
    // Nor does a wrong password go unseen where somebody is signed in already.
    for (const [path, more] of [
      ['password', { newPassword: 'open barley' }],
      ['two-step', {}],
    ] as const) {
      await server.send('POST', `/api/console/${path}`, { cookie, body: { currentPassword: 'wrong', ...more } });
    }
    expect(await newest()).toMatchObject({ action: 'administrator.fail-sign-in', times: 3 });
    await send('GET', '/connectors');
    expect((await entries()).map(({ action }) => action)).toEqual([
      'administrator.fail-sign-in',
      'administrator.sign-in',
      'administrator.create',
    ]);
    await send('POST', '/verification-codes/unlock', { phone });
    expect(await newest()).toMatchObject({ action: 'phone.unlock', subject: { type: 'phone', id: phone } });
  });
});

test('every operation that changes something is audited, but sends of codes, checks, and what does not count yet', async () => {
  const server = await newConsoleServer('SQLite');
  const app = Fastify()
    .setValidatorCompiler(validatorCompiler)
    .setSerializerCompiler(serializerCompiler) as AppInstance;
  const changes: { route: string; action: string | undefined; read: string }[] = [];
  app.addHook('onRoute', ({ method, url, config }) => {
    if (/GET|HEAD/.test(String(method))) return;
    const { audit } = (config ?? {}) as FastifyContextConfig;
    const named = [audit, ...(audit?.byEmail ? [audit.byEmail] : [])];
    for (const { action, subject = '' } of named.map((each) => ({ ...each }))) {
      changes.push({ route: `${method} ${url}`, action, read: audit?.part ? `${subject}/${audit.part}` : subject });
    }
  });
  registerManagementApi(app, server.services);
  registerConsoleApi(
    app,
    { ...server.services, settings: { publicUrl: '', apiIndicator: 'https://sesame.example/api' } },
    async () => {},
  );
  await app.ready();
  // A preview, a simulation and a look at DNS change nothing, and an authenticator app counts once it is confirmed.
  const unaudited = [
    'POST /connectors/:factoryId/deliverability',
    'POST /verification-codes',
    'POST /verification-codes/verify',
    'POST /sign-in-exp/preview',
    'POST /sign-in-exp/default/check-password',
    'POST /protection/simulations',
    'POST /users/:userId/password/verify',
    'POST /console/two-step',
  ];
  expect(changes.filter(({ action }) => action === undefined).map(({ route }) => route)).toEqual(unaudited);
  expect(changes.length).toBeGreaterThan(20);
  // What an entry is about is compared; a test message changes nothing, and a session that ends has nothing to compare.
  const subjects = createAuditSubjects(server.services);
  const uncompared = changes.filter(({ action, read }) => action !== undefined && !Object.hasOwn(subjects, read));
  expect(uncompared.map(({ action }) => action)).toEqual([
    'connector.test',
    'administrator.end-session',
    'administrator.end-other-sessions',
  ]);
  // The Console has words for each.
  expect(changes.filter(({ action }) => action !== undefined && !actionTexts[action])).toEqual([]);
  await Promise.all([app.close(), server.close()]);
});
