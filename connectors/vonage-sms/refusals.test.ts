import { failureOf, testCode, withText } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startVonageDouble, type VonageDouble, vonageError } from '../../test/doubles/vonage.ts';
import { account, sendTo, signInText } from './test-account.ts';

let double: VonageDouble;
beforeEach(async () => {
  double = await startVonageDouble(account);
});
afterEach(() => double.close());

const accepted = { to: '447700900000', 'message-id': '0C1', status: '0' };
const throttled = { status: '1', 'error-text': 'Throughput Rate Exceeded - please wait [250] and retry' };

describe('what Vonage refuses', () => {
  test.each([
    ['a wrong API secret', { apiSecret: 'wrong' }, {}, '4', ['apiKey', 'apiSecret']],
    ['an unknown API key', { apiKey: 'dcba4321' }, {}, '4', ['apiKey', 'apiSecret']],
    ['a name in North America', {}, { to: '+12025550123' }, '15', ['brandName']],
    ['an empty text', withText('{{nothing}}'), {}, '2', ['templates']],
  ])('tells the administrator of %s', async (_, config, data, providerCode, fields) => {
    const error = await failureOf(sendTo(double.url, config, data));
    expect(error).toMatchObject({ code: 'invalid_config', data: { kind: 'configuration', providerCode, status: 200 } });
    expect(error.data.providerMessage).toMatch(/\w/);
    expect(error.data.issues?.map(({ path }) => path)).toEqual(fields);
    expect(double.requests).toHaveLength(1);
  });

  test('is sent again when the account was too fast, unless it asks for a longer wait', async () => {
    double.replyNext(vonageError('1', throttled['error-text']));
    await sendTo(double.url);
    expect(double.messages).toHaveLength(1);

    double.replyNext({ ...vonageError('1', throttled['error-text']), headers: { 'retry-after': '7' } });
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', data: { kind: 'limit', retryAfterSeconds: 7 } });
    expect(double.requests).toHaveLength(3);
  });

  test.each([
    ['the second', [accepted, throttled]],
    ['the first', [throttled, accepted]],
  ])('is not sent again when only %s part was throttled', async (_, messages) => {
    double.replyNext({ body: { 'message-count': '2', messages } });
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({ kind: 'unclear', providerCode: '1', providerMessage: throttled['error-text'] });
    expect(data.message).toMatch(/only 1 of the 2 parts/);
    expect(double.requests).toHaveLength(1);
  });

  test('may have its status as a number', async () => {
    double.replyNext({ body: { 'message-count': 1, messages: [{ status: 7, 'error-text': 'Barred' }] } });
    expect((await failureOf(sendTo(double.url))).data).toMatchObject({ kind: 'recipient', providerCode: '7' });
  });

  test('may be refused before the SMS API, in the older form too', async () => {
    double.replyNext({ status: 401, body: { 'error-code': '401', 'error-code-label': 'authentication failed' } });
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({
      kind: 'configuration',
      providerCode: '401',
      providerMessage: 'authentication failed',
    });
    expect(data.issues?.map(({ path }) => path)).toEqual(['apiKey', 'apiSecret']);
  });

  test('may be the wrong address', async () => {
    const { data } = await failureOf(sendTo(`${double.url}/elsewhere`));
    expect(data).toMatchObject({ kind: 'configuration', providerCode: 'not-found', status: 404 });
  });

  test('is sent again when HTTP 429 comes without a body that can be read', async () => {
    double.replyNext({ status: 429, body: 'slow down' });
    await sendTo(double.url);
    expect(double.requests).toHaveLength(2);
  });

  test('carries neither the text nor the code nor the secret in its words', async () => {
    double.replyNext(vonageError('3', `"${signInText}" (${testCode}) by ${account.apiSecret} refused`));
    const { data } = await failureOf(sendTo(double.url));
    expect(data.providerMessage).toBe('"[hidden]" ([hidden]) by [hidden] refused');
  });

  test.each([
    ['a success without an id', { body: { 'message-count': '1', messages: [{ status: '0' }] } }],
    ['a success with an error of HTTP', { status: 400, body: { 'message-count': '1', messages: [accepted] } }],
    ['no message at all', { body: { 'message-count': '0', messages: [] } }],
    ['problem details with HTTP 200', { body: { title: 'Title' } }],
    ['a page of a gateway', { status: 403, body: `<html>${testCode}</html>` }],
    ['a redirect', { status: 307, headers: { location: 'https://example.com' }, body: { messages: [accepted] } }],
  ])('may be %s, which is unclear', async (_, reply) => {
    double.replyNext(reply);
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear' } });
    expect(double.requests).toHaveLength(1);
  });
});
