import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { type Provider, startProviders } from './providers.ts';

let server: TestServer;
let providers: Awaited<ReturnType<typeof startProviders>>;
const byFactoryId = new Map<string, Provider['config']>();
beforeAll(async () => {
  [server, providers] = await Promise.all([newServer('SQLite'), startProviders()]);
  for (const { factoryId, config } of [providers.Twilio, providers.Aliyun, providers.Tencent, providers['HTTP SMS']]) {
    byFactoryId.set(factoryId, config);
  }
  byFactoryId.set('development-inbox', {});
});
afterAll(async () => {
  await Promise.all([server.close(), providers.close()]);
});

const missing = undefined;
const onlyGeneric = [{ usageType: 'Generic', content: '{{code}}', templateCode: '1' }];
const template = (content: object) =>
  ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({ usageType, ...content }));

/** What makes a right configuration wrong, and the field that the refusal has to name. */
const wrong: Record<string, [field: string, change: Record<string, unknown>, named?: string][]> = {
  'development-inbox': [
    ['templates', { templates: 'one' }],
    ['templates', { templates: onlyGeneric }],
    ['templates', { templates: template({ content: '' }) }, 'templates.0.content'],
  ],
  'twilio-short-message-service': [
    ['accountSID', { accountSID: missing }],
    ['accountSID', { accountSID: ' ' }],
    ['accountSID', { accountSID: 42 }],
    ['authToken', { authToken: missing, apiKeySID: missing, apiKeySecret: missing }],
    ['authToken', { authToken: 42 }],
    ['apiKeySID', { apiKeySID: missing }],
    ['apiKeySID', { apiKeySID: ['SK'] }],
    ['apiKeySecret', { apiKeySecret: missing }],
    ['apiKeySecret', { apiKeySecret: {} }],
    ['fromMessagingServiceSID', { from: missing, fromMessagingServiceSID: missing }],
    ['fromMessagingServiceSID', { fromMessagingServiceSID: false }],
    ['from', { from: 'a name longer than eleven' }],
    ['disableRiskCheck', { disableRiskCheck: 'yes' }],
    ['endpoint', { endpoint: 'http://api.twilio.com' }],
    ['endpoint', { endpoint: 'https://user:password@api.twilio.com' }],
    ['templates', { templates: missing }],
    ['templates', { templates: onlyGeneric }],
    ['templates', { templates: template({}) }, 'templates.0.content'],
  ],
  'aliyun-short-message-service': [
    ['accessKeyId', { accessKeyId: missing }],
    ['accessKeyId', { accessKeyId: 'two words' }],
    ['accessKeySecret', { accessKeySecret: missing }],
    ['accessKeySecret', { accessKeySecret: '' }],
    ['signName', { signName: missing }],
    ['signName', { signName: null }],
    ['strictPhoneRegionNumberCheck', { strictPhoneRegionNumberCheck: 1 }],
    ['endpoint', { endpoint: 'https://dysmsapi.aliyuncs.com/path' }],
    ['endpoint', { endpoint: 'ftp://dysmsapi.aliyuncs.com' }],
    ['templates', { templates: {} }],
    ['templates', { templates: onlyGeneric }],
    ['templates', { templates: template({ templateCode: { china: 'SMS_1' } }) }, 'templates.0.templateCode'],
  ],
  'tencent-short-message-service': [
    ['accessKeyId', { accessKeyId: missing }],
    ['accessKeySecret', { accessKeySecret: missing }],
    ['sdkAppId', { sdkAppId: missing }],
    ['sdkAppId', { sdkAppId: 'my app' }],
    ['signName', { signName: 42 }],
    ['region', { region: 'Guangzhou, China' }],
    ['senderId', { senderId: [1] }],
    ['endpoint', { endpoint: 'sms.tencentcloudapi.com' }],
    ['templates', { templates: missing }],
    ['templates', { templates: onlyGeneric }],
    ['templates', { templates: template({ templateCode: 'abc' }) }, 'templates.0.templateCode'],
    [
      'templates',
      { templates: template({ templateCode: '1', templateParams: ['minutes'] }) },
      'templates.0.templateParams',
    ],
  ],
  'http-sms': [
    ['endpoint', { endpoint: missing }],
    ['endpoint', { endpoint: 'http://sms.example.com/send' }],
    ['endpoint', { endpoint: 'https://sms.example.com/send?key=1' }],
    ['authorization', { authorization: 'Bearer a\r\nX-Evil: 1' }],
    ['templates', { templates: onlyGeneric }],
  ],
};
const cases = Object.entries(wrong).flatMap(([factoryId, rows]) =>
  rows.map(([field, change, named = field]) => ({ factoryId, change, named })),
);

test('every field of every factory has a case', async () => {
  const { body } = await server.management.get('/connector-factories');
  for (const { id, formItems } of body) {
    const covered = new Set((wrong[id] ?? []).map(([field]) => field));
    expect(covered, id).toEqual(new Set(formItems.map(({ key }: { key: string }) => key)));
  }
  expect(body.map(({ id }: { id: string }) => id).toSorted()).toEqual(Object.keys(wrong).toSorted());
});

test.each(cases)('$factoryId: what is wrong is named: $named of $change', async ({ factoryId, change, named }) => {
  const { management } = server;
  const config = { ...byFactoryId.get(factoryId), ...change };
  const refusal = { status: 400, body: { code: 'connector.invalid_config' } };
  const created = await management.post('/connectors', { connectorId: factoryId, config });
  const tested = await management.post(`/connectors/${factoryId}/test`, { phone: newPhone(), config });
  for (const reply of [created, tested]) {
    expect(reply, reply.text).toMatchObject(refusal);
    expect(reply.body.data.kind).toBe('configuration');
    expect(reply.body.data.issues.map(({ path }: { path: string }) => path)).toContain(named);
    for (const issue of reply.body.data.issues)
      expect(issue).toEqual({ path: issue.path, message: expect.any(String) });
  }
});

test.each(Object.keys(wrong))('%s: a change to a wrong configuration leaves the live one as it was', async (id) => {
  const { management } = server;
  const { body: live } = await management.post('/connectors', { connectorId: id, config: byFactoryId.get(id) });
  const change = wrong[id]?.at(-1)?.[1];
  const reply = await management.patch(`/connectors/${live.id}`, { config: { ...live.config, ...change } });
  expect(reply, reply.text).toMatchObject({ status: 400, body: { code: 'connector.invalid_config' } });
  expect((await management.get(`/connectors/${live.id}`)).body).toEqual(live);
});

describe('ids that lead nowhere', () => {
  const notFound = { status: 404, body: { code: 'entity.not_found' } };
  const unknownFactory = { status: 422, body: { code: 'connector.not_found_with_connector_id' } };

  test('are answered as the contract says', async () => {
    const { management } = server;
    expect(await management.get('/connector-factories/nothing')).toMatchObject(notFound);
    expect(await management.get('/connectors/nothing')).toMatchObject(notFound);
    expect(await management.patch('/connectors/nothing', { config: {} })).toMatchObject(notFound);
    expect(await management.delete('/connectors/nothing')).toMatchObject(notFound);
    expect(await management.post('/connectors/history/nothing/restore')).toMatchObject(notFound);
    expect(await management.delete('/connectors/history/nothing')).toMatchObject(notFound);
    expect(await management.get('/messages/nothing')).toMatchObject(notFound);
    const phone = newPhone();
    expect(await management.post('/connectors', { connectorId: 'nothing' })).toMatchObject(unknownFactory);
    expect(await management.post('/connectors/nothing/test', { phone, config: {} })).toMatchObject(unknownFactory);
    for (const id of ['__proto__', 'constructor', 'toString']) {
      expect(await management.post('/connectors', { connectorId: id })).toMatchObject(unknownFactory);
      expect(await management.get(`/connector-factories/${id}`)).toMatchObject(notFound);
    }
  });

  test('an id of one’s own can be given once', async () => {
    const { management } = server;
    const connector = { connectorId: 'development-inbox', id: 'my-own-id' };
    expect(await management.post('/connectors', connector)).toMatchObject({ status: 200, body: { id: 'my-own-id' } });
    const [{ updatedAt }] = (await management.get('/connectors')).body;
    expect(await management.post('/connectors', connector)).toMatchObject({
      status: 422,
      body: { code: 'entity.id_in_use' },
    });
    expect((await management.get('/connectors')).body).toMatchObject([{ id: 'my-own-id', updatedAt }]);
    for (const id of ['', 'a b', '../x', 'x'.repeat(65)]) {
      expect(await management.post('/connectors', { ...connector, id })).toMatchObject({
        status: 400,
        body: { code: 'guard.invalid_input', data: { issues: [{ in: 'body', path: 'id' }] } },
      });
    }
  });
});
