import { failureOf, testCode } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type AliyunGlobalDouble,
  aliyunGlobalReply,
  startAliyunGlobalDouble,
} from '../../test/doubles/aliyun-global.ts';
import { account, config, sendTo, signInText } from './test-account.ts';

let double: AliyunGlobalDouble;
beforeEach(async () => {
  double = await startAliyunGlobalDouble(account);
});
afterEach(() => double.close());

describe('a refusal', () => {
  test.each([
    ['a Sender ID that was not approved', { from: 'Other' }, {}, 'configuration', 'INVALID_SENDERID'],
    ['a number that cannot be', {}, { to: '+000' }, 'recipient', 'MOBILE_NUMBER_ILLEGAL'],
    ['an unknown AccessKey', { accessKeyId: 'LTAI5tOther' }, {}, 'configuration', 'InvalidAccessKeyId.NotFound'],
  ])('of %s keeps the code, the words and the RequestId', async (_, changes, data, kind, providerCode) => {
    const error = await failureOf(sendTo(double.url, changes, data));
    expect(error.data).toMatchObject({ kind, providerCode, providerMessage: expect.stringMatching(/\w/) });
    expect(error.message).toMatch(/ \(RequestId [0-9A-F-]{36}\)$/);
    expect(double.requests).toHaveLength(1);
  });

  test('of a wrong secret leaks neither the code nor the key, though the whole request is repeated', async () => {
    const { data } = await failureOf(sendTo(double.url, { accessKeySecret: 'AnotherSecret' }));
    expect(data).toMatchObject({
      kind: 'configuration',
      status: 400,
      providerCode: 'SignatureDoesNotMatch',
      providerMessage: 'Specified signature is not matched with our calculation.',
    });
  });

  test('carries neither the text nor the code nor the number nor the key in its words', async () => {
    const words = `"${signInText}" (${testCode}) to 447911123456 by ${config.accessKeyId} ${config.accessKeySecret}`;
    double.replyNext(aliyunGlobalReply('SMS_CONTENT_ILLEGAL', words));
    const { data } = await failureOf(sendTo(double.url));
    expect(data.providerMessage).toBe('"***" (***) to *** by *** ***');
  });

  test.each([
    ['BUSINESS_LIMIT_CONTROL_MINUTE', 60],
    ['isv.BUSINESS_LIMIT_HOUR', 3600],
    ['isv.BUSINESS_LIMIT_DAY', 86_400],
    ['ALERT_LIMIT_DAY', 86_400],
    ['ALERT_LIMIT_MONTH', undefined],
  ])('%s says to wait %s seconds', async (providerCode, seconds) => {
    double.replyNext(aliyunGlobalReply(providerCode, 'limit'));
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', data: { kind: 'limit', providerCode } });
    expect(error.data.retryAfterSeconds).toBe(seconds);
  });

  test.each([
    ['SOMETHING_NEW', 200, 'configuration'],
    ['constructor', 200, 'configuration'],
    ['isv.SOMETHING_NEW', 200, 'configuration'],
    ['isp.SOMETHING_NEW', 200, 'unclear'],
    ['isp.SYSTEM_ERROR', 200, 'unclear'],
    ['isv.NOT_SUPPORTED_COUNTRY', 200, 'configuration'],
    ['QPS_LIMIT_CONTROL', 500, 'unclear'],
  ])('%s with HTTP %s is told as %s', async (providerCode, status, kind) => {
    double.replyNext({ ...aliyunGlobalReply(providerCode, 'words'), status });
    expect((await failureOf(sendTo(double.url))).data).toMatchObject({ kind, providerCode, status });
    expect(double.requests).toHaveLength(1);
  });

  test.each([
    ['an acceptance with the status of an error', { status: 500, body: { ResponseCode: 'OK', MessageId: '1' } }],
    ['an acceptance of another API', { body: { Code: 'OK', Message: 'OK', BizId: '1' } }],
    ['a code that is none', { body: { ResponseCode: `<b>${testCode}</b>`, ResponseDescription: 'x' } }],
    ['XML', { body: '<SendMessageToGlobeResponse/>', headers: { 'content-type': 'text/xml' } }],
  ])('cannot be read out of %s, which is unclear', async (_, reply) => {
    double.replyNext(reply);
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear' } });
    expect(double.requests).toHaveLength(1);
  });
});
