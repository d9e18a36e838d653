import { createHash } from 'node:crypto';
import { failureOf, testCode } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SnsDouble, snsAccepted, snsError, startSnsDouble } from '../../test/doubles/aws-sns.ts';
import { account, now, sendTo, signInText } from './test-account.ts';

let double: SnsDouble;
beforeEach(async () => {
  double = await startSnsDouble(account);
});
afterEach(() => double.close());

describe('what Amazon SNS refuses', () => {
  test.each([
    ['a number that cannot exist', {}, { to: '+1' }, 'InvalidParameter', 'recipient', undefined],
    [
      'a number of someone else',
      { originationNumber: '+18005550199' },
      {},
      'InvalidParameter',
      'configuration',
      undefined,
    ],
    [
      'an unknown key',
      { accessKeyId: 'AKIAOTHER' },
      {},
      'InvalidClientTokenId',
      'configuration',
      ['accessKeyId', 'accessKeySecret'],
    ],
    [
      'a wrong secret',
      { accessKeySecret: 'wrong' },
      {},
      'SignatureDoesNotMatch',
      'configuration',
      ['accessKeySecret', 'region'],
    ],
    [
      'another region',
      { region: 'us-east-1' },
      {},
      'SignatureDoesNotMatch',
      'configuration',
      ['accessKeySecret', 'region'],
    ],
    [
      'a token that is not asked for',
      { sessionToken: 'x' },
      {},
      'InvalidClientTokenId',
      'configuration',
      ['accessKeyId', 'accessKeySecret', 'sessionToken'],
    ],
  ])('is told for %s, with the fields at fault', async (_, change, data, providerCode, kind, fields) => {
    const error = await failureOf(sendTo(double.url, change, data));
    expect(error.data).toMatchObject({ kind, providerCode, providerMessage: expect.stringMatching(/\w/) });
    expect(error.data.issues?.map(({ path }) => path)).toEqual(fields);
    expect(error.message).toContain('(RequestId f187a3c1-376f-11df-8963-01868b7c937a)');
    expect(double.requests).toHaveLength(1);
    expect(double.messages).toEqual([]);
  });

  test('may be the clock, which is told from a wrong secret', async () => {
    const error = await failureOf(sendTo(double.url, {}, {}, now + 16 * 60_000));
    expect(error.data).toMatchObject({ kind: 'configuration', providerCode: 'SignatureDoesNotMatch' });
    expect(error.message).toContain('clock');
    await sendTo(double.url, {}, {}, now - 14 * 60_000);
    expect(double.messages).toHaveLength(1);
  });

  test.each([
    ['Throttled', 429],
    ['Throttling', 400],
    ['ThrottlingException', 400],
  ])('is sent again for %s, unless it asks for a longer wait', async (providerCode, status) => {
    const refusal = snsError(status, providerCode, 'Rate exceeded');
    double.replyNext({ ...refusal, headers: { 'retry-after': '2' } });
    await sendTo(double.url);
    expect(double.messages).toHaveLength(1);
    double.replyNext({ ...refusal, headers: { 'retry-after': '7' } });
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({
      code: 'rate_limit_exceeded',
      data: { kind: 'limit', providerCode, providerMessage: 'Rate exceeded', retryAfterSeconds: 7 },
    });
    expect(double.requests).toHaveLength(3);
  });

  test('is not sent again for KMSThrottling, nor for throttling with a server error', async () => {
    double.replyNext(snsError(400, 'KMSThrottling', 'words'));
    expect((await failureOf(sendTo(double.url))).data).toMatchObject({ kind: 'limit' });
    double.replyNext(snsError(503, 'Throttling', 'words'));
    expect((await failureOf(sendTo(double.url))).data).toMatchObject({ kind: 'unclear' });
    expect(double.requests).toHaveLength(2);
  });

  test('carries neither the text nor the code nor a secret in its words', async () => {
    const echo = `Text "${signInText}" (${testCode}) by ${account.accessKeySecret}, a/token= refused`;
    double.replyNext(snsError(400, 'InvalidParameter', echo));
    const { data } = await failureOf(sendTo(double.url, { sessionToken: 'a/token=' }));
    expect(data.providerMessage).toBe('Text "[hidden]" ([hidden]) by [hidden], [hidden] refused');
  });

  test('carries no hash of the request, which would tell the code', async () => {
    const hash = createHash('sha256').update('any form').digest('hex');
    const echo = `The request signature does not match.\n\nThe Canonical String should have been\n'POST\n/\n\n${hash}'`;
    double.replyNext(snsError(403, 'SignatureDoesNotMatch', echo));
    const { data } = await failureOf(sendTo(double.url));
    expect(data.providerMessage).toMatch(/^The request signature does not match[\s\S]*\[hidden\]'$/);
  });

  test.each([
    ['a success without an id', { ...snsAccepted(''), status: 200 }],
    ['a success with an error status', { ...snsAccepted('id-1'), status: 500 }],
    ['a success that is half of one', { ...snsAccepted('id-1'), status: 202 }],
    ['an error that says 200', { ...snsError(400, 'InvalidParameter', 'words'), status: 200 }],
    ['a page of a gateway', { status: 403, body: `<html>${testCode}</html>` }],
    ['an error without a code', snsError(400, '', 'words')],
    ['a redirect', { ...snsAccepted('id-1'), status: 307 }],
  ])('may be %s, which is unclear', async (_, reply) => {
    double.replyNext(reply);
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear', status: reply.status } });
    expect(double.requests).toHaveLength(1);
  });
});
