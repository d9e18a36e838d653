import { AuthType, Infobip } from '@infobip-api/sdk';
import { withText } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type InfobipDouble, startInfobipDouble } from '../../test/doubles/infobip.ts';
import { account, recipient, sendTo, signInText } from './test-account.ts';

let double: InfobipDouble;
beforeEach(async () => {
  double = await startInfobipDouble(account);
});
afterEach(() => double.close());

const bodyOf = (index: number) => JSON.parse(double.requests[index]?.body ?? '') as { messages: [unknown] };

describe('what is sent', () => {
  test('is what the official Python client 5.1.1, which speaks version 3, was seen to send', async () => {
    await sendTo(double.url, withText('Code {{code}}'));
    expect(double.requests).toMatchObject([
      {
        method: 'POST',
        path: '/sms/3/messages',
        headers: {
          authorization: `App ${account.apiKey}`,
          'content-type': 'application/json',
          accept: 'application/json',
        },
      },
    ]);
    expect(bodyOf(0)).toEqual({
      messages: [
        {
          sender: 'Acme',
          destinations: [{ to: '41793026727', messageId: 'message-1' }],
          content: { text: 'Code 918273' },
          options: { validityPeriod: { amount: 600, timeUnit: 'SECONDS' } },
        },
      ],
    });
  });

  test('says the same as the official Node client, which speaks version 2', async () => {
    await sendTo(double.url);
    const client = new Infobip({ baseUrl: double.url, apiKey: account.apiKey, authType: AuthType.ApiKey });
    const theirMessage = {
      from: 'Acme',
      destinations: [{ to: '41793026727', messageId: 'message-1' }],
      text: signInText,
      validityPeriod: 10,
    };
    await client.channels.sms.send({ type: 'text', messages: [theirMessage] });

    const [ours, theirs] = double.requests.map(({ method, headers }) => ({
      method,
      authorization: headers.authorization,
      contentType: headers['content-type'],
    }));
    expect(ours).toEqual(theirs);
    // Version 3 moved `from` and `text`, and counts the validity in any unit instead of minutes.
    expect(bodyOf(1).messages).toEqual([theirMessage]);
    expect(double.messages).toEqual([
      {
        sender: theirMessage.from,
        ...theirMessage.destinations[0],
        text: theirMessage.text,
        validitySeconds: theirMessage.validityPeriod * 60,
      },
    ]);
  });

  test('comes back as the text and the id of the message', async () => {
    expect(await sendTo(double.url)).toEqual({ providerMessageId: 'message-1', text: signInText });
  });

  test('comes back with the id that Infobip gave, if it gave another', async () => {
    const status = { groupId: 3, groupName: 'DELIVERED', id: 5, name: 'DELIVERED_TO_HANDSET' };
    double.replyNext({ body: { messages: [{ messageId: 'of-infobip', status }] } });
    expect(await sendTo(double.url)).toMatchObject({ providerMessageId: 'of-infobip' });
    double.replyNext({ body: { messages: [{ status }] } });
    expect(await sendTo(double.url)).toMatchObject({ providerMessageId: 'message-1' });
  });

  test('goes to a number whichever way it was given', async () => {
    await sendTo(double.url, {}, { to: recipient.slice(1) });
    expect(double.messages[0]?.to).toBe('41793026727');
  });

  test.each([
    [0, 1],
    [90.9, 90],
    [172_800, 172_800],
    [172_801, 172_800],
  ])('lives %d seconds as a validity period of %d', async (lifetimeSeconds, expected) => {
    await sendTo(double.url, {}, { lifetimeSeconds });
    expect(double.messages[0]?.validitySeconds).toBe(expected);
  });

  test('is sent from a number in digits', async () => {
    await sendTo(double.url, { from: '+41 79 302 67 00' });
    expect(double.messages[0]?.sender).toBe('41793026700');
  });
});
