import { afterEach, beforeEach, expect, test } from 'vitest';
import { officialAuthorization, type SnsDouble, startSnsDouble } from './aws-sns.ts';

const account = {
  accessKeyId: 'AKIDEXAMPLE',
  accessKeySecret: 'EXAMPLE',
  sessionToken: 'TOKEN',
  region: 'us-east-1',
  originationNumbers: ['+18005550100'],
};
const parameters = { Action: 'Publish', Version: '2010-03-31', PhoneNumber: '+12025550123', Message: 'Code 123456' };
const attribute = (name: string, value: string, dataType = 'String') => ({
  'MessageAttributes.entry.1.Name': name,
  'MessageAttributes.entry.1.Value.DataType': dataType,
  'MessageAttributes.entry.1.Value.StringValue': value,
});

let double: SnsDouble;
beforeEach(async () => {
  double = await startSnsDouble(account);
});
afterEach(() => double.close());

type Spoiled = {
  headers?: Record<string, string>;
  minutesOff?: number;
  region?: string;
  accessKeyId?: string;
  secretAccessKey?: string;
  sentBody?: string;
};

/** Sends as the official SDK would; what is spoiled is not what was signed, or signed with something else. */
async function send(form: Record<string, string> | string[][], spoiled: Spoiled = {}) {
  const {
    region = account.region,
    accessKeyId = account.accessKeyId,
    secretAccessKey = account.accessKeySecret,
  } = spoiled;
  const signingDate = new Date(Date.now() + (spoiled.minutesOff ?? 0) * 60_000);
  const body = new URLSearchParams(form).toString();
  const contentType = { 'content-type': 'application/x-www-form-urlencoded' };
  const authorization = await officialAuthorization({
    credentials: { accessKeyId, secretAccessKey, sessionToken: account.sessionToken },
    region,
    service: 'sns',
    headers: { host: new URL(double.url).host, ...contentType },
    path: '/',
    body,
    signingDate,
  });
  const response = await fetch(double.url, {
    method: 'POST',
    body: spoiled.sentBody ?? body,
    headers: {
      ...contentType,
      authorization,
      'x-amz-date': signingDate.toISOString().replace(/[-:]|\.\d{3}/g, ''),
      'x-amz-security-token': account.sessionToken,
      ...spoiled.headers,
    },
  });
  const text = await response.text();
  const outcome = /<Code>(.*)<\/Code>|(<MessageId>)/.exec(text);
  return outcome?.[1] ?? (outcome?.[2] && 'accepted');
}

test('accepts what the official signer signs, and keeps it', async () => {
  const attributes = attribute('AWS.SNS.SMS.SenderID', 'Sesame');
  expect(await send({ ...parameters, ...attributes })).toBe('accepted');
  expect(double.messages).toMatchObject([
    { phoneNumber: '+12025550123', text: 'Code 123456', attributes: { 'AWS.SNS.SMS.SenderID': 'Sesame' } },
  ]);
});

test.each<[string, Spoiled, string]>([
  ['no signature', { headers: { authorization: '' } }, 'MissingAuthenticationToken'],
  ['another scheme', { headers: { authorization: 'Basic eDp5' } }, 'IncompleteSignature'],
  ['a header of AWS that is not signed', { headers: { 'x-amz-target': 'x' } }, 'IncompleteSignature'],
  ['a date that is none', { headers: { 'x-amz-date': '2026' } }, 'IncompleteSignature'],
  ['a form that was changed', { sentBody: `${new URLSearchParams(parameters)}1` }, 'SignatureDoesNotMatch'],
  ['a content type that was changed', { headers: { 'content-type': 'text/plain' } }, 'SignatureDoesNotMatch'],
  ['a wrong secret', { secretAccessKey: 'x' }, 'SignatureDoesNotMatch'],
  ['another region', { region: 'eu-west-1' }, 'SignatureDoesNotMatch'],
  ['a signature of 16 minutes ago', { minutesOff: -16 }, 'SignatureDoesNotMatch'],
  ['an unknown key', { accessKeyId: 'AKIDOTHER' }, 'InvalidClientTokenId'],
  ['another session token', { headers: { 'x-amz-security-token': 'x' } }, 'InvalidClientTokenId'],
])('refuses %s', async (_, spoiled, code) => {
  expect(await send(parameters, spoiled)).toBe(code);
  expect(double.messages).toEqual([]);
});

test.each<[string, Record<string, string>, string]>([
  ['another action', { Action: 'Subscribe' }, 'InvalidAction'],
  ['another version', { Version: '2006-01-01' }, 'InvalidAction'],
  ['an unknown parameter', { PhoneNumbers: 'x' }, 'ValidationError'],
  ['a number without a plus', { PhoneNumber: '12025550123' }, 'InvalidParameter'],
  ['an empty text', { Message: ' ' }, 'InvalidParameter'],
  ['a text that is too long', { Message: 'x'.repeat(1601) }, 'InvalidParameter'],
  ['an unknown attribute', attribute('AWS.SNS.SMS.Sender', 'x'), 'ParameterValueInvalid'],
  ['an unknown type of message', attribute('AWS.SNS.SMS.SMSType', 'Urgent'), 'ParameterValueInvalid'],
  ['an attribute that is a number', attribute('AWS.SNS.SMS.SenderID', 'Sesame', 'Number'), 'ParameterValueInvalid'],
  ['a number of someone else', attribute('AWS.MM.SMS.OriginationNumber', '+18005550199'), 'InvalidParameter'],
])('refuses %s in the parameters', async (_, change, code) => {
  expect(await send({ ...parameters, ...change })).toBe(code);
  expect(double.messages).toEqual([]);
});

test('refuses a parameter or an attribute that is given twice', async () => {
  const form = Object.entries(parameters);
  expect(await send([...form, ['Message', 'another']])).toBe('ValidationError');
  const first = Object.entries(attribute('AWS.SNS.SMS.SenderID', 'Sesame'));
  const second = first.map(([name, value]) => [name.replace('.1.', '.2.'), value]);
  expect(await send([...form, ...first, ...second])).toBe('ParameterValueInvalid');
  expect(double.messages).toEqual([]);
});
