import { SMS, SMSFailure, TypeEnum } from '@vonage/sms';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startVonageDouble, type VonageDouble } from './vonage.ts';

const account = { apiKey: 'abcd1234', apiSecret: 'api-secret-of-the-tests' };
const right = { from: 'Acme', to: '447700900000', text: 'Code 918273' };

let double: VonageDouble;
beforeEach(async () => {
  double = await startVonageDouble(account);
});
afterEach(() => double.close());

async function post(
  parameters: unknown,
  { method = 'POST', path = '/sms/json', apiSecret = account.apiSecret, type = 'application/json' } = {},
) {
  const authorization = `Basic ${btoa(`${account.apiKey}:${apiSecret}`)}`;
  const body = method === 'GET' ? null : JSON.stringify(parameters);
  const response = await fetch(double.url + path, { method, headers: { authorization, 'content-type': type }, body });
  return { status: response.status, body: (await response.json()) as { messages?: { status: string }[] } };
}

/** The official client reads the replies, so it tells whether they are like Vonage's. */
const officialClient = () => new SMS(account, { restHost: double.url });

test('the official client reads an accepted message', async () => {
  const { messageCount, messages } = await officialClient().send(right);
  expect(Number(messageCount)).toBe(1);
  expect(messages).toMatchObject([{ status: '0', to: right.to, messageId: double.messages[0]?.id }]);
  expect(double.messages).toEqual([{ ...right, id: messages[0]?.messageId, type: 'text' }]);
});

test('the official client reads a message of several SMS', async () => {
  const { messages } = await officialClient().send({ ...right, text: '码'.repeat(135), type: TypeEnum.UNICODE });
  expect(messages.map(({ status }) => status)).toEqual(['0', '0', '0']);
  expect(new Set(messages.map(({ messageId }) => messageId)).size).toBe(3);
  expect(double.messages).toHaveLength(1);
});

test('the official client reads a refusal', async () => {
  const error = await officialClient()
    .send({ ...right, to: '12025550123' })
    .catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(SMSFailure);
  expect((error as SMSFailure).getFailedMessages()).toMatchObject([
    { status: '15', errorText: 'Illegal Sender Address - rejected' },
  ]);
});

test.each<[string, Record<string, unknown>, string]>([
  ['no recipient', { to: '' }, '2'],
  ['a recipient with the plus', { to: '+447700900000' }, '3'],
  ['a recipient that is a number', { to: 447_700_900_000 }, '3'],
  ['no sender', { from: undefined }, '2'],
  ['a sender with the plus', { from: '+447700900001' }, '15'],
  ['a sender with 00', { from: '00447700900001' }, '15'],
  ['a name that is too long', { from: 'TwelveLetter' }, '15'],
  ['a name with a space', { from: 'Acme Co' }, '15'],
  ['no text', { text: '' }, '2'],
  ['characters that text cannot carry', { text: '验证码' }, '3'],
  ['a type that is none', { type: 'auto' }, '3'],
  ['a lifetime that is too short', { ttl: 19_999 }, '3'],
  ['a lifetime that is too long', { ttl: 604_800_001 }, '3'],
  ['a lifetime in halves', { ttl: 20_000.5 }, '3'],
  ['a parameter that Vonage does not have', { body_text: 'x' }, '3'],
])('refuses %s', async (_, change, status) => {
  expect(await post({ ...right, ...change })).toMatchObject({ status: 200, body: { messages: [{ status }] } });
  expect(double.messages).toEqual([]);
});

test('refuses a request that is not one for a message', async () => {
  const answers = [
    await post(right, { apiSecret: 'wrong' }),
    await post(right, { type: 'text/plain' }),
    await post(null),
    await post(right, { path: '/sms/xml' }),
    await post(right, { method: 'GET' }),
  ].map(({ status, body }) => [status, body.messages?.[0]?.status]);
  expect(answers).toEqual([
    [200, '4'],
    [200, '2'],
    [200, '2'],
    [404, undefined],
    [404, undefined],
  ]);
  expect(double.messages).toEqual([]);
});

test('takes the shortest and the longest lifetime', async () => {
  for (const ttl of [20_000, 604_800_000]) await post({ ...right, ttl });
  expect(double.messages.map(({ ttl }) => ttl)).toEqual([20_000, 604_800_000]);
});
