import { testCode } from '@sesame/connector-kit/connector-test';
import twilio from 'twilio';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { startTwilioDouble, type TwilioDouble } from '../../test/doubles/twilio.ts';
import {
  account,
  accountSID,
  apiKeySecret,
  apiKeySID,
  authToken,
  chineseContentSID,
  contentSID,
  fromMessagingServiceSID,
  recipient,
  sendTo,
  signInText,
  whatsAppConfig,
} from './test-account.ts';

const notice = { usageType: 'AccountChanged', content: '{{change}}' };

let double: TwilioDouble;
beforeEach(async () => {
  double = await startTwilioDouble(account);
});
afterEach(() => double.close());

describe('what is sent', () => {
  test.each([
    ['the Auth Token', { authToken }, () => twilio(accountSID, authToken, clientOptions())],
    ['an API key', { authToken: '', apiKeySID, apiKeySecret }, () => twilio(apiKeySID, apiKeySecret, clientOptions())],
  ])('is what the official client sends with %s', async (_, credentials, client) => {
    await sendTo(double.url, { ...credentials, from: 'Sesame', disableRiskCheck: true });
    await client().messages.create({
      to: recipient,
      messagingServiceSid: fromMessagingServiceSID,
      from: 'Sesame',
      body: signInText,
      validityPeriod: 600,
      riskCheck: 'disable',
    });
    expectTheSame();
  });

  test('to WhatsApp is nothing without a code', async () => {
    const message = { type: 'AccountChanged', payload: { change: 'Changed.' }, template: notice };
    const sending = sendTo(double.url, whatsAppConfig, message);
    await expect(sending).rejects.toMatchObject({ code: 'template_not_found', data: { kind: 'configuration' } });
    expect(double.requests).toEqual([]);
  });

  test('to WhatsApp is what the official client sends', async () => {
    const result = await sendTo(double.url, { ...whatsAppConfig, tellVerified: true });
    await twilio(accountSID, authToken, clientOptions()).messages.create({
      to: `whatsapp:${recipient}`,
      messagingServiceSid: fromMessagingServiceSID,
      from: 'whatsapp:+15005550006',
      contentSid: contentSID,
      contentVariables: JSON.stringify({ 1: testCode }),
      provideFeedback: true,
      validityPeriod: 600,
    });
    expectTheSame();
    // The words are WhatsApp's.
    expect(result).toEqual({ providerMessageId: double.messages[0]?.sid, text: undefined });
  });

  test.each([
    ['zh-TW', chineseContentSID],
    ['de', contentSID],
    [undefined, contentSID],
  ])('to WhatsApp is the template for %s', async (locale, expected) => {
    await sendTo(double.url, whatsAppConfig, { payload: { code: testCode, ...(locale && { locale }) } });
    expect(double.messages[0]).toMatchObject({ contentSid: expected, contentVariables: { 1: testCode } });
  });

  function expectTheSame() {
    const [ours, theirs] = double.requests.map(({ method, path, headers, body }) => ({
      method,
      path,
      authorization: headers.authorization,
      contentType: headers['content-type'],
      accept: headers.accept,
      parameters: Object.fromEntries(new URLSearchParams(body)),
    }));
    expect(ours).toEqual(theirs);
    expect(double.messages).toHaveLength(2);
  }

  function clientOptions() {
    const httpClient = new twilio.RequestClient();
    const request = httpClient.request.bind(httpClient);
    httpClient.request = (options) =>
      request({ ...options, uri: options.uri.replace('https://api.twilio.com', double.url) });
    return { accountSid: accountSID, httpClient };
  }

  test('comes back as the text and the id that Twilio gave', async () => {
    const result = await sendTo(double.url);
    const [message] = double.messages;
    expect(result).toEqual({ providerMessageId: message?.sid, text: signInText });
    expect(message).toMatchObject({ to: recipient, body: result.text, from: undefined, riskCheck: 'enable' });
  });

  test('goes to a number with the plus, whichever way it was given', async () => {
    await sendTo(double.url, {}, { to: '12025550123' });
    expect(double.messages[0]?.to).toBe(recipient);
  });

  test.each([
    [0, 1],
    [0.5, 1],
    [90.9, 90],
    [36_000, 36_000],
    [86_400, 36_000],
  ])('lives %d seconds as a validity period of %d', async (lifetimeSeconds, expected) => {
    await sendTo(double.url, {}, { lifetimeSeconds });
    expect(double.messages[0]?.validityPeriod).toBe(expected);
  });

  test('is sent from a number alone, without a messaging service', async () => {
    await sendTo(double.url, { fromMessagingServiceSID: '', from: '+1 (500) 555-0006' });
    expect(double.messages[0]).toMatchObject({ from: '+15005550006', messagingServiceSid: undefined });
  });

  test('is authorized by the API key where both ways are configured', async () => {
    await sendTo(double.url, { apiKeySID, apiKeySecret });
    const basic = Buffer.from(`${apiKeySID}:${apiKeySecret}`).toString('base64');
    expect(double.requests[0]?.headers.authorization).toBe(`Basic ${basic}`);
  });
});
