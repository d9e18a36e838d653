import { failureOf, testCode } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type InfobipDouble, infobipError, infobipReply, startInfobipDouble } from '../../test/doubles/infobip.ts';
import { messageRefusals } from './refusals.ts';
import { account, sendTo, signInText } from './test-account.ts';

let double: InfobipDouble;
beforeEach(async () => {
  double = await startInfobipDouble(account);
});
afterEach(() => double.close());

describe('what Infobip refuses', () => {
  test('is an error although the answer is 200: an invalid number', async () => {
    const { data } = await failureOf(sendTo(double.url, {}, { to: '+000' }));
    expect(data).toMatchObject({
      kind: 'recipient',
      status: 200,
      providerCode: 'REJECTED_DESTINATION',
      providerMessage: 'Invalid destination address.',
    });
    expect(double.requests).toHaveLength(1);
  });

  test('names the sender that is not registered', async () => {
    const error = await failureOf(sendTo(double.url, { from: 'Other' }));
    expect(error).toMatchObject({ code: 'invalid_config', data: { providerCode: 'REJECTED_SOURCE' } });
    expect(error.data.issues?.map(({ path }) => path)).toEqual(['from']);
  });

  test('is unclear where the message came twice: one of the two was taken', async () => {
    await sendTo(double.url);
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({ kind: 'unclear', providerCode: 'REJECTED_DUPLICATE_MESSAGE_ID' });
    expect(double.messages).toHaveLength(1);
  });

  test('says for how long at most a number is flooded', async () => {
    const status = { groupId: 5, groupName: 'REJECTED', id: 20, name: 'REJECTED_FLOODING_FILTER', description: '' };
    double.replyNext(infobipReply(status));
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', data: { kind: 'limit', retryAfterSeconds: 3600 } });
    expect(double.requests).toHaveLength(1);
  });

  test('is told by the number of the status, whatever its name', async () => {
    const status = { groupId: 5, groupName: 'REJECTED', id: 14, name: 'REJECTED_DESTINATION_BLACKLISTED' };
    double.replyNext(infobipReply({ ...status, description: 'Blacklisted' }));
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({ kind: 'recipient', providerCode: 'REJECTED_DESTINATION_BLACKLISTED' });
  });

  test.each([
    ['REJECTED', 'configuration'],
    ['UNDELIVERABLE', 'unclear'],
    ['EXPIRED', 'unclear'],
  ])('is told by its group %s where the status is new', async (groupName, kind) => {
    double.replyNext(infobipReply({ groupId: 9, groupName, id: 999, name: 'NEW_ONE', description: 'New' }));
    expect((await failureOf(sendTo(double.url))).data).toMatchObject({ kind, providerCode: 'NEW_ONE' });
  });

  test('is found in any of the messages that the answer tells of', async () => {
    const pending = { groupName: 'PENDING', id: 26 };
    const rejected = { groupName: 'REJECTED', id: 12 };
    double.replyNext({ body: { messages: [{ messageId: 'a', status: pending }, { status: rejected }] } });
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({ kind: 'configuration', providerCode: 'REJECTED' });
    expect(data.message).toBe(messageRefusals.get(12)?.meaning);
  });

  test('is sent again where it was throttled, unless it asks for a longer wait', async () => {
    double.replyNext(infobipError(429));
    await sendTo(double.url);
    expect(double.messages).toHaveLength(1);

    double.replyNext({ ...infobipError(429), headers: { 'retry-after': '7' } });
    const error = await failureOf(sendTo(double.url, {}, { messageId: 'message-2' }));
    expect(error).toMatchObject({ code: 'rate_limit_exceeded', data: { kind: 'limit', retryAfterSeconds: 7 } });
    expect(double.requests).toHaveLength(3);
  });

  test('is sent again when 429 comes without a body that can be read', async () => {
    double.replyNext({ status: 429, body: 'slow down' });
    await sendTo(double.url);
    expect(double.requests).toHaveLength(2);
  });

  test('names the field of a wrong API key', async () => {
    const error = await failureOf(sendTo(double.url, { apiKey: 'revoked' }));
    expect(error).toMatchObject({
      code: 'invalid_config',
      data: { kind: 'configuration', status: 401, providerCode: 'E401', issues: [{ path: 'apiKey' }] },
    });
  });

  test('names the field of a wrong base URL', async () => {
    const error = await failureOf(sendTo(`${double.url}/sms`));
    expect(error.data).toMatchObject({ providerCode: 'E404', issues: [{ path: 'endpoint' }] });
  });

  test('keeps what Infobip says of each property at fault', async () => {
    double.replyNext(infobipError(400, [{ property: 'messages[0].sender', violation: 'size must be at most 11' }]));
    const { data } = await failureOf(sendTo(double.url));
    expect(data).toMatchObject({ kind: 'configuration', providerCode: 'E400' });
    expect(data.providerMessage).toBe('Request cannot be processed. messages[0].sender: size must be at most 11');
  });

  test('carries neither the text nor the code nor the key in its words', async () => {
    const violation = `"${signInText}" (${testCode}) by ${account.apiKey} refused`;
    double.replyNext(infobipError(400, [{ property: `content.${testCode}`, violation }]));
    const { data } = await failureOf(sendTo(double.url));
    expect(data.providerMessage).toBe(
      'Request cannot be processed. content.[hidden]: "[hidden]" ([hidden]) by [hidden] refused',
    );
  });

  test.each([
    ['a success without a status', { body: { messages: [{ messageId: 'a' }] } }],
    ['a success without a message', { body: { bulkId: '1', messages: [] } }],
    ['a group that is new', { body: { messages: [{ messageId: 'a', status: { groupName: 'NEW', id: 1 } }] } }],
    ['a page of a gateway', { status: 403, body: `<html>${testCode}</html>` }],
    ['a redirect', { status: 307, headers: { location: 'https://example.com' }, body: {} }],
  ])('may be %s, which is unclear', async (_, reply) => {
    double.replyNext(reply);
    const error = await failureOf(sendTo(double.url));
    expect(error).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear' } });
    expect(double.requests).toHaveLength(1);
  });
});
