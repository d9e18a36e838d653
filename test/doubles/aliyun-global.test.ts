import { afterEach, beforeEach, expect, test } from 'vitest';
import { authorizationOf, canonicalQuery, sha256 } from '../../connectors/aliyun-sms/signature.ts';
import { type AliyunGlobalDouble, startAliyunGlobalDouble } from './aliyun-global.ts';

const key = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'ExampleSecretOfTheKey' };
const now = Date.parse('2026-03-01T08:00:00Z');
const right = { To: '85251234567', Message: 'Code 482913' };

let double: AliyunGlobalDouble;
beforeEach(async () => {
  double = await startAliyunGlobalDouble({ ...key, senderIds: ['Acme'], now: () => now });
});
afterEach(() => double.close());

type Changes = { query?: Record<string, string>; headers?: Record<string, string> };

async function call({ query = {}, headers = {} }: Changes = {}) {
  const parameters = { ...right, ...query };
  const url = new URL(`/?${canonicalQuery(parameters)}`, double.url);
  const sent = {
    'content-type': 'text/plain',
    'x-acs-action': 'SendMessageToGlobe',
    'x-acs-version': '2018-05-01',
    'x-acs-date': '2026-03-01T08:00:00Z',
    'x-acs-signature-nonce': crypto.randomUUID(),
    'x-acs-content-sha256': sha256(''),
    ...headers,
  };
  const request = { method: 'POST', path: '/', query: parameters, headers: { ...sent, host: url.host }, body: '' };
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...sent, authorization: headers.authorization ?? authorizationOf(request, key) },
  });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

test('takes a right request, and answers with every documented field', async () => {
  const query = { From: 'Acme', Type: 'OTP', TaskId: 'task-1', ValidityPeriod: '600' };
  const { status, body } = await call({ query });
  expect(status).toBe(200);
  expect(body).toEqual({
    ResponseCode: 'OK',
    ResponseDescription: 'The SMS Send Request was accepted',
    RequestId: expect.any(String),
    NumberDetail: expect.any(Object),
    Segments: '1',
    From: 'Acme',
    To: right.To,
    MessageId: double.accepted[0]?.messageId,
  });
  expect(double.accepted).toMatchObject([{ to: right.To, from: 'Acme', taskId: 'task-1', validitySeconds: 600 }]);
});

test.each<[number, string, Changes]>([
  [400, 'IncompleteSignature', { headers: { authorization: 'Basic x' } }],
  [400, 'InvalidTimeStamp.Expired', { headers: { 'x-acs-date': '2026-03-01T07:44:59Z' } }],
  [400, 'InvalidVersion', { headers: { 'x-acs-version': '2017-05-25' } }],
  [404, 'InvalidAction.NotFound', { headers: { 'x-acs-action': 'SendSms' } }],
  [400, 'MissingTo', { query: { To: '' } }],
  [400, 'MissingMessage', { query: { Message: '' } }],
  [200, 'MOBILE_NUMBER_ILLEGAL', { query: { To: '+85251234567' } }],
  [200, 'NOT_SUPPORTED_COUNTRY', { query: { To: '8613800138000' } }],
  [200, 'INVALID_SENDERID', { query: { From: 'Other' } }],
  [200, 'INVALID_PARAMETERS', { query: { From: 'Acme Limited' } }],
  [200, 'INVALID_PARAMETERS', { query: { Type: 'otp' } }],
  [200, 'INVALID_PARAMETERS', { query: { TaskId: 'x'.repeat(256) } }],
  [200, 'INVALID_PARAMETERS', { query: { ValidityPeriod: '1.5' } }],
  [200, 'INVALID_PARAMETERS', { query: { SignName: 'Acme' } }],
])('HTTP %s %s', async (status, code, changes) => {
  const reply = await call(changes);
  expect([reply.status, reply.body.ResponseCode ?? reply.body.Code]).toEqual([status, code]);
  expect(double.accepted).toEqual([]);
});
