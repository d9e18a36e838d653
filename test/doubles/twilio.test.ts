import twilio from 'twilio';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startTwilioDouble, type TwilioDouble } from './twilio.ts';

const account = { accountSID: 'AC00000000000000000000000000000001', authToken: 'auth-token-of-the-tests' };
const path = `/2010-04-01/Accounts/${account.accountSID}/Messages.json`;
const right = { To: '+12025550123', From: '+15005550006', Body: 'Code 918273' };

let double: TwilioDouble;
beforeEach(async () => {
  double = await startTwilioDouble(account);
});
afterEach(() => double.close());

async function post(
  parameters: Record<string, string> | [string, string][],
  { method = 'POST', to = path, password = account.authToken, type = 'application/x-www-form-urlencoded' } = {},
) {
  const authorization = `Basic ${btoa(`${account.accountSID}:${password}`)}`;
  const body = method === 'GET' ? null : new URLSearchParams(parameters).toString();
  const response = await fetch(double.url + to, { method, headers: { authorization, 'content-type': type }, body });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

/** The official client, sent to the double: it reads the replies, so it tells whether they are like Twilio's. */
function officialClient() {
  const httpClient = new twilio.RequestClient();
  const request = httpClient.request.bind(httpClient);
  httpClient.request = (options) =>
    request({ ...options, uri: options.uri.replace('https://api.twilio.com', double.url) });
  return twilio(account.accountSID, account.authToken, { httpClient });
}

test('the official client reads an accepted message', async () => {
  const message = await officialClient().messages.create({
    to: '+12025550123',
    messagingServiceSid: 'MG00000000000000000000000000000003',
    body: 'Code 918273',
  });
  expect(message).toMatchObject({ status: 'accepted', to: '+12025550123', body: 'Code 918273', errorCode: null });
  expect(message.sid).toMatch(/^SM[0-9a-f]{32}$/);
  expect(message.dateCreated.getTime()).toBeGreaterThan(Date.now() - 60_000);
  expect(Object.values(message.toJSON()).every((value) => value !== undefined)).toBe(true);
  expect(double.messages).toMatchObject([{ sid: message.sid, to: '+12025550123', body: 'Code 918273' }]);
});

test('the official client reads a refusal', async () => {
  const refused = officialClient().messages.create({ to: '+15005550004', from: '+15005550006', body: 'Code 918273' });
  await expect(refused).rejects.toMatchObject({
    status: 400,
    code: 21610,
    moreInfo: 'https://www.twilio.com/docs/errors/21610',
  });
});

test.each<[string, Record<string, string>, number]>([
  ['no recipient', { To: '' }, 21604],
  ['a recipient without the plus', { To: '12025550123' }, 21211],
  ['no sender', { From: '' }, 21603],
  ['a sender that cannot be', { From: '+15005550001' }, 21212],
  ['a sender of someone else', { From: '+15005550007' }, 21606],
  ['a name that is too long', { From: 'TwelveLetter' }, 21212],
  ['no text', { Body: '' }, 21602],
  ['a text that is too long', { Body: 'x'.repeat(1601) }, 21617],
  ['no lifetime', { ValidityPeriod: '0' }, 21624],
  ['a lifetime that is too long', { ValidityPeriod: '36001' }, 21624],
  ['a lifetime in halves', { ValidityPeriod: '1.5' }, 21624],
  ['another risk check', { RiskCheck: 'true' }, 20001],
  ['a parameter that Twilio does not have', { Text: 'x' }, 20001],
])('refuses %s', async (_, change, code) => {
  expect(await post({ ...right, ...change })).toMatchObject({ status: 400, body: { code, status: 400 } });
  expect(double.messages).toEqual([]);
});

const toWhatsApp = {
  To: 'whatsapp:+12025550123',
  From: 'whatsapp:+15005550006',
  ContentSid: `HX${'0'.repeat(32)}`,
  ContentVariables: '{"1":"918273"}',
};

test('takes a template for WhatsApp', async () => {
  expect(await post(toWhatsApp)).toMatchObject({ status: 201, body: { to: toWhatsApp.To } });
  expect(double.messages).toMatchObject([{ contentSid: toWhatsApp.ContentSid, contentVariables: { 1: '918273' } }]);
});

test.each<[string, Record<string, string>, number]>([
  ['a sender of SMS', { From: right.From }, 21910],
  ['no sender', { From: '' }, 21603],
  ['a recipient that cannot be', { To: 'whatsapp:12025550123' }, 21211],
  ['a text', { Body: right.Body }, 63016],
  ['no template', { ContentSid: '' }, 63016],
  ['a template that cannot be', { ContentSid: 'HX1' }, 21655],
  ['no code', { ContentVariables: '{"1":""}' }, 21656],
  ['variables that are no JSON', { ContentVariables: '1=918273' }, 21656],
  ['a variable too many', { ContentVariables: '{"1":"918273","2":"x"}' }, 63028],
])('refuses %s for WhatsApp', async (_, change, code) => {
  expect(await post({ ...toWhatsApp, ...change })).toMatchObject({ status: 400, body: { code } });
  expect(double.messages).toEqual([]);
});

test('refuses a request that is not one for a message', async () => {
  const codes = [
    await post(right, { password: 'wrong' }),
    await post(right, { to: path.replace('1/', '2/') }),
    await post(right, { method: 'GET' }),
    await post(right, { type: 'application/json' }),
    await post([...Object.entries(right), ['To', '+12025550124']]),
  ].map(({ status, body }) => [status, body.code]);
  expect(codes).toEqual([
    [401, 20003],
    [404, 20404],
    [405, 20004],
    [400, 21604],
    [400, 20001],
  ]);
  expect(double.messages).toEqual([]);
});

test('takes the longest text and the longest lifetime', async () => {
  const limits = { Body: 'x'.repeat(1600), ValidityPeriod: '36000', RiskCheck: 'disable' };
  expect(await post({ ...right, ...limits })).toMatchObject({ status: 201, body: { status: 'queued' } });
  expect(double.messages).toMatchObject([{ validityPeriod: 36_000, riskCheck: 'disable' }]);
});
