import { ConnectorError, type SendMessageData } from '@sesame/connector-kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type AliyunDouble, startAliyunDouble } from '../../test/doubles/aliyun.ts';
import createAliyunSms from './index.ts';

const accessKeyId = 'LTAI5tExampleKeyId';
const accessKeySecret = 'ExampleSecretOfTheKey';
const now = Date.parse('2026-03-01T08:00:00.250Z');
const china = { variables: ['code'], region: 'china' } as const;
const overseas = { variables: ['code'], region: 'overseas' } as const;

let aliyun: AliyunDouble;
beforeEach(async () => {
  aliyun = await startAliyunDouble({
    accessKeyId,
    accessKeySecret,
    now: () => now,
    signNames: ['芝麻 & Söhne*~'],
    templates: {
      SMS_CHINA: { ...china, variables: ['code'] },
      SMS_OVERSEAS: { ...overseas, variables: ['code'] },
      SMS_TWO: { variables: ['code', 'product'] },
    },
  });
});
afterEach(() => aliyun.close());

const both = { china: 'SMS_CHINA', overseas: 'SMS_OVERSEAS' };

function templatesOf(template: Record<string, unknown>) {
  return ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({ usageType, ...template }));
}

async function send(config: Record<string, unknown> = {}, data: Partial<SendMessageData> = {}) {
  const stored = {
    accessKeyId,
    accessKeySecret,
    signName: '芝麻 & Söhne*~',
    templates: templatesOf({ templateCode: both }),
    endpoint: aliyun.url,
    ...config,
  };
  const connector = await createAliyunSms({ getConfig: async () => stored, now: () => now, sleep: async () => {} });
  const payload = { code: '482913', locale: 'zh-CN', product: 'Shop' };
  return connector.sendMessage({ to: '+8613800138000', type: 'SignIn', payload, messageId: 'message-1', ...data });
}

async function refusal(config?: Record<string, unknown>, data?: Partial<SendMessageData>): Promise<ConnectorError> {
  const error = await send(config, data).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConnectorError);
  return error as ConnectorError;
}

test("Aliyun's signer and rules accept the request, and its BizId comes back", async () => {
  const result = await send();
  const [message] = aliyun.accepted;
  expect(result).toEqual({ providerMessageId: message?.bizId });
  expect(message).toMatchObject({
    phone: '8613800138000',
    signName: '芝麻 & Söhne*~',
    templateCode: 'SMS_CHINA',
    params: { code: '482913' },
    outId: 'message-1',
  });
  expect(aliyun.requests[0]).toMatchObject({
    method: 'POST',
    body: '',
    headers: {
      accept: 'application/json',
      'x-acs-action': 'SendSms',
      'x-acs-version': '2017-05-25',
      'x-acs-date': '2026-03-01T08:00:00Z',
    },
  });
});

test.each([
  ['+8613800138000', true, 'SMS_CHINA'],
  ['+8613800138000', false, 'SMS_CHINA'],
  ['+85261234567', false, 'SMS_OVERSEAS'],
  ['+85366123456', false, 'SMS_OVERSEAS'],
  ['+886912345678', false, 'SMS_OVERSEAS'],
  ['+447911123456', false, 'SMS_OVERSEAS'],
  ['+14155550123', true, 'SMS_OVERSEAS'],
  ['+13800138000', true, 'SMS_OVERSEAS'],
  ['+13800138000', false, 'SMS_CHINA'],
  ['+13800138000', undefined, 'SMS_CHINA'],
])('%s with the strict check %s goes out with %s', async (to, strictPhoneRegionNumberCheck, templateCode) => {
  await send({ strictPhoneRegionNumberCheck }, { to });
  expect(aliyun.accepted).toMatchObject([{ phone: to.slice(1), templateCode }]);
});

test('sends only the variables that the template takes, as strings', async () => {
  const templates = templatesOf({ templateCode: 'SMS_TWO', templateParams: ['code', 'product'] });
  await send({ templates }, { payload: { code: '482913', locale: 'en', product: 7, extra: 'no' } });
  expect(aliyun.accepted[0]?.params).toEqual({ code: '482913', product: '7' });
});

test.each(['product', 'toString'])('says so when the message lacks the variable %s', async (name) => {
  const templates = templatesOf({ templateCode: 'SMS_TWO', templateParams: ['code', name] });
  const error = await refusal({ templates }, { payload: { code: '482913' } });
  expect(error.data).toMatchObject({ kind: 'configuration', issues: [{ path: 'templates' }] });
  expect(error.message).toContain(name);
  expect(aliyun.requests).toHaveLength(0);
});

test("takes a configuration of Logto's connector as it is", async () => {
  const logto = {
    accessKeyId,
    accessKeySecret,
    signName: '芝麻',
    strictPhoneRegionNumberCheck: false,
    templates: [
      { type: 2, usageType: 'SignIn', templateCode: 'SMS_1' },
      { usageType: 'Register', templateCode: 'SMS_2' },
      { usageType: 'ForgotPassword', templateCode: both },
      { usageType: 'Generic', templateCode: 'SMS_4' },
      { usageType: 'OrganizationInvitation', templateCode: 'SMS_5' },
    ],
  };
  const { configGuard } = await createAliyunSms({ getConfig: async () => logto });
  const result = configGuard.safeParse(logto);
  expect(result).toMatchObject({ success: true, data: { ...logto, endpoint: 'https://dysmsapi.aliyuncs.com' } });
});

test.each([
  ['accessKeyId', { accessKeyId: '<access-key-id>' }],
  ['accessKeySecret', { accessKeySecret: ' ' }],
  ['endpoint', { endpoint: 'https://dysmsapi.aliyuncs.com/v1' }],
  ['endpoint', { endpoint: 'http://dysmsapi.aliyuncs.com' }],
  ['templates.0.templateCode', { templates: templatesOf({ templateCode: { china: 'SMS_CHINA' } }) }],
  ['templates.0.templateParams', { templates: templatesOf({ templateCode: 'SMS_CHINA', templateParams: [] }) }],
])('refuses a wrong %s by name', async (path, config) => {
  const { code, data } = await refusal(config);
  expect(code).toBe('invalid_config');
  expect(data.issues?.map((issue) => issue.path)).toContain(path);
  expect(aliyun.requests).toHaveLength(0);
});

test.each([
  ['an unknown signature', { signName: 'Other' }, 'isv.SMS_SIGNATURE_ILLEGAL'],
  ['an unknown template', { templates: templatesOf({ templateCode: 'SMS_0' }) }, 'isv.SMS_TEMPLATE_ILLEGAL'],
  [
    'a template with further variables',
    { templates: templatesOf({ templateCode: 'SMS_TWO' }) },
    'isv.TEMPLATE_MISSING_PARAMETERS',
  ],
  [
    'an international template for a mainland number',
    { templates: templatesOf({ templateCode: 'SMS_OVERSEAS' }) },
    'isv.DOMESTIC_NUMBER_NOT_SUPPORTED',
  ],
  ['an unknown AccessKey', { accessKeyId: 'LTAI5tOther' }, 'InvalidAccessKeyId.NotFound'],
])('%s is a matter of configuration', async (_, config, providerCode) => {
  const error = await refusal(config);
  expect(error.data).toMatchObject({ kind: 'configuration', providerCode, providerMessage: expect.any(String) });
  expect(error.message).toMatch(/\(RequestId [0-9A-F-]{36}\)$/);
});

test('a wrong secret leaks neither the code nor the key, though Aliyun repeats the whole request', async () => {
  const error = await refusal({ accessKeySecret: 'AnotherSecret' });
  expect(error.data).toMatchObject({
    kind: 'configuration',
    status: 400,
    providerCode: 'SignatureDoesNotMatch',
    providerMessage: 'Specified signature is not matched with our calculation.',
  });
});

test('a wrong number is masked in the words of Aliyun', async () => {
  const templates = templatesOf({ templateCode: 'SMS_CHINA' });
  const error = await refusal({ templates }, { to: '+447911123456' });
  expect(error.data).toMatchObject({ kind: 'recipient', providerMessage: '***invalid mobile number' });
});

test('each attempt has a nonce of its own, and a throttled one is repeated', async () => {
  aliyun.replyNext({ status: 400, body: { Code: 'Throttling.User', Message: 'Request was denied' } });
  await send();
  const nonces = aliyun.requests.map(({ headers }) => headers['x-acs-signature-nonce']);
  expect(new Set(nonces).size).toBe(2);
  expect(aliyun.accepted).toHaveLength(1);
});

test.each(['reset', 'cut', 'server-error', 'html', 'empty'] as const)('is never repeated after: %s', async (fault) => {
  aliyun.failNext(fault);
  expect((await refusal()).data.kind).toBe('unclear');
  expect(aliyun.requests).toHaveLength(1);
});
