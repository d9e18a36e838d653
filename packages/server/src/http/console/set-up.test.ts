import cookie from '@fastify/cookie';
import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newDevices, strangerFrom } from '../../../../../test/setup/clients.ts';
import { platform } from '../../../../../test/setup/platform.ts';
import { newStore } from '../../../../../test/setup/stores.ts';
import { createPasswords } from '../../accounts/passwords.ts';
import { type Administrators, createAdministrators } from '../../admin/administrators.ts';
import { createAuditLog } from '../../admin/audit-log.ts';
import { deriveSecretKeys } from '../../secrets/secret-keys.ts';
import type { Store } from '../../store/store.ts';
import type { AppInstance } from '../app-instance.ts';
import { tellClients } from '../client.ts';
import { handleErrors } from '../errors.ts';
import { setUp } from './set-up.ts';

const filledIn = { username: 'morgiana', password: 'open sesame', repeated: 'open sesame' };

describe('the set-up page', () => {
  let store: Store;
  let app: AppInstance;
  let administrators: Administrators;
  let token: string;
  let created: object[];
  let create: () => Promise<{ id: string; secret: string }>;
  beforeEach(async () => {
    store = await newStore('SQLite');
    const auditLog = createAuditLog({ store, platform });
    const publicUrl = 'https://sign-in.example.com';
    const secretKeys = deriveSecretKeys('a secret key of the tests, long enough to be one');
    const passwords = createPasswords(platform);
    const devices = newDevices(store);
    administrators = createAdministrators({ store, platform, passwords, devices, secretKeys, auditLog, publicUrl });
    token = (await administrators.createSetupLink()) ?? '';
    created = [];
    create = async () => ({ id: 'client-1', secret: 'the-secret' });
    app = Fastify().setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler) as AppInstance;
    handleErrors(app);
    tellClients(app, { devices, isTrusted: () => false, settings: { publicUrl } });
    await app.register(cookie, { hook: false });
    const applications = {
      create: (application: object) => {
        created.push(application);
        return create();
      },
    };
    const settings = { publicUrl, apiIndicator: 'https://sign-in.example.com/api' };
    setUp(app, { administrators, applications, auditLog, devices, platform, settings });
  });
  afterEach(async () => {
    await app.close();
    await store.close();
  });

  const open = (query = `token=${token}`) => app.inject({ url: `/console/set-up?${query}` });
  const post = (form: Record<string, string>) =>
    app.inject({
      method: 'POST',
      url: '/console/set-up',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: new URLSearchParams({ token, ...form }).toString(),
    });
  const signIn = () => administrators.signIn({ ...filledIn, client: strangerFrom('192.0.2.1') });

  test('shows a form without script or inline style, kept by nobody', async () => {
    const { statusCode, headers, body } = await open();
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': expect.stringMatching(/^default-src 'none'; script-src 'self'; style-src 'self';/),
    });
    expect(body).toContain('<form method="post" action="/console/set-up" novalidate>');
    expect(body).toContain(`name="token" value="${token}"`);
    expect(body).not.toMatch(/<script|<style| style=| on[a-z]+=|undefined|\[object/);
  });

  test('has its stylesheet', async () => {
    const { statusCode, headers, body } = await app.inject({ url: '/console/set-up.css' });
    expect([statusCode, headers['content-type']]).toEqual([200, 'text/css; charset=utf-8']);
    expect(body).toContain(':focus-visible');
  });

  test('makes the administrator and says what to do next', async () => {
    const { statusCode, headers, body } = await post(filledIn);
    expect(statusCode).toBe(200);
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain('Sesame is set up');
    expect(body).toContain('<a href="/console">Console</a>, where you are signed in already');
    expect(body).toContain('create an application for it');
    expect(body).not.toContain(filledIn.password);
    expect(created).toEqual([]);
    expect(await signIn()).toMatchObject({ outcome: 'signed-in' });
  });

  test('signs the administrator in to the Console at once', async () => {
    const { cookies } = await post(filledIn);
    const session = cookies.find(({ name }) => name === '__Host-sesame_console');
    expect(session).toMatchObject({
      httpOnly: true,
      sameSite: 'Strict',
      secure: true,
      path: '/',
      maxAge: expect.closeTo(12 * 60 * 60, -1),
    });
    const found = await administrators.authenticateSession(session?.value ?? '');
    expect(found?.administrator).toMatchObject({ username: 'morgiana', role: 'owner' });
    expect(cookies.map(({ name }) => name)).toContain('__Host-sesame_device');
  });

  test('marks every field that is wrong, and the first has the focus', async () => {
    const { statusCode, body } = await post({ username: 'no spaces', password: 'short', repeated: 'other' });
    expect(statusCode).toBe(422);
    const marked = [...body.matchAll(/<input id="(\w+)"[^>]* aria-invalid="true"( autofocus)?>/g)];
    expect(marked.map(([, id, hasFocus]) => [id, hasFocus !== undefined])).toEqual([
      ['username', true],
      ['password', false],
      ['repeated', false],
    ]);
    expect(body).toContain('Use at least 8 characters.');
  });

  test('explains a link that was used, replaced or never was one', async () => {
    const wrong = ['', 'token=', 'token=never', `token=${token}x`, `token=${token}&token=${token}`, 'token=%00'];
    for (const query of wrong) {
      const reply = await open(query);
      expect([query, reply.statusCode]).toEqual([query, 410]);
      expect(reply.body).toContain('This link does not work');
    }
    await post(filledIn);
    expect((await open()).statusCode).toBe(410);
    const again = await post({ ...filledIn, username: 'second' });
    expect(again.statusCode).toBe(410);
    expect(again.body).not.toContain('Sesame is set up');
  });

  test.each([
    ['username', { username: '<b>"mo\'rgiana</b>' }, 'Use up to 128 letters'],
    ['password', { password: 'password', repeated: 'password' }, 'one of the most common'],
    ['repeated', { repeated: 'open barley' }, 'not the same'],
  ])('says at the field what is wrong with the %s, and keeps what was typed', async (field, wrong, message) => {
    const form = { ...filledIn, ...wrong, credentials: 'yes' };
    const { statusCode, body } = await post(form);
    expect(statusCode).toBe(422);
    expect(body).toMatch(new RegExp(`<p class="problem" id="${field}-problem">[^<]*${message}`));
    expect(body).toMatch(new RegExp(`<input id="${field}"[^>]* aria-invalid="true" autofocus>`));
    expect(body.match(/aria-invalid/g)).toHaveLength(1);
    const username = form.username.replace(/[<>"']/g, (c) => `&${{ '<': 'lt', '>': 'gt', '"': 'quot' }[c] ?? '#39'};`);
    expect(body).toContain(` value="${username}"`);
    expect(body).toContain(' checked>');
    expect(body).not.toContain('<b>');
    expect(body).not.toMatch(/<input id="(password|repeated)"[^>]* value=/);
    expect(created).toEqual([]);
    expect((await post(filledIn)).statusCode).toBe(200);
  });

  test.each([
    ['en', 'Fill this in.'],
    ['zh-CN', '请填写此项。'],
  ])('says of every empty field at once that it is, in %s', async (language, message) => {
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/console/set-up',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'accept-language': language },
      payload: new URLSearchParams({ token }).toString(),
    });
    expect(statusCode).toBe(422);
    const problems = [...body.matchAll(/<p class="problem" id="(\w+)-problem">([^<]*)</g)];
    expect(problems.map(([, field, text]) => [field, text])).toEqual(
      ['username', 'password', 'repeated'].map((field) => [field, message]),
    );
  });

  test('makes API credentials when asked to, and shows them with a way to use them', async () => {
    const { body } = await post({ ...filledIn, credentials: 'yes' });
    expect(created).toEqual([{ name: 'Management API', type: 'MachineToMachine' }]);
    expect(body).toContain('<dd><code id="client-id">client-1</code>');
    expect(body).toContain('<dd><code id="client-secret">the-secret</code>');
    const buttons = [...body.matchAll(/<button type="button" class="copy" hidden data-of="([\w-]+)"[^>]*>([^<]+)</g)];
    expect(buttons.map(([, of, name]) => [of, name])).toEqual([
      ['client-id', 'Copy client id'],
      ['client-secret', 'Copy client secret'],
      ['get-token', 'Copy command'],
      ['call-api', 'Copy command'],
    ]);
    expect(body).toContain('<script src="/console/set-up.js" defer></script>');
    expect((await app.inject('/console/set-up.js')).headers['content-type']).toBe('text/javascript; charset=utf-8');
    expect(body).toContain('curl &#39;https://sign-in.example.com/oidc/token&#39;');
    expect(body).toContain('resource=https://sign-in.example.com/api');
  });

  test('says in the audit log what the link made, without secrets', async () => {
    await post({ ...filledIn, credentials: 'yes' });
    const { entries } = await createAuditLog({ store, platform }).list({ limit: 10, offset: 0 });
    const actor = { type: 'server', id: 'set-up-link', name: 'set-up-link' };
    // Entries of one moment have no order.
    expect(entries.toSorted((one, other) => (one.action < other.action ? -1 : 1))).toMatchObject([
      { actor, action: 'administrator.create', details: { username: 'morgiana', role: 'owner' } },
      { actor: { type: 'administrator', name: 'morgiana' }, action: 'administrator.sign-in' },
      { actor, action: 'application.create', subject: { id: 'client-1' }, details: { name: 'Management API' } },
    ]);
    expect(JSON.stringify(entries)).not.toMatch(/the-secret|open sesame/);
  });

  test('makes the administrator even if the credentials cannot be made, and says so', async () => {
    create = () => Promise.reject(new Error('disk full'));
    const { statusCode, body } = await post({ ...filledIn, credentials: 'yes' });
    expect(statusCode).toBe(200);
    expect(body).toContain('The API credentials could not be created');
    expect(body).not.toContain('disk full');
    expect(await signIn()).toMatchObject({ outcome: 'signed-in' });
  });

  test('of two who send the form at once, one becomes administrator and gets credentials', async () => {
    const replies = await Promise.all(
      ['first', 'second'].map((username) => post({ ...filledIn, username, credentials: 'yes' })),
    );
    expect(replies.map(({ statusCode }) => statusCode).sort()).toEqual([200, 410]);
    expect(created).toHaveLength(1);
  });

  test('takes no form without its fields for anything', async () => {
    const { statusCode, body } = await app.inject({
      method: 'POST',
      url: '/console/set-up',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      payload: '',
    });
    expect(statusCode).toBe(410);
    expect(body).toContain('This link does not work');
  });
});
