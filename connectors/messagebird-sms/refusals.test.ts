import { failureOf, testCode } from '@sesame/connector-kit/connector-test';
import type { DoubleReply } from '@sesame/connector-kit/provider-double';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import {
  type MessageBirdDouble,
  messageBirdErrors,
  messageResource,
  startMessageBirdDouble,
} from '../../test/doubles/messagebird.ts';
import { account, sendTo, signInText } from './test-account.ts';

let double: MessageBirdDouble;
beforeEach(async () => {
  double = await startMessageBirdDouble(account);
});
afterEach(() => double.close());

const accepted = { id: 'm-1', recipient: '31612345678', originator: 'S', body: '', datacoding: 'auto' };
const resource = (recipient: Record<string, unknown> = {}) =>
  messageResource({ ...accepted, validity: null, reference: null }, recipient);

describe('what MessageBird refuses', () => {
  test.each([
    ['a number that cannot exist', {}, { to: '+1' }, '9', 'recipient', undefined],
    ['a wrong key', { accessKey: 'other' }, {}, '2', 'configuration', ['accessKey']],
  ])('is told for %s, with the fields at fault', async (_, change, data, providerCode, kind, fields) => {
    const error = await failureOf(sendTo(double.url, change, data));
    expect(error.data).toMatchObject({ kind, providerCode, providerMessage: expect.stringMatching(/\w/) });
    expect(error.data.issues?.map(({ path }) => path)).toEqual(fields);
    expect(double.requests).toHaveLength(1);
    expect(double.messages).toEqual([]);
  });

  test('may be test credits, which are told from a wrong number', async () => {
    await double.close();
    double = await startMessageBirdDouble({ ...account, testNumber: '31612340000' });
    const error = await failureOf(sendTo(double.url));
    expect(error.data).toMatchObject({ kind: 'configuration', providerCode: '9', status: 422 });
    expect(error.message).toContain('test credits');
    await sendTo(double.url, {}, { to: '+31612340000' });
    expect(double.messages).toHaveLength(1);
  });

  test('tells of several errors the one that only an administrator can mend, and all words', async () => {
    double.replyNext(
      messageBirdErrors(422, [
        { code: 9, description: 'no (correct) recipients found', parameter: 'recipient' },
        { code: 10, description: 'originator is invalid', parameter: 'originator' },
      ]),
    );
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({
      kind: 'configuration',
      providerCode: '10',
      providerMessage: 'no (correct) recipients found; originator is invalid',
      issues: [{ path: 'originator' }],
    });
  });

  test('is sent again when it came too fast, unless it asks for a longer wait', async () => {
    double.replyNext({ status: 429, headers: { 'retry-after': '2' }, body: 'slow down' });
    await sendTo(double.url);
    expect(double.messages).toHaveLength(1);
    double.replyNext({ status: 429, headers: { 'retry-after': '7' }, body: 'slow down' });
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', data: { kind: 'limit', retryAfterSeconds: 7 } });
    expect(double.requests).toHaveLength(3);
  });

  test('carries neither the text nor the code nor the key in its words', async () => {
    const description = `Text "${signInText}" (${testCode}) by ${account.accessKey} refused`;
    double.replyNext(messageBirdErrors(422, [{ code: 10, description, parameter: 'body' }]));
    const { data } = await failureOf(sendTo(double.url));
    expect(data.providerMessage).toBe('Text "[hidden]" ([hidden]) by [hidden] refused');
    expect(data.issues).toMatchObject([{ path: 'templates' }]);
  });

  test.each([
    ['delivery_failed', 'unknown subscriber', 1, 'recipient'],
    ['delivery_failed', 'Opted out', 103, 'recipient'],
    ['delivery_failed', 'insufficient balance', null, 'configuration'],
    ['delivery_failed', 'capacity limit reached', 11, 'limit'],
    ['delivery_failed', 'generic delivery failure', null, 'unclear'],
    ['expired', 'expired', null, 'unclear'],
    ['expired', null, null, 'unclear'],
  ])('may be a message that is %s at once: %s', async (status, statusReason, statusErrorCode, kind) => {
    double.replyNext({ status: 201, body: resource({ status, statusReason, statusErrorCode }) });
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({ kind, status: 201, providerMessage: statusReason ?? status });
    expect(data.providerCode).toBe(statusErrorCode === null ? undefined : String(statusErrorCode));
    expect(double.requests).toHaveLength(1);
  });

  test.each(['scheduled', 'sent', 'buffered', 'delivered'])('is not a message that is %s', async (status) => {
    double.replyNext({ status: 201, body: resource({ status, statusReason: 'pending DLR', statusErrorCode: null }) });
    expect((await sendTo(double.url)).providerMessageId).toBe('m-1');
  });

  test('is an error even where the status says success', async () => {
    double.replyNext(messageBirdErrors(200, [{ code: 25, description: 'Not enough balance', parameter: null }]));
    expect((await failureOf(sendTo(double.url))).data).toMatchObject({ kind: 'configuration', providerCode: '25' });
  });

  test.each<[string, DoubleReply]>([
    ['a success without an id', { status: 201, body: { ...resource(), id: '' } }],
    ['a success without recipients', { status: 201, body: { id: 'm-1' } }],
    ['a page of a gateway', { status: 411, body: `<html>${testCode}</html>` }],
    ["an error of Bird's other platform", { status: 401, body: { error: { code: 'E01001', message: testCode } } }],
    ['errors without any', { status: 422, body: { errors: [] } }],
    ['errors in a redirect', messageBirdErrors(302, [{ code: 25, description: testCode, parameter: null }])],
    ['a redirect', { status: 307, headers: { location: 'https://example.com' }, body: resource() }],
  ])('may be %s, which is unclear', async (_, reply) => {
    double.replyNext(reply);
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear', status: reply.status } });
    expect(double.requests).toHaveLength(1);
  });
});
