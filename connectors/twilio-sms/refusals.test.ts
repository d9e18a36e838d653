import { failureOf, testCode } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwilioDouble, type TwilioDouble, twilioError } from '../../test/doubles/twilio.ts';
import { account, apiKeySecret, apiKeySID, authToken, sendTo, signInText } from './test-account.ts';

let double: TwilioDouble;
beforeEach(async () => {
  double = await startTwilioDouble(account);
});
afterEach(() => double.close());

describe('what Twilio refuses', () => {
  test.each([
    ['+15005550001', 'recipient', '21211'],
    ['+15005550002', 'configuration', '21612'],
    ['+15005550003', 'configuration', '21408'],
    ['+15005550004', 'recipient', '21610'],
    ['+15005550009', 'recipient', '21614'],
  ])('keeps its code and its words for %s', async (to, kind, providerCode) => {
    const error = await failureOf(sendTo(double.url, {}, { to }));
    expect(error.data).toMatchObject({ kind, providerCode, status: 400, providerMessage: expect.stringMatching(/\w/) });
    expect(error.message).toContain(`https://www.twilio.com/docs/errors/${providerCode}`);
    expect(double.requests).toHaveLength(1);
  });

  test('is sent again where it was not processed, unless it asks for a longer wait', async () => {
    double.replyNext({ ...twilioError(429, 20429, 'Too Many Requests'), headers: { 'retry-after': '2' } });
    await sendTo(double.url);
    expect(double.messages).toHaveLength(1);

    double.replyNext({ ...twilioError(429, 20429, 'Too Many Requests'), headers: { 'retry-after': '7' } });
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', data: { kind: 'limit', retryAfterSeconds: 7 } });
    expect(double.requests).toHaveLength(3);
  });

  test('is sent again when 429 comes without a body that can be read', async () => {
    double.replyNext({ status: 429, body: 'slow down' });
    await sendTo(double.url);
    expect(double.requests).toHaveLength(2);
  });

  test('is not sent again for a full queue, although that is a 429 too', async () => {
    const error = await failureOf(sendTo(double.url, { from: '+15005550008' }));
    expect(error.data).toMatchObject({ kind: 'limit', providerCode: '21611' });
    expect(double.requests).toHaveLength(1);
  });

  test.each([
    ['Auth Token', {}, ['accountSID', 'authToken']],
    ['API key', { apiKeySID, apiKeySecret: 'old' }, ['accountSID', 'apiKeySID', 'apiKeySecret']],
  ])('names the fields of a wrong %s', async (_, change, fields) => {
    double.replyNext(twilioError(401, 20003, 'Authenticate'));
    const error = await failureOf(sendTo(double.url, change));
    expect(error).toMatchObject({ code: 'invalid_config', data: { kind: 'configuration', status: 401 } });
    expect(error.data.issues?.map(({ path }) => path)).toEqual(fields);
    // A link is one in every language; a word before it would stand in English.
    expect(error.message).toMatch(/region\. https:\/\/www\.twilio\.com\/docs\/errors\/20003$/);
  });

  test('carries neither the text nor the code nor a secret in its words', async () => {
    const echo = `Body "${signInText}" (${testCode}) by ${authToken}, ${apiKeySecret} refused`;
    const reply = twilioError(400, 30007, echo);
    double.replyNext({ ...reply, body: { ...(reply.body as object), more_info: 'https://example.com/?body=918273' } });
    const { data, message } = await failureOf(sendTo(double.url, { apiKeySID, apiKeySecret }));
    expect(data.providerMessage).toBe('Body "[hidden]" ([hidden]) by [hidden], [hidden] refused');
    expect(message).toContain('https://example.com/?body=[hidden]');
  });

  test.each([
    ['failed', 30006, 'recipient'],
    ['undelivered', 30450, 'limit'],
    ['canceled', null, 'unclear'],
  ])('may be a message that is %s at once', async (status, error_code, kind) => {
    double.replyNext({ status: 201, body: { sid: 'SM1', status, error_code, error_message: 'Lost 918273' } });
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({ kind, status: 201, providerMessage: 'Lost [hidden]' });
    expect(data.providerCode).toBe(error_code === null ? undefined : String(error_code));
    expect(double.requests).toHaveLength(1);
  });

  test.each([
    ['a success without an id', { status: 201, body: { status: 'queued' } }],
    ['a page of a gateway', { status: 403, body: '<html>918273</html>' }],
    ['a redirect', { status: 307, headers: { location: 'https://example.com' }, body: { sid: 'SM1' } }],
    ['an error without words', { status: 400, body: {} }],
  ])('may be %s, which is unclear', async (_, reply) => {
    double.replyNext(reply);
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear', status: reply.status } });
    expect(double.requests).toHaveLength(1);
  });
});
