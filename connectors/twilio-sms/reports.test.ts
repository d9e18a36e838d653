import twilio from 'twilio';
import { expect, test } from 'vitest';
import { reports } from './reports.ts';
import { accountSID, authToken, recipient } from './test-account.ts';

const url = 'https://sign-in.example.com/callbacks/c1/secret?m=msg_1';
const sid = 'SM00000000000000000000000000000001';
const parameters = {
  AccountSid: accountSID,
  ApiVersion: '2010-04-01',
  From: '+15017122661',
  MessageSid: sid,
  MessageStatus: 'delivered',
  SmsSid: sid,
  SmsStatus: 'delivered',
  To: recipient,
};

type Form = Record<string, string>;

const request = (form: Form, signature: string, urls: string[] = [url]) => ({
  method: 'POST',
  urls,
  headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
  body: Buffer.from(new URLSearchParams(form).toString()),
});
const sign = (form: Form, at = url) => twilio.getExpectedTwilioSignature(authToken, at, form);
const read = (...asked: Parameters<typeof request>) =>
  reports.read(request(...asked), { config: { authToken }, now: Date.now });

test.each([
  ['sending', 'sent'],
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'undelivered'],
  ['canceled', 'undelivered'],
])('%s, signed as the SDK signs, means %s', async (status, state) => {
  const form = { ...parameters, MessageStatus: status, SmsStatus: status };
  expect(await read(form, sign(form))).toMatchObject({ reports: [{ providerMessageId: sid, state }] });
});

test('states before that say nothing of how far the message came', async () => {
  for (const MessageStatus of ['queued', 'constructor']) {
    const form = { ...parameters, MessageStatus };
    expect(await read(form, sign(form))).toEqual({ reports: [] });
  }
});

test('of one that was not delivered, the error says who has to act, and why', async () => {
  const form = { ...parameters, MessageStatus: 'undelivered', ErrorCode: '30005' };
  expect(await read(form, sign(form))).toMatchObject({
    reports: [{ kind: 'recipient', meaning: 'The recipient is unknown to its carrier.', providerCode: '30005' }],
  });
  const unknown = { ...parameters, MessageStatus: 'failed', ErrorCode: '39999' };
  expect(await read(unknown, sign(unknown))).toMatchObject({ reports: [{ kind: 'unclear', providerCode: '39999' }] });
});

test('fields that Twilio adds are signed as well, repeated ones once by each value', async () => {
  const form = { ...parameters, Added: 'later', Ünicode: 'ä€' };
  expect(await read(form, sign(form))).toMatchObject({ reports: [{ state: 'delivered' }] });
  expect(() => read({ ...form, Added: 'changed' }, sign(form))).toThrow('signature');
});

test.each([
  ['https://mycompany.com/myapp.php?foo=1&bar=2', 'RSOYDt4T1cUTdK1PDd93/VVr8B8='],
  ['https://mycompany.com:443/myapp.php?foo=1&bar=2', 'kvajT1Ptam85bY51eRf/AJRuM3w='],
  ['http://mycompany.com:80/myapp.php?foo=1&bar=2', '0ZXoZLH/DfblKGATFgpif+LLRf4='],
  ['https://mycompany.com/myapp.php?foo=1&bar=2', 'kvajT1Ptam85bY51eRf/AJRuM3w='],
])('the known answer for %s is taken', (at, signature) => {
  const form = {
    CallSid: 'CA1234567890ABCDE',
    Caller: '+14158675309',
    Digits: '1234',
    From: '+14158675309',
    To: '+18005551212',
  };
  const reading = () => reports.read(request(form, signature, [at]), { config: { authToken: '12345' }, now: Date.now });
  // It is no status callback, but it is signed.
  expect(reading).toThrow('MessageSid');
});

test('an address of before, or one that a proxy wrote anew, is taken as it was called', async () => {
  const old = url.replace('sign-in', 'old');
  expect(await read(parameters, sign(parameters, old), [url, old])).toMatchObject({
    reports: [{ state: 'delivered' }],
  });
  expect(() => read(parameters, sign(parameters, 'https://other.example.com/'))).toThrow('signature');
});

test.each(['', 'RSOYDt4T1cUTdK1PDd93/VVr8B8=', 'no base64'])('the signature “%s” is refused', (signature) => {
  expect(() => read(parameters, signature)).toThrow('signature');
});

test('JSON is signed by its digest in the address', async () => {
  const body = '{"property": "value", "boolean": true}';
  const at =
    'https://mycompany.com/myapp.php?foo=1&bar=2&bodySHA256=0a1ff7634d9ab3b95db5c9a2dfe9416e41502b283a80c7cf19632632f96e6620';
  const asked = (text: string) => ({
    method: 'POST',
    urls: [at],
    headers: { 'content-type': 'application/json', 'x-twilio-signature': 'a9nBmqA0ju/hNViExpshrM61xv4=' },
    body: Buffer.from(text),
  });
  const context = { config: { authToken: '12345' }, now: Date.now };
  expect(() => reports.read(asked(body), context)).toThrow('MessageSid');
  expect(() => reports.read(asked(`${body} `), context)).toThrow('signature');
});

test('a webhook rule signs with its own key', async () => {
  const { createHmac } = await import('node:crypto');
  const text = url + Object.entries(parameters).sort().flat().join('');
  const signature = createHmac('sha256', 'shared-key').update(text).digest('base64');
  const asked = request(parameters, signature);
  const headers = { ...asked.headers, 'x-twilio-webhooks-signature-settings': 'key=k1,algorithm=HMAC_SHA256' };
  const reading = (config: object, settings = headers) =>
    reports.read({ ...asked, headers: settings }, { config, now: Date.now });
  expect(reading({ authToken, webhookSharedKey: 'shared-key' })).toMatchObject({ reports: [{ state: 'delivered' }] });
  expect(() => reading({ authToken })).toThrow('shared key');
  expect(() => reading({ authToken, webhookSharedKey: 'another' })).toThrow('signature');
  const unknown = { ...headers, 'x-twilio-webhooks-signature-settings': 'key=k1,algorithm=NONE' };
  expect(() => reading({ webhookSharedKey: 'shared-key' }, unknown)).toThrow('not known');
});

test('without the Auth Token, the secret in the address has to do', () => {
  expect(reports.read(request(parameters, ''), { config: {}, now: Date.now })).toMatchObject({
    reports: [{ state: 'delivered' }],
  });
});
