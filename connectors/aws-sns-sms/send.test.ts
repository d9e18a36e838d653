import { failureOf, testCode } from '@sesame/connector-kit/connector-test';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type SnsDouble, startSnsDouble } from '../../test/doubles/aws-sns.ts';
import create from './index.ts';
import { account, config, now, recipient, sendTo, signInText, templates } from './test-account.ts';

let double: SnsDouble;
beforeEach(async () => {
  double = await startSnsDouble(account);
});
afterEach(() => double.close());

describe('what is sent', () => {
  test('comes back as the text and the id that Amazon SNS gave', async () => {
    const result = await sendTo(double.url);
    expect(result).toEqual({ providerMessageId: double.messages[0]?.messageId, text: signInText });
    expect(double.messages).toMatchObject([
      { phoneNumber: recipient, text: signInText, attributes: { 'AWS.SNS.SMS.SMSType': 'Transactional' } },
    ]);
  });

  test('is a form for Publish, with its attributes numbered from 1', async () => {
    await sendTo(double.url, { senderId: 'Sesame', originationNumber: '+18005550100' });
    const [request] = double.requests;
    expect(request).toMatchObject({
      method: 'POST',
      path: '/',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-amz-date': '20260301T235959Z' },
    });
    expect(Object.fromEntries(new URLSearchParams(request?.body))).toEqual({
      Action: 'Publish',
      Version: '2010-03-31',
      PhoneNumber: recipient,
      Message: signInText,
      'MessageAttributes.entry.1.Name': 'AWS.SNS.SMS.SMSType',
      'MessageAttributes.entry.1.Value.DataType': 'String',
      'MessageAttributes.entry.1.Value.StringValue': 'Transactional',
      'MessageAttributes.entry.2.Name': 'AWS.SNS.SMS.SenderID',
      'MessageAttributes.entry.2.Value.DataType': 'String',
      'MessageAttributes.entry.2.Value.StringValue': 'Sesame',
      'MessageAttributes.entry.3.Name': 'AWS.MM.SMS.OriginationNumber',
      'MessageAttributes.entry.3.Value.DataType': 'String',
      'MessageAttributes.entry.3.Value.StringValue': '+18005550100',
    });
  });

  test.each([
    ['the region', {}, 'https://sns.eu-west-1.amazonaws.com/'],
    [
      'the endpoint',
      { endpoint: 'https://sns-fips.us-east-1.amazonaws.com' },
      'https://sns-fips.us-east-1.amazonaws.com/',
    ],
  ])('goes to %s, signed for its host', async (_, change, expected) => {
    const asked: string[] = [];
    const connector = await create({
      getConfig: async () => ({ ...config, ...change }),
      fetch: async (url) => {
        asked.push(String(url));
        return new Response('');
      },
    });
    await failureOf(connector.sendMessage({ to: recipient, type: 'SignIn', payload: { code: testCode } }));
    expect(asked).toEqual([expected]);
  });

  test('carries the session token of a temporary key, signed', async () => {
    await double.close();
    double = await startSnsDouble({ ...account, sessionToken: 'token//of+the=tests' });
    await sendTo(double.url, { sessionToken: 'token//of+the=tests' });
    expect(double.messages).toHaveLength(1);
    expect(double.requests[0]?.headers.authorization).toContain(
      'SignedHeaders=content-type;host;x-amz-date;x-amz-security-token,',
    );
  });

  test('carries the IDs of India to India only, and of the template that is sent', async () => {
    const withIds = templates.map((template, index) => ({ ...template, templateId: `110716200000${index}` }));
    const change = { entityId: '1101455800000012345', templates: withIds };
    await sendTo(double.url, change, { to: '+919876543210' });
    await sendTo(double.url, change, { to: '+919876543210', type: 'Register' });
    await sendTo(double.url, change);
    const sms = { 'AWS.SNS.SMS.SMSType': 'Transactional' };
    const entity = { ...sms, 'AWS.MM.SMS.EntityId': '1101455800000012345' };
    expect(double.messages.map(({ attributes }) => attributes)).toEqual([
      { ...entity, 'AWS.MM.SMS.TemplateId': '1107162000000' },
      { ...entity, 'AWS.MM.SMS.TemplateId': '1107162000001' },
      sms,
    ]);
  });

  test('goes to a number with the plus, whichever way it was given', async () => {
    await sendTo(double.url, {}, { to: '12025550123' });
    expect(double.messages[0]?.phoneNumber).toBe(recipient);
  });

  test('is signed anew when it is sent again', async () => {
    double.replyNext({ status: 429 });
    let clock = now;
    const connector = await create({
      getConfig: async () => ({ ...config, endpoint: double.url }),
      now: () => clock,
      sleep: async () => {
        clock += 1000;
      },
    });
    await connector.sendMessage({ to: recipient, type: 'SignIn', payload: { code: testCode } });
    expect(double.requests.map(({ headers }) => headers['x-amz-date'])).toEqual([
      '20260301T235959Z',
      '20260302T000000Z',
    ]);
    expect(double.messages).toHaveLength(1);
  });
});
