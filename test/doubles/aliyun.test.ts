import { afterEach, beforeEach, expect, test } from 'vitest';
import { authorizationOf, canonicalQuery, sha256 } from '../../connectors/aliyun-sms/signature.ts';
import { type AliyunDouble, startAliyunDouble } from './aliyun.ts';

const key = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'ExampleSecretOfTheKey' };
const now = Date.parse('2026-03-01T08:00:00Z');
const right = {
  PhoneNumbers: '8613800138000',
  SignName: '芝麻',
  TemplateCode: 'SMS_1',
  TemplateParam: '{"code":"482913"}',
};

let aliyun: AliyunDouble;
beforeEach(async () => {
  const templates = {
    SMS_1: { variables: ['code'] },
    SMS_2: { variables: ['code', 'product'] },
    SMS_CHINA: { variables: ['code'], region: 'china' as const },
    SMS_OVERSEAS: { variables: ['code'], region: 'overseas' as const },
  };
  aliyun = await startAliyunDouble({ ...key, now: () => now, signNames: ['芝麻'], templates });
});
afterEach(() => aliyun.close());

type Changes = { query?: Record<string, string>; headers?: Record<string, string>; authorization?: string };

async function call({ query = {}, headers = {}, authorization }: Changes = {}) {
  const parameters = { ...right, ...query };
  const url = new URL(`/?${canonicalQuery(parameters)}`, aliyun.url);
  const sent = {
    'content-type': 'text/plain',
    'x-acs-action': 'SendSms',
    'x-acs-version': '2017-05-25',
    'x-acs-date': '2026-03-01T08:00:00Z',
    'x-acs-signature-nonce': crypto.randomUUID(),
    'x-acs-content-sha256': sha256(''),
    ...headers,
  };
  const request = { method: 'POST', path: '/', query: parameters, headers: { ...sent, host: url.host }, body: '' };
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...sent, authorization: authorization ?? authorizationOf(request, key) },
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

test('takes a right request and shows it', async () => {
  const { status, body } = await call({ query: { OutId: 'one' } });
  expect({ status, body }).toMatchObject({ status: 200, body: { Code: 'OK', Message: 'OK' } });
  expect(aliyun.accepted).toEqual([
    {
      phone: '8613800138000',
      signName: '芝麻',
      templateCode: 'SMS_1',
      params: { code: '482913' },
      outId: 'one',
      bizId: body.BizId,
    },
  ]);
});

test.each<[number, string, Changes]>([
  [400, 'IncompleteSignature', { authorization: 'Basic x' }],
  [400, 'InvalidTimeStamp.Expired', { headers: { 'x-acs-date': '2026-03-01T07:44:59Z' } }],
  [400, 'InvalidTimeStamp.Expired', { headers: { 'x-acs-date': 'yesterday' } }],
  [400, 'InvalidVersion', { headers: { 'x-acs-version': '2018-05-01' } }],
  [404, 'InvalidAction.NotFound', { headers: { 'x-acs-action': 'SendSpam' } }],
  [400, 'MissingPhoneNumbers', { query: { PhoneNumbers: '' } }],
  [200, 'isv.SMS_SIGNATURE_ILLEGAL', { query: { SignName: 'Other' } }],
  [200, 'isv.SMS_TEMPLATE_ILLEGAL', { query: { TemplateCode: 'toString' } }],
  [200, 'isv.MOBILE_NUMBER_ILLEGAL', { query: { PhoneNumbers: '+447911123456' } }],
  [200, 'isv.MOBILE_NUMBER_ILLEGAL', { query: { PhoneNumbers: '447911123456', TemplateCode: 'SMS_CHINA' } }],
  [200, 'isv.DOMESTIC_NUMBER_NOT_SUPPORTED', { query: { TemplateCode: 'SMS_OVERSEAS' } }],
  [200, 'isv.INVALID_JSON_PARAM', { query: { TemplateParam: '{"code":482913}' } }],
  [200, 'isv.INVALID_JSON_PARAM', { query: { TemplateParam: 'code' } }],
  [200, 'isv.TEMPLATE_MISSING_PARAMETERS', { query: { TemplateCode: 'SMS_2' } }],
  [200, 'isv.TEMPLATE_PARAMS_ILLEGAL', { query: { TemplateParam: '{"code":"482913","locale":"en"}' } }],
  [200, 'isv.TEMPLATE_PARAMS_ILLEGAL', { query: { TemplateParam: '{"code":"1234567"}' } }],
])('HTTP %s %s', async (status, Code, changes) => {
  expect(await call(changes)).toMatchObject({ status, body: { Code, RequestId: expect.any(String) } });
  expect(aliyun.accepted).toHaveLength(0);
});

test('refuses a nonce that was used, a signature of other parameters, and a header left unsigned', async () => {
  const headers = { 'x-acs-signature-nonce': 'once' };
  await call({ headers });
  expect(await call({ headers })).toMatchObject({ status: 400, body: { Code: 'SignatureNonceUsed' } });

  const { authorization = '' } = aliyun.requests[0]?.headers ?? {};
  const mismatch = { status: 400, body: { Code: 'SignatureDoesNotMatch', HostId: expect.any(String) } };
  expect(await call({ headers, authorization, query: { PhoneNumbers: '8613900139000' } })).toMatchObject(mismatch);
  expect(await call({ authorization: authorization.replace('content-type;', '') })).toMatchObject(mismatch);
  expect(aliyun.accepted).toHaveLength(1);
});
