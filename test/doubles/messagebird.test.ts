import { afterEach, beforeEach, expect, test } from 'vitest';
import { type MessageBirdDouble, startMessageBirdDouble } from './messagebird.ts';

const accessKey = 'live_key';
const parameters = { originator: 'Sesame', recipients: '31612345678', body: 'Code 123456' };

let double: MessageBirdDouble;
beforeEach(async () => {
  double = await startMessageBirdDouble({ accessKey });
});
afterEach(() => double.close());

type Request = { path?: string; method?: string; headers?: Record<string, string> };

async function send(body: unknown, { path = '/messages', method = 'POST', headers = {} }: Request = {}) {
  const response = await fetch(double.url + path, {
    method,
    headers: { authorization: `AccessKey ${accessKey}`, 'content-type': 'application/json', ...headers },
    ...(method !== 'GET' && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const reply = (await response.json()) as { id?: string; errors?: { code: number; parameter: string | null }[] };
  const errors = reply.errors?.map(({ code, parameter }) => `${code} ${parameter}`).join(', ');
  return `${response.status} ${errors ?? (reply.id ? 'accepted' : 'nothing')}`;
}

test('accepts a message and keeps it', async () => {
  const full = { ...parameters, datacoding: 'unicode', validity: 600, reference: 'r-1', type: 'sms', mclass: 1 };
  expect(await send(full)).toBe('201 accepted');
  expect(await send({ ...parameters, recipients: [31_612_345_678] })).toBe('201 accepted');
  expect(double.messages).toMatchObject([
    { recipient: '31612345678', body: 'Code 123456', datacoding: 'unicode', validity: 600, reference: 'r-1' },
    { recipient: '31612345678', datacoding: 'plain', validity: null, reference: null },
  ]);
});

test.each<[string, Request, string]>([
  ['no key', { headers: { authorization: '' } }, '401 2 access_key'],
  ['another key', { headers: { authorization: 'AccessKey x' } }, '401 2 access_key'],
  ['another scheme', { headers: { authorization: `Bearer ${accessKey}` } }, '401 2 access_key'],
  ['another path', { path: '/message' }, '404 98 null'],
  ['another method', { method: 'GET' }, '405 21 null'],
  ['another content type', { headers: { 'content-type': 'text/plain' } }, '400 21 null'],
])('refuses %s', async (_, request, outcome) => {
  expect(await send(parameters, request)).toBe(outcome);
  expect(double.messages).toEqual([]);
});

test.each<[string, unknown, string]>([
  ['a body that is not JSON', '{', '400 21 null'],
  ['a list', [], '400 21 null'],
  ['nothing at all', {}, '422 9 recipients, 9 originator, 9 body'],
  ['two recipients', { ...parameters, recipients: '31612345678,31612345679' }, '422 9 recipients'],
  ['a recipient that is none', { ...parameters, recipients: '0612345678' }, '422 9 recipients'],
  ['an originator that is too long', { ...parameters, originator: 'TwelveLetter' }, '422 10 originator'],
  ['an unknown parameter', { ...parameters, text: 'x' }, '422 10 text'],
  ['a validity that is a text', { ...parameters, validity: '600' }, '422 10 validity'],
  ['a validity of nothing', { ...parameters, validity: 0 }, '422 10 validity'],
  ['an unknown datacoding', { ...parameters, datacoding: 'gsm' }, '422 10 datacoding'],
])('refuses %s in the parameters', async (_, body, outcome) => {
  expect(await send(body)).toBe(outcome);
  expect(double.messages).toEqual([]);
});

test('with test credits sends to one number', async () => {
  await double.close();
  double = await startMessageBirdDouble({ accessKey, testNumber: '31612345678' });
  expect(await send({ ...parameters, recipients: '31612345679' })).toBe('422 9 recipients');
  expect(await send(parameters)).toBe('201 accepted');
});
