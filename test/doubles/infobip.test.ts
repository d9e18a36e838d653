import { afterEach, beforeEach, expect, test } from 'vitest';
import { type InfobipDouble, startInfobipDouble } from './infobip.ts';

const account = { apiKey: 'api-key-of-the-tests', senders: ['Acme'] };
const message = {
  sender: 'Acme',
  destinations: [{ to: '41793026727', messageId: 'm-1' }],
  content: { text: 'Code 918273' },
  options: { validityPeriod: { amount: 10 } },
};

let double: InfobipDouble;
beforeEach(async () => {
  double = await startInfobipDouble(account);
});
afterEach(() => double.close());

async function post(
  body: unknown,
  { method = 'POST', path = '/sms/3/messages', key = account.apiKey, type = 'application/json' } = {},
) {
  const response = await fetch(double.url + path, {
    method,
    headers: { authorization: `App ${key}`, 'content-type': type },
    body: method === 'GET' ? null : typeof body === 'string' ? body : JSON.stringify(body),
  });
  const reply = (await response.json()) as {
    errorCode?: string;
    violations?: { property: string }[];
    messages?: { status: { name: string } }[];
  };
  const { errorCode, violations, messages } = reply;
  return errorCode
    ? [response.status, errorCode, ...(violations ?? []).map(({ property }) => property)]
    : messages?.map(({ status }) => status.name);
}

test('takes a right request, and counts minutes unless told otherwise', async () => {
  expect(await post({ messages: [message] })).toEqual(['PENDING_ACCEPTED']);
  expect(double.messages).toEqual([
    { messageId: 'm-1', to: '41793026727', sender: 'Acme', text: 'Code 918273', validitySeconds: 600 },
  ]);
});

test('refuses a request that is not one for messages', async () => {
  const right = { messages: [message] };
  expect(await post(right, { key: 'other' })).toEqual([401, 'E401']);
  expect(await post(right, { path: '/sms/2/text/advanced' })).toEqual([404, 'E404']);
  expect(await post(right, { method: 'GET' })).toEqual([404, 'E404']);
  expect(await post(right, { type: 'text/plain' })).toEqual([400, 'E400']);
  expect(await post('{')).toEqual([400, 'E400', '']);
  expect(double.messages).toEqual([]);
});

test.each<[string, unknown]>([
  ['messages', {}],
  ['messages', { messages: [] }],
  ['bulkId', { bulkId: '1', messages: [message] }],
  ['messages[0]', { messages: ['text'] }],
  ['messages[0].from', { messages: [{ ...message, from: 'Acme' }] }],
  ['messages[0].sender', { messages: [{ ...message, sender: 7 }] }],
  ['messages[0].content.text', { messages: [{ ...message, content: {} }] }],
  ['messages[0].destinations', { messages: [{ ...message, destinations: [] }] }],
  ['messages[0].destinations[0].to', { messages: [{ ...message, destinations: [{ to: '4'.repeat(65) }] }] }],
  [
    'messages[0].destinations[0].messageId',
    { messages: [{ ...message, destinations: [{ to: '41793026727', messageId: 'm'.repeat(201) }] }] },
  ],
  [
    'messages[0].options.validityPeriod.amount',
    { messages: [{ ...message, options: { validityPeriod: { amount: 1.5 } } }] },
  ],
  [
    'messages[0].options.validityPeriod.timeUnit',
    { messages: [{ ...message, options: { validityPeriod: { amount: 1, timeUnit: 'DAYS' } } }] },
  ],
])('tells that %s is at fault', async (property, body) => {
  expect(await post(body)).toEqual([400, 'E400', property]);
  expect(double.messages).toEqual([]);
});

test.each<[string, unknown]>([
  ['REJECTED_DESTINATION', { ...message, destinations: [{ to: '+41793026727' }] }],
  ['REJECTED_SOURCE', { ...message, sender: 'Other' }],
  ['REJECTED_MESSAGE_TOO_LONG', { ...message, content: { text: '登'.repeat(1334) } }],
])('takes the request and answers %s', async (name, wrong) => {
  expect(await post({ messages: [wrong] })).toEqual([name]);
  expect(double.messages).toEqual([]);
});

test('rejects a message that it had before', async () => {
  await post({ messages: [message] });
  expect(await post({ messages: [message] })).toEqual(['REJECTED_DUPLICATE_MESSAGE_ID']);
  expect(double.messages).toHaveLength(1);
});
