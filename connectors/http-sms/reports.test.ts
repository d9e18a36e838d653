import { createHmac } from 'node:crypto';
import { createTestSender } from '@sesame/connector-kit/connector-test';
import { expect, test } from 'vitest';
import { startHttpEndpoint } from '../../test/doubles/http-endpoint.ts';
import create from './index.ts';
import { reports } from './reports.ts';

const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const reportKey = 'report-key-of-the-tests';

const request = (body: unknown, headers = {}) => ({
  method: 'POST',
  urls: ['https://sign-in.example.com/callbacks/c1/secret?m=msg_1'],
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
});
const read = (asked: ReturnType<typeof request>, key?: string) =>
  (async () => reports.read(asked, { config: { reportKey: key }, now: () => now }))();

function signed(body: string, { at = String(now / 1000), key = reportKey } = {}) {
  const signature = createHmac('sha256', key).update(`${at}.${body}`).digest('hex');
  return request(body, { 'sesame-timestamp': at, 'sesame-signature': signature });
}

test('the state is enough', async () => {
  expect((await read(request({ state: 'delivered' }))).reports).toMatchObject([{ state: 'delivered' }]);
});

test('all that the guide shows is taken', async () => {
  const report = {
    state: 'undelivered',
    kind: 'recipient',
    code: 30005,
    message: 'Unknown destination handset',
    at: '2026-01-02T03:04:05Z',
    parts: 1,
    price: { amount: '0.0075', currency: 'USD' },
    network: '46000',
  };
  const { code, message, at, ...same } = report;
  const { reports: found } = await read(request([report, { state: 'sent', messageId: 'msg_2', id: 7 }]));
  expect(found).toMatchObject([
    { ...same, providerCode: '30005', providerMessage: message, at: Date.parse(at) },
    { state: 'sent', messageId: 'msg_2', providerMessageId: '7' },
  ]);
});

test.each([
  '',
  '{',
  'null',
  '{}',
  '{"state":"lost"}',
  '{"state":"sent","other":1}',
  '{"state":"sent","at":"yesterday"}',
  '{"state":"sent","parts":0}',
  '{"state":"sent","price":{"amount":"-","currency":"USD"}}',
  '{"state":"sent","network":"1"}',
  JSON.stringify(Array.from({ length: 501 }, () => ({ state: 'sent' }))),
])('%.60s is refused', async (body) => {
  await expect(read(request(body))).rejects.toMatchObject({ reason: 'unreadable' });
});

test('with a key, what is signed as the guide says is taken', async () => {
  const body = '{"state":"delivered"}';
  const known = createHmac('sha256', reportKey).update(`1767323045.${body}`).digest('hex');
  const asked = request(body, { 'sesame-timestamp': '1767323045', 'sesame-signature': known.toUpperCase() });
  expect((await read(asked, reportKey)).reports).toHaveLength(1);
});

test.each([
  ['without a signature', request('{"state":"delivered"}')],
  ['with another body', { ...signed('{"state":"delivered"}'), body: Buffer.from('{"state":"sent"}') }],
  ['with another key', signed('{"state":"delivered"}', { key: 'another' })],
  ['of before', signed('{"state":"delivered"}', { at: String(now / 1000 - 301) })],
  ['of later', signed('{"state":"delivered"}', { at: String(now / 1000 + 301) })],
  ['of no time', signed('{"state":"delivered"}', { at: 'now' })],
])('one %s is refused', async (_, asked) => {
  await expect(read(asked, reportKey)).rejects.toMatchObject({ reason: 'forged' });
});

test('with a message goes the address for its reports', async () => {
  const double = await startHttpEndpoint();
  const sendTo = createTestSender({ create, config: {}, recipient: '+8613800138000' });
  const reportUrl = 'http://localhost:3001/callbacks/c1/secret?m=msg_1';
  await sendTo(double.url, {}, { reportUrl });
  await sendTo(double.url);
  expect(double.accepted.map((message) => message.reportUrl)).toEqual([reportUrl, undefined]);
  await double.close();
});
