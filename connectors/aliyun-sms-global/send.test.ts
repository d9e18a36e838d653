import { failureOf } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type AliyunGlobalDouble, startAliyunGlobalDouble } from '../../test/doubles/aliyun-global.ts';
import { account, recipient, sendTo, signInText } from './test-account.ts';

let double: AliyunGlobalDouble;
beforeEach(async () => {
  double = await startAliyunGlobalDouble(account);
});
afterEach(() => double.close());

describe('what is sent', () => {
  test('is what the official Node client 1.0.10 was seen to send', async () => {
    await sendTo(double.url);
    const [request] = double.requests;
    expect(request).toMatchObject({
      method: 'POST',
      body: '',
      headers: {
        accept: 'application/json',
        'x-acs-action': 'SendMessageToGlobe',
        'x-acs-version': '2018-05-01',
        'x-acs-date': '2026-03-01T08:00:00Z',
        'x-acs-content-sha256': 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
    });
    const theirs =
      '/?From=Acme&Message=Code%20918273%20%26%20more%3A%20100%25%20caf%C3%A9%20(%E7%99%BB%E5%BD%95)!' +
      '&TaskId=message-1&To=447911123456&Type=OTP&ValidityPeriod=600';
    // Brackets and exclamation marks may be sent either way; signed they are always encoded.
    expect(request?.path).toBe(theirs.replace('(', '%28').replace(')', '%29').replace('!', '%21'));
  });

  test('passes the official signer, and comes back as the text and the id of the message', async () => {
    const result = await sendTo(double.url);
    expect(double.accepted).toEqual([
      {
        to: '447911123456',
        from: 'Acme',
        message: signInText,
        type: 'OTP',
        taskId: 'message-1',
        validitySeconds: 600,
        messageId: '10080303000001',
      },
    ]);
    expect(result).toEqual({ providerMessageId: '10080303000001', text: signInText });
  });

  test.each([[''], [undefined]])('names no sender where the configuration has %j', async (from) => {
    await sendTo(double.url, { from });
    expect(double.accepted).toMatchObject([{ from: undefined }]);
  });

  test('goes to a number whichever way it was given', async () => {
    await sendTo(double.url, {}, { to: recipient.slice(1) });
    expect(double.accepted[0]?.to).toBe('447911123456');
  });

  test.each([
    [0, 1],
    [90.9, 90],
    [1800, 1800],
  ])('lives %d seconds as a validity period of %d', async (lifetimeSeconds, expected) => {
    await sendTo(double.url, {}, { lifetimeSeconds });
    expect(double.accepted[0]?.validitySeconds).toBe(expected);
  });

  test('never goes to mainland China, but to Hong Kong, Macau and Taiwan', async () => {
    const error = await failureOf(sendTo(double.url, {}, { to: '+8613800138000' }));
    expect(error).toMatchObject({ code: 'invalid_config', data: { kind: 'configuration' } });
    expect(double.requests).toEqual([]);
    for (const to of ['+85251234567', '+85362345678', '+886912345678']) await sendTo(double.url, {}, { to });
    expect(double.accepted).toHaveLength(3);
  });

  test('has a nonce of its own each time, also when it is repeated', async () => {
    double.replyNext({ status: 400, body: { Code: 'Throttling.User', Message: 'Request was denied' } });
    await sendTo(double.url);
    const nonces = double.requests.map(({ headers }) => headers['x-acs-signature-nonce']);
    expect(new Set(nonces).size).toBe(2);
    expect(double.accepted).toHaveLength(1);
  });
});
