import { afterAll, beforeAll, expect, test } from 'vitest';
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
    ['channel', { channel: 'voice' }],
    ['whatsAppTemplates', { channel: 'whatsapp' }],
    ['whatsAppTemplates', { whatsAppTemplates: [{ contentSID: 'HX1' }] }, 'whatsAppTemplates.0.contentSID'],
    ['accountSID', { accountSID: missing }],
    ['accountSID', { accountSID: ' ' }],
    ['accountSID', { accountSID: 42 }],
    ['accountSID', { accountSID: `SK${'0'.repeat(32)}` }],
    ['apiKeySID', { apiKeySID: `AC${'0'.repeat(32)}` }],
    ['fromMessagingServiceSID', { fromMessagingServiceSID: 'my service' }],
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
    ['webhookSharedKey', { webhookSharedKey: 7 }],
    ['askForReports', { askForReports: 'yes' }],
    ['askForPrices', { askForPrices: 1 }],
    ['tellVerified', { tellVerified: 'yes' }],
    ['endpoint', { endpoint: 'http://api.twilio.com' }],
    ['endpoint', { endpoint: 'https://user:password@api.twilio.com' }],
    ['templates', { templates: missing }],
    ['templates', { templates: onlyGeneric }],
    ['templates', { templates: template({}) }, 'templates.0.content'],
    ['templates', { templates: template({ content: '{{code}}', locale: 'Chinese (Taiwan)' }) }, 'templates.0.locale'],
  ],
  'aliyun-short-message-service': [
    ['accessKeyId', { accessKeyId: missing }],
    ['accessKeyId', { accessKeyId: 'two words' }],
    ['accessKeySecret', { accessKeySecret: missing }],
    ['accessKeySecret', { accessKeySecret: '' }],
    ['signName', { signName: missing }],
    ['signName', { signName: null }],
    ['strictPhoneRegionNumberCheck', { strictPhoneRegionNumberCheck: 1 }],
    ['askForReports', { askForReports: 'yes' }],
    ['tellVerified', { tellVerified: 1 }],
    ['endpoint', { endpoint: 'https://dysmsapi.aliyuncs.com/path' }],
    ['endpoint', { endpoint: 'ftp://dysmsapi.aliyuncs.com' }],
    ['templates', { templates: {} }],
    ['templates', { templates: onlyGeneric }],
    ['templates', { templates: template({ templateCode: { china: 'SMS_1' } }) }, 'templates.0.templateCode'],
    [
      'templates',
      { templates: template({ templateCode: 'SMS_1', templateParams: ['code', 'application.name'] }) },
      'templates.0.templateParams.1',
    ],
  ],
  'tencent-short-message-service': [
    ['accessKeyId', { accessKeyId: missing }],
    ['accessKeySecret', { accessKeySecret: missing }],
    ['sdkAppId', { sdkAppId: missing }],
    ['sdkAppId', { sdkAppId: 'my app' }],
    ['signName', { signName: 42 }],
    ['region', { region: 'Guangzhou, China' }],
    ['senderId', { senderId: [1] }],
    ['askForReports', { askForReports: true }],
    ['tellVerified', { tellVerified: 1 }],
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
    ['reportKey', { reportKey: 7 }],
    ['templates', { templates: onlyGeneric }],
  ],
};
const cases = Object.entries(wrong).flatMap(([factoryId, rows]) =>
  rows.map(([field, change, named = field]) => ({ factoryId, change, named })),
);

type Factory = { id: string; formItems: { key: string; required?: boolean }[] };
const factories = async (): Promise<Factory[]> => (await server.management.get('/connector-factories')).body;
const issuesOf = async (connectorId: string, config: Record<string, unknown>): Promise<string[]> => {
  const reply = await server.management.post('/connectors', { connectorId, config });
  expect(reply, `${connectorId}: ${reply.text}`).toMatchObject({
    status: 400,
    body: { code: 'connector.invalid_config' },
  });
  return reply.body.data.issues.map(({ path }: { path: string }) => path.split('.')[0]);
};

test('every field of these factories has a case', async () => {
  const byId = new Map((await factories()).map((factory) => [factory.id, factory]));
  for (const [id, rows] of Object.entries(wrong)) {
    const keys = byId.get(id)?.formItems.map(({ key }) => key);
    expect(new Set(rows.map(([field]) => field)), id).toEqual(new Set(keys));
  }
});

test('every factory names each field that has a value of a wrong kind, and each required one that is missing', async () => {
  for (const { id, formItems } of await factories()) {
    const keys = formItems.map(({ key }) => key);
    const allWrong = Object.fromEntries(keys.map((key) => [key, { of: { a: 'wrong kind' } }]));
    expect(new Set(await issuesOf(id, allWrong)), id).toEqual(new Set(keys));
    const required = formItems.filter((item) => item.required).map(({ key }) => key);
    if (required.length > 0) expect(await issuesOf(id, {}), id).toEqual(expect.arrayContaining(required));
  }
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

test('Tencent Cloud takes the minutes that its connector fills in', async () => {
  const { factoryId, config } = providers.Tencent;
  const templates = template({ templateCode: '1110001', templateParams: ['code', 'minutes'] });
  const reply = await server.management.post('/connectors', {
    connectorId: factoryId,
    config: { ...config, templates },
  });
  expect(reply, reply.text).toMatchObject({ status: 200 });
});

test('a SID of a wrong form, from before it was checked, is not restored', async () => {
  const { management, services } = server;
  const { factoryId, config } = providers.Twilio;
  const factory = services.factories.get(factoryId);
  const { checkConfig } = factory;
  factory.checkConfig = async () => {};
  const accountSID = 'AC-of-former-times';
  const old = await management.post('/connectors', { connectorId: factoryId, config: { ...config, accountSID } });
  factory.checkConfig = checkConfig;
  await management.post('/connectors', { connectorId: factoryId, config });
  const reply = await management.post(`/connectors/history/${old.body.id}/restore`);
  expect(reply).toMatchObject({ status: 400, body: { code: 'connector.invalid_config' } });
  expect(reply.body.data.issues).toEqual([{ path: 'accountSID', message: expect.stringContaining('32 hexadecimal') }]);
});

test('Twilio for WhatsApp needs no texts of ours, and sends the code for the template of the language', async () => {
  const { factoryId, config, double } = providers.Twilio;
  const [english, german] = [`HX${'0'.repeat(32)}`, `HX${'1'.repeat(32)}`];
  const whatsAppTemplates = [{ contentSID: english }, { contentSID: german, locale: 'de' }];
  const phone = newPhone();
  const tested = await server.management.post(`/connectors/${factoryId}/test`, {
    ...{ phone, locale: 'de-AT' },
    config: { ...config, channel: 'whatsapp', whatsAppTemplates, templates: undefined },
  });
  expect(tested, tested.text).toMatchObject({ status: 204 });
  expect(Object.fromEntries(new URLSearchParams(double.requests.at(-1)?.body))).toMatchObject({
    To: `whatsapp:${phone}`,
    ContentSid: german,
    ContentVariables: '{"1":"000000"}',
  });
});
