import { createRequire } from 'node:module';
import { translateSentences } from '@sesame/connector-kit';
import { guideRows } from '@sesame/connector-kit/connector-test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type PlivoDouble, startPlivoDouble } from '../../test/doubles/plivo.ts';
import { logCodes } from './log-codes.ts';
import { reports } from './reports.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };
import { account, sendTo } from './test-account.ts';

const { validateV3Signature, validateSignature } = createRequire(import.meta.url)('plivo') as {
  validateV3Signature: (...asked: [string, string, string, string, string, object?]) => boolean;
  validateSignature: (url: string, nonce: string, signature: string, token: string) => boolean;
};

const url = 'https://sign-in.example.com/api/reports/plivo/abc?m=1';
const authToken = 'my_auth_token';
const nonce = '12345';
const uuid = '83876bdb-2033-4876-bfaf-0ff8693705af';
const form = { ErrorCode: '', MessageUUID: uuid, Status: 'delivered', To: '918553651111' };
const known = 'EVy01cOC3h92HtidKuqwkihYHRUMOVQNcw1g05AXYSY=';

type Form = Record<string, string>;
const request = (fields: Form, headers: Form = {}, urls = [url]) => ({
  method: 'POST',
  urls,
  headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
  body: Buffer.from(new URLSearchParams(fields).toString()),
});
const third = (signature: string) => ({ 'x-plivo-signature-v3': signature, 'x-plivo-signature-v3-nonce': nonce });
const read = (asked: Parameters<typeof reports.read>[0], token: string | undefined = authToken) =>
  (async () => reports.read(asked, { config: { authToken: token }, now: Date.now }))();
const unsigned = (fields: Form) => (async () => reports.read(request(fields), { config: {}, now: Date.now }))();

test('the known answer is taken, as the SDK takes it', async () => {
  expect(validateV3Signature('POST', url, nonce, authToken, known, form)).toBe(true);
  expect((await read(request(form, third(known)))).reports).toMatchObject([
    { providerMessageId: uuid, state: 'delivered' },
  ]);
});

test('any of several signatures and addresses counts, in either header', async () => {
  const before = 'https://before.example.com/';
  expect((await read(request(form, third(`x, ${known}`), [before, url]))).reports).toHaveLength(1);
  const main = { 'x-plivo-signature-ma-v3': known, 'x-plivo-signature-v3-nonce': nonce };
  expect((await read(request(form, main))).reports).toHaveLength(1);
});

test.each([
  ['another body', request({ ...form, Status: 'failed' }, third(known))],
  ['another nonce', request(form, { ...third(known), 'x-plivo-signature-v3-nonce': '12346' })],
  ['no nonce', request(form, { 'x-plivo-signature-v3': known })],
  ['another address', request(form, third(known), ['https://sign-in.example.com/'])],
  ['no signature', request(form)],
  ['an empty one', request(form, third(''))],
])('%s is refused', async (_, asked) => {
  await expect(read(asked)).rejects.toMatchObject({ reason: 'forged' });
});

test('what signs itself as the SDK checks it is taken, without a query and as a GET too', async () => {
  const { createHmac } = await import('node:crypto');
  const sign = (text: string) => createHmac('sha256', authToken).update(`${text}.${nonce}`).digest('base64');
  const bare = 'https://sign-in.example.com/callbacks/c1/secret';
  const odd = { ...form, Text: 'ä & €=' };
  const names = Object.keys(odd).sort() as (keyof typeof odd)[];
  const signature = sign(`${bare}?${names.map((name) => name + odd[name]).join('')}`);
  expect(validateV3Signature('POST', bare, nonce, authToken, signature, odd)).toBe(true);
  expect((await read(request(odd, third(signature), [bare]))).reports).toHaveLength(1);
  const asked = `${bare}?b=2&MessageUUID=${uuid}&Status=sent&a=1`;
  const ofGet = sign(`${bare}?MessageUUID=${uuid}&Status=sent&a=1&b=2`);
  expect(validateV3Signature('GET', asked, nonce, authToken, ofGet)).toBe(true);
  const get = { method: 'GET', urls: [asked], headers: third(ofGet), body: Buffer.alloc(0) };
  expect((await read(get)).reports).toMatchObject([{ state: 'sent' }]);
});

test('the second version counts where there is no third', async () => {
  const signature = 'ehV3IKhLysWBxC1sy8INm0qGoQYdYsHwuoKjsX7FsXc=';
  expect(validateSignature('https://answer.url', nonce, signature, authToken)).toBe(true);
  const headers = { 'x-plivo-signature-v2': signature, 'x-plivo-signature-v2-nonce': nonce };
  expect((await read(request(form, headers, ['https://answer.url?m=1']))).reports).toHaveLength(1);
  await expect(read(request(form, { ...headers, ...third('x') }, ['https://answer.url']))).rejects.toThrow(
    'Auth Token',
  );
});

test.each([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'undelivered'],
  ['rejected', 'undelivered'],
])('%s means %s', async (Status, state) => {
  expect((await unsigned({ ...form, Status })).reports).toMatchObject([{ state }]);
});

test('a report tells parts, price, network and why', async () => {
  const told = {
    ParentMessageUUID: 'parent',
    Units: '2',
    TotalAmount: '-0.01100',
    MCC: '262',
    MNC: '2',
    ErrorCode: '070',
  };
  const {
    reports: [report],
  } = await unsigned({ ...form, ...told, Status: 'undelivered' });
  expect(report).toMatchObject({
    providerMessageId: 'parent',
    parts: 2,
    price: { amount: '0.01100', currency: 'USD' },
    network: '26202',
    providerCode: '70',
    kind: 'recipient',
  });
  expect(await unsigned({ ...form, Status: 'queued' })).toEqual({ reports: [] });
  await expect(unsigned({ Status: 'sent' })).rejects.toMatchObject({ reason: 'unreadable' });
});

test('the guide tells every code, and each is told in Chinese', async () => {
  const rows = await guideRows(import.meta.dirname, /^\| (\d+) +\| ()\S/gm, 'Codes in the logs');
  expect(rows.map((row) => row.trim()).sort()).toEqual([...logCodes.keys()].sort());
  for (const { meaning } of logCodes.values()) expect(translateSentences(meaning, sentences)?.rest).toBe('');
});

describe('with a message', () => {
  let double: PlivoDouble;
  beforeAll(async () => {
    double = await startPlivoDouble(account);
  });
  afterAll(() => double.close());

  test('goes the address for its reports', async () => {
    const reportUrl = 'http://localhost:3001/callbacks/c1/secret?m=msg_1';
    await sendTo(double.url, {}, { reportUrl });
    expect(double.messages.at(-1)).toMatchObject({ url: reportUrl, method: 'POST' });
    await sendTo(double.url);
    expect(double.messages.at(-1)?.url).toBeUndefined();
  });
});
