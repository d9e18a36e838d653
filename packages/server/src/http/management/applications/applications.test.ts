import Fastify from 'fastify';
import { serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { newStore } from '../../../../../../test/setup/stores.ts';
import { createApplications } from '../../../accounts/applications.ts';
import { platform } from '../../../platform.ts';
import type { Store } from '../../../store/store.ts';
import type { AppInstance } from '../../app-instance.ts';
import { handleErrors } from '../../errors.ts';
import { registerApplications } from './index.ts';

describe('/api/applications', () => {
  let store: Store;
  let app: AppInstance;
  let url: string;
  beforeEach(async () => {
    store = await newStore('SQLite');
    app = Fastify().withTypeProvider<ZodTypeProvider>();
    app.setValidatorCompiler(validatorCompiler).setSerializerCompiler(serializerCompiler);
    handleErrors(app);
    const applications = createApplications({ store, platform });
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
    const created = await send('POST', '', { name: ' Back end ', type: 'MachineToMachine', unknown: 1 });
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
    const changed = await send('PATCH', `/${application.id}`, { name: 'Shop', type: 'SPA' });
    expect(changed).toMatchObject({ status: 200, body: { name: 'Shop', type: 'MachineToMachine' } });
    expect(await send('DELETE', `/${application.id}`)).toMatchObject({ status: 204, body: undefined });
    expect(await send('GET', `/${application.id}`)).toMatchObject({ status: 404, body: { code: 'entity.not_found' } });
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

  test.each<[string, string, object | undefined, string]>([
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

  test.each<[string, string, object | undefined]>([
    ['PATCH', '', {}],
    ['DELETE', '', undefined],
    ['POST', '/secrets/rotate', undefined],
  ])('%s of an unknown application%s is a 404', async (method, path, body) => {
    expect(await send(method, `/unknown${path}`, body)).toMatchObject({
      status: 404,
      body: { code: 'entity.not_found' },
    });
  });
});
