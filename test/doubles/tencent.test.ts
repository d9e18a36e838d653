import { afterEach, beforeEach, expect, test } from 'vitest';
import { officialAuthorization, startTencentDouble, type TencentDouble } from './tencent.ts';

const account = {
  secretId: 'AKIDEXAMPLE',
  secretKey: 'EXAMPLE',
  sdkAppId: '1400006666',
  signNames: ['Example'],
  templates: { 1: { params: 1 }, 2: { params: 1, verification: false } },
};
const parameters = {
  PhoneNumberSet: ['+8613800138000'],
  SmsSdkAppId: '1400006666',
  TemplateId: '1',
  TemplateParamSet: ['123456'],
  SignName: 'Example',
};

let double: TencentDouble;
beforeEach(async () => {
  double = await startTencentDouble(account);
});
afterEach(() => double.close());

/** Sends as the official SDK would; `headers` and `secondsOff` spoil the request. */
async function send(body: unknown, headers: Record<string, string> = {}, secondsOff = 0) {
  const request = {
    body: typeof body === 'string' ? body : JSON.stringify(body),
    timestampSeconds: Math.floor(Date.now() / 1000) + secondsOff,
    contentType: 'application/json',
  };
  const { secretId, secretKey } = account;
  const authorization = officialAuthorization({
    ...request,
    secretId,
    secretKey,
    service: 'sms',
    url: `${double.url}/`,
  });
  const response = await fetch(double.url, {
    method: 'POST',
    body: request.body,
    headers: {
      Authorization: authorization,
      'Content-Type': request.contentType,
      'X-TC-Action': 'SendSms',
      'X-TC-Version': '2021-01-11',
      'X-TC-Region': 'ap-guangzhou',
      'X-TC-Timestamp': String(request.timestampSeconds),
      ...headers,
    },
  });
  const { Response } = (await response.json()) as {
    Response: { Error?: { Code: string }; SendStatusSet?: [{ Code: string }] };
  };
  return Response.Error?.Code ?? Response.SendStatusSet?.[0].Code;
}

test('accepts what the official SDK signs, and keeps it', async () => {
  expect(await send(parameters)).toBe('Ok');
  expect(double.messages).toMatchObject([{ phone: '+8613800138000', templateId: '1', params: ['123456'] }]);
});

test.each([
  ['no signature', { Authorization: '' }, 0, 'AuthFailure.InvalidAuthorization'],
  ['another content type than the signed one', { 'Content-Type': 'text/plain' }, 0, 'AuthFailure.SignatureFailure'],
  ['a timestamp of six minutes ago', {}, -360, 'AuthFailure.SignatureExpire'],
  ['no timestamp', { 'X-TC-Timestamp': 'x' }, 0, 'AuthFailure.SignatureExpire'],
  ['another action', { 'X-TC-Action': 'Other' }, 0, 'InvalidAction'],
  ['the old version', { 'X-TC-Version': '2019-07-11' }, 0, 'NoSuchVersion'],
  ['no region', { 'X-TC-Region': '' }, 0, 'MissingParameter'],
])('refuses %s', async (_, headers, secondsOff, code) => {
  expect(await send(parameters, headers, secondsOff)).toBe(code);
  expect(double.messages).toEqual([]);
});

test.each([
  ['a body that is not JSON', '{', 'InvalidParameter'],
  ['a body that is no object', 'null', 'InvalidParameter'],
  ['a name of the old version', { ...parameters, Sign: 'Example' }, 'UnknownParameter'],
  ['no template', { ...parameters, TemplateId: undefined }, 'MissingParameter'],
  ['a number for a string', { ...parameters, TemplateParamSet: [123456] }, 'InvalidParameter'],
  ['a string for a list', { ...parameters, TemplateParamSet: '123456' }, 'InvalidParameter'],
  ['no plus', { ...parameters, PhoneNumberSet: ['12025550123'] }, 'InvalidParameterValue.IncorrectPhoneNumber'],
  ['no signature', { ...parameters, SignName: undefined }, 'FailedOperation.SignatureIncorrectOrUnapproved'],
  ['an unknown template', { ...parameters, TemplateId: '9' }, 'FailedOperation.TemplateIncorrectOrUnapproved'],
  [
    'a variable too many',
    { ...parameters, TemplateParamSet: ['1', '2'] },
    'FailedOperation.TemplateIncorrectOrUnapproved',
  ],
  [
    'seven digits',
    { ...parameters, TemplateParamSet: ['1234567'] },
    'InvalidParameterValue.TemplateParameterFormatError',
  ],
])('refuses %s in the parameters', async (_, body, code) => {
  expect(await send(body)).toBe(code);
  expect(double.messages).toEqual([]);
});

test('takes text in a template that is not for verification', async () => {
  expect(await send({ ...parameters, TemplateId: '2', TemplateParamSet: ['Shop'] })).toBe('Ok');
});
