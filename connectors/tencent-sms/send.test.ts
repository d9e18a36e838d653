import { readFileSync } from 'node:fs';
import { ConnectorError, type ConnectorErrorData, type SendMessageData } from '@sesame/connector-kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTencentDouble, type TencentDouble, tencentError, tencentStatus } from '../../test/doubles/tencent.ts';
import { configGuard, defaultEndpoint, defaultRegion } from './config.ts';
import createConnector from './index.ts';

const secretKey = 'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE';
const now = Date.parse('2026-03-01T23:59:59.999Z');
const account = {
  secretId: 'AKIDz8krbsJ5yKBZQpn74WFkmLPx3EXAMPLE',
  secretKey,
  sdkAppId: '1400006666',
  signNames: ['示例'],
  templates: { 1: { params: 1 }, 2: { params: 2 }, 3: { params: 3, verification: false } },
  now: () => now,
};
const template = (usageType: string, templateCode = '1') => ({ usageType, templateCode });
const logtoConfig = {
  accessKeyId: account.secretId,
  accessKeySecret: secretKey,
  signName: '示例',
  sdkAppId: account.sdkAppId,
  region: 'ap-beijing',
  templates: ['SignIn', 'Register', 'ForgotPassword', 'Generic'].map((usageType) => template(usageType)),
};
const message = { to: '+8613800138000', type: 'SignIn', payload: { code: '123456' }, messageId: 'message-1' };

let double: TencentDouble;
beforeEach(async () => {
  double = await startTencentDouble(account);
});
afterEach(() => double.close());

async function send(config: object = {}, data: Partial<SendMessageData> = {}, clock = now) {
  const connector = await createConnector({ getConfig: async () => undefined, now: () => clock });
  return connector.sendMessage({ ...message, ...data }, { ...logtoConfig, endpoint: double.url, ...config });
}

async function refusalOf(config: object = {}, data: Partial<SendMessageData> = {}, clock = now) {
  const error = await send(config, data, clock).catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(ConnectorError);
  const { data: details } = error as ConnectorError;
  const shown = JSON.stringify([details, (error as ConnectorError).message, String((error as ConnectorError).stack)]);
  expect(shown).not.toContain(secretKey);
  expect(shown).not.toContain('123456');
  return details as ConnectorErrorData;
}

test('a configuration of Logto sends as it is', async () => {
  const result = await send();
  expect(result).toEqual({ providerMessageId: double.messages[0]?.serialNo });
  expect(double.messages).toMatchObject([
    { phone: '+8613800138000', templateId: '1', params: ['123456'], signName: '示例', sessionContext: 'message-1' },
  ]);
});

test('asks for SendSms 2021-01-11 in the configured region, at the injected time', async () => {
  await send();
  expect(double.requests[0]).toMatchObject({
    method: 'POST',
    path: '/',
    headers: {
      'content-type': 'application/json; charset=utf-8',
      'x-tc-action': 'SendSms',
      'x-tc-version': '2021-01-11',
      'x-tc-region': 'ap-beijing',
      'x-tc-timestamp': String(Math.floor(now / 1000)),
    },
  });
});

test('takes Guangzhou and the public endpoint where fields are left out or empty', () => {
  const { region: _, ...withoutRegion } = logtoConfig;
  for (const empty of [{}, { region: '', endpoint: '', senderId: '', signName: '' }]) {
    const result = configGuard.safeParse({ ...withoutRegion, ...empty });
    expect(result).toMatchObject({ success: true, data: { region: defaultRegion, endpoint: defaultEndpoint } });
  }
});

test('the order of the variables comes from templateParams, never from the order of keys', async () => {
  const templates = (templateCode: string, templateParams: string[]) =>
    logtoConfig.templates.map(({ usageType }) => ({ usageType, templateCode, templateParams }));
  const payloads = [
    { application: { name: 'Shop' }, locale: 'en', code: '123456' },
    { code: '123456', locale: 'en', application: { name: 'Shop' } },
  ];
  for (const payload of payloads) {
    await send(
      { templates: templates('3', ['application.name', 'code', 'minutes']) },
      { payload, lifetimeSeconds: 300 },
    );
    await send({ templates: templates('2', ['minutes', 'code']) }, { payload });
    await send({ templates: templates('1', ['code']) }, { payload });
  }
  const expected = [['Shop', '123456', '5'], ['10', '123456'], ['123456']];
  expect(double.messages.map(({ params }) => params)).toEqual([...expected, ...expected]);
});

test('minutes never promise more than the code lives, and a variable of that name wins', async () => {
  const templates = logtoConfig.templates.map((item) => ({
    ...item,
    templateCode: '2',
    templateParams: ['code', 'minutes'],
  }));
  await send({ templates }, { lifetimeSeconds: 119 });
  await send({ templates }, { lifetimeSeconds: 20 });
  await send({ templates }, { payload: { code: '123456', minutes: 7 } });
  expect(double.messages.map(({ params }) => params[1])).toEqual(['1', '1', '7']);
});

test('a Sender ID goes along abroad only', async () => {
  await send({ senderId: 'Example' });
  await send({ senderId: 'Example' }, { to: '+12025550123' });
  await send({ senderId: 'Example' }, { to: '+85251234567' });
  expect(double.messages.map(({ senderId }) => senderId)).toEqual([undefined, 'Example', 'Example']);
});

test('without a signature sends abroad, and names the field for mainland China', async () => {
  await send({ signName: undefined }, { to: '+12025550123' });
  expect(double.messages).toHaveLength(1);
  const { kind, issues } = await refusalOf({ signName: undefined });
  expect({ kind, paths: issues?.map(({ path }) => path) }).toEqual({ kind: 'configuration', paths: ['signName'] });
  expect(double.requests).toHaveLength(1);
});

test.each([
  [
    'a template id that is a placeholder',
    { templates: [template('SignIn', '<template-code>')] },
    'templates.0.templateCode',
  ],
  [
    'a template that does not carry the code',
    { templates: [{ ...template('Generic'), templateParams: [] }] },
    'templates.0.templateParams',
  ],
  ['a region that would break a header', { region: 'ap\r\nx: y' }, 'region'],
  ['an SDK AppID that is none', { sdkAppId: 'abc' }, 'sdkAppId'],
])('refuses %s by name', async (_, config, path) => {
  const templates = 'templates' in config ? [...config.templates, ...logtoConfig.templates] : logtoConfig.templates;
  const { issues } = await refusalOf({ ...config, templates });
  expect(issues?.map((issue) => issue.path)).toEqual([path]);
});

test('a usage type of our own may do without the code', async () => {
  const templates = [
    ...logtoConfig.templates,
    { ...template('Invitation', '2'), templateParams: ['minutes', 'seats'] },
  ];
  await send({ templates }, { type: 'Invitation', payload: { seats: 4 } });
  expect(double.messages[0]?.params).toEqual(['10', '4']);
});

test.each([
  ['another account', { sdkAppId: '1400000000' }, 'UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'configuration'],
  [
    'a signature that is not approved',
    { signName: 'x' },
    'FailedOperation.SignatureIncorrectOrUnapproved',
    'configuration',
  ],
  ['a wrong key', { accessKeySecret: 'x' }, 'AuthFailure.SignatureFailure', 'configuration'],
  ['an unknown key', { accessKeyId: 'x' }, 'AuthFailure.SecretIdNotFound', 'configuration'],
])('tells the administrator of %s', async (_, config, providerCode, kind) => {
  expect(await refusalOf(config)).toMatchObject({ providerCode, kind, status: 200 });
  expect(double.requests).toHaveLength(1);
});

test('a clock that is off is told from a wrong key', async () => {
  expect(await refusalOf({}, {}, now + 301_000)).toMatchObject({
    providerCode: 'AuthFailure.SignatureExpire',
    message: expect.stringContaining('clock'),
  });
  await send({}, {}, now - 299_000);
  expect(double.messages).toHaveLength(1);
});

test('a text in a verification template is refused', async () => {
  const templates = logtoConfig.templates.map((item) => ({
    ...item,
    templateCode: '2',
    templateParams: ['code', 'application.name'],
  }));
  const payload = { code: '123456', application: { name: 'Shop' } };
  expect(await refusalOf({ templates }, { payload })).toMatchObject({
    providerCode: 'InvalidParameterValue.TemplateParameterFormatError',
    kind: 'configuration',
  });
});

test('every number has to be accepted', async () => {
  const ok = { Code: 'Ok', Message: 'send success', SerialNo: 'serial-1' };
  const blocked = { Code: 'FailedOperation.PhoneNumberInBlacklist', Message: 'blocked', SerialNo: '' };
  double.replyNext({ body: { Response: { SendStatusSet: [ok, blocked], RequestId: 'request-1' } } });
  expect(await refusalOf()).toMatchObject({ kind: 'recipient', message: expect.stringContaining('request-1') });
});

test.each([
  ['no status at all', { body: { Response: { SendStatusSet: [], RequestId: 'request-1' } } }],
  ['no Response', { body: { SendStatusSet: [{ Code: 'Ok', Message: '' }] } }],
  ['success under an error status', { ...tencentStatus({ Code: 'Ok', Message: '' }), status: 502 }],
])('cannot read %s, and does not send again', async (_, reply) => {
  double.replyNext(reply);
  expect(await refusalOf()).toMatchObject({ kind: 'unclear' });
  expect(double.requests).toHaveLength(1);
});

test('a throttled request is sent again, newly signed', async () => {
  double.replyNext(tencentError('RequestLimitExceeded', 'Your request has exceeded the frequency limit.'));
  let clock = now;
  const sleep = async (milliseconds: number) => {
    clock += milliseconds;
  };
  const connector = await createConnector({ getConfig: async () => undefined, now: () => clock, sleep });
  await connector.sendMessage(message, { ...logtoConfig, endpoint: double.url });
  expect(double.messages).toHaveLength(1);
  const [first, second] = double.requests.map(({ headers }) => headers['x-tc-timestamp']);
  expect(Number(second)).toBe(Number(first) + 1);
});

test('the words of the provider lose the code and the key', async () => {
  double.replyNext(
    tencentStatus({ Code: 'FailedOperation.OtherError', Message: `123456 is not 0123456, ${secretKey}` }),
  );
  expect((await refusalOf()).providerMessage).toBe('*** is not 0***, ***');
});

test('what the form and the guide name exists', async () => {
  const { metadata } = await createConnector({ getConfig: async () => undefined });
  const readme = readFileSync(new URL(metadata.readme, import.meta.url), 'utf8');
  expect(readFileSync(new URL(metadata.logo, import.meta.url), 'utf8')).toMatch(/^<svg /);
  const keys = Object.keys(configGuard.shape).sort();
  expect(metadata.formItems.map(({ key }) => key).sort()).toEqual(keys);
  for (const key of keys) expect(readme).toMatch(new RegExp(`\\| \`${key}\` +\\|`));
  expect(metadata.formItems.filter(({ isConfidential }) => isConfidential).map(({ key }) => key)).toEqual([
    'accessKeySecret',
  ]);
});

test('the templates of the guide are a valid configuration', () => {
  const readme = readFileSync(new URL('README.md', import.meta.url), 'utf8');
  const templates = [...readme.matchAll(/```json\n(.*?)```/gs)].map(([, json = '']) => JSON.parse(json));
  expect(templates).toHaveLength(4);
  expect(configGuard.safeParse({ ...logtoConfig, templates })).toMatchObject({ success: true });
});
