import { failureOf, testCode } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type PlivoDouble, plivoError, startPlivoDouble } from '../../test/doubles/plivo.ts';
import { account, powerpackUuid, sendTo, signInText } from './test-account.ts';

let double: PlivoDouble;
beforeEach(async () => {
  double = await startPlivoDouble(account);
});
afterEach(() => double.close());

describe('what Plivo refuses', () => {
  test('is the recipient when it quotes that', async () => {
    const { data } = await failureOf(sendTo(double.url, {}, { to: '+1111' }));
    expect(data).toMatchObject({ kind: 'recipient', status: 400 });
    expect(data.providerMessage).toBe("'1111' is not a valid phone number.");
    expect(double.requests).toHaveLength(1);
  });

  test('is the sender when it quotes that, in the same words', async () => {
    const error = await failureOf(sendTo(double.url, { src: 'Acme' }));
    expect(error).toMatchObject({ code: 'invalid_config', data: { kind: 'configuration', status: 400 } });
    expect(error.data.providerMessage).toBe("'Acme' is not a valid phone number.");
  });

  test.each([
    ['a wrong Auth Token', { authToken: 'wrong' }, 401, ['authId', 'authToken']],
    ['another Auth ID', { authId: 'MA0000000000000OTHER' }, 401, ['authId', 'authToken']],
  ])('names the fields of %s', async (_, change, status, fields) => {
    const { data } = await failureOf(sendTo(double.url, change));
    expect(data).toMatchObject({ kind: 'configuration', status });
    expect(data.issues?.map(({ path }) => path)).toEqual(fields);
  });

  test.each([
    ['a sender', {}, ['authId', 'endpoint']],
    ['a Powerpack', { src: '', powerpackUuid }, ['authId', 'powerpackUuid', 'endpoint']],
  ])('names the fields that are in use with %s', async (_, change, fields) => {
    double.replyNext(plivoError(404, 'not found'));
    const { data } = await failureOf(sendTo(double.url, change));
    expect(data.issues?.map(({ path }) => path)).toEqual(fields);
  });

  test.each([
    [400, 'Insufficient Credit', /no credit/],
    [402, 'Insufficient Credit', /no credit/],
    [400, 'Destination number needs to be verified', /verified first/],
    [403, 'Account is not verified', /verified first/],
    [403, 'Forbidden', /Geo Permissions/],
    [400, 'Odd', /words of Plivo/],
    [418, 'Odd', /HTTP 418/],
  ])('with %d and "%s" says what is the matter', async (status, words, meaning) => {
    double.replyNext(plivoError(status, words));
    const { message, data } = await failureOf(sendTo(double.url));
    expect(message).toMatch(meaning);
    expect(data).toMatchObject({ kind: 'configuration', providerMessage: words });
  });

  test('comes with the api_id that Plivo asks for', async () => {
    double.replyNext(plivoError(403, 'country barred'));
    const { message } = await failureOf(sendTo(double.url));
    expect(message).toContain('Geo Permissions');
    expect(message).toContain('(api_id a5169572-325d-11ec-8852-0242ac110005)');
  });

  test('is sent again where it was not processed, unless it asks for a longer wait', async () => {
    double.replyNext({ status: 429, body: 'slow down' });
    await sendTo(double.url);
    expect(double.messages).toHaveLength(1);

    double.replyNext({ ...plivoError(429, 'slow down'), headers: { 'retry-after': '7' } });
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', data: { kind: 'limit', retryAfterSeconds: 7 } });
    expect(double.requests).toHaveLength(3);
  });

  test('carries neither the text nor the code nor the token', async () => {
    const words = `"${signInText}" (${testCode}) by ${account.authToken} refused`;
    double.replyNext({ status: 400, body: { api_id: `a-${testCode}`, error: words } });
    const { data, message } = await failureOf(sendTo(double.url));
    expect(data.providerMessage).toBe('"[hidden]" ([hidden]) by [hidden] refused');
    expect(message).toContain('(api_id a-[hidden])');
  });

  test('may have words that are none', async () => {
    double.replyNext({ status: 400, body: { api_id: 'a', error: { dst: ['odd'] } } });
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({ kind: 'configuration', status: 400 });
    expect(data).not.toHaveProperty('providerMessage');
  });

  test.each([
    ['a success without an id', { status: 202, body: { api_id: 'a', message: 'message(s) queued' } }],
    ['a success with an empty id', { status: 202, body: { message_uuid: [''] } }],
    ['a page of a gateway', { status: 403, body: `<html>${testCode}</html>` }],
    ['an error without words', { status: 400, body: {} }],
    ['a redirect', { status: 307, headers: { location: 'https://example.com' }, body: { message_uuid: ['u'] } }],
  ])('may be %s, which is unclear', async (_, reply) => {
    double.replyNext(reply);
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear', status: reply.status } });
    expect(double.requests).toHaveLength(1);
  });
});
