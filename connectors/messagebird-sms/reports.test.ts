import { createHash, createSecretKey } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type MessageBirdDouble, startMessageBirdDouble } from '../../test/doubles/messagebird.ts';
import { reports } from './reports.ts';
import { account, sendTo } from './test-account.ts';

const require = createRequire(import.meta.url);
const sdk = require('messagebird/lib/webhook-signature-jwt.js') as {
  verify: (url: string, body: Buffer, token: string, key: object, options: object) => Promise<boolean>;
  VerifyOptions: new (...options: unknown[]) => object;
};

const signingKey = 'signing-key-of-the-tests';
const now = Date.UTC(2026, 0, 2, 3, 4, 5);
const address = (query: Record<string, string> = {}) =>
  `https://sign-in.example.com/callbacks/c1/secret?m=msg_1&${new URLSearchParams({
    id: 'mb-1',
    reference: 'msg_1',
    recipient: '31612345678',
    status: 'delivered',
    statusReason: 'successfully delivered',
    statusDatetime: '2026-01-02T03:04:05+00:00',
    ...query,
  })}`;
const hash = (text: string) => createHash('sha256').update(text).digest('hex');

const get = (urls: string[], token?: string, body = '') => ({
  method: 'GET',
  urls,
  headers: { 'messagebird-signature-jwt': token },
  body: Buffer.from(body),
});
const read = (asked: Parameters<typeof reports.read>[0], key: string | undefined, at = now) =>
  (async () => reports.read(asked, { config: { signingKey: key }, now: () => at }))();

const tokenOf = (url: string, claims: object = {}, key = signingKey) =>
  new SignJWT({ iss: 'MessageBird', jti: 'j1', url_hash: hash(url), nbf: now / 1000, exp: now / 1000 + 60, ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .sign(Buffer.from(key));

test.each([
  ['sent', 'sent'],
  ['buffered', 'sent'],
  ['delivered', 'delivered'],
  ['expired', 'undelivered'],
  ['delivery_failed', 'undelivered'],
])('%s means %s', async (status, state) => {
  expect((await read(get([address({ status })]), undefined)).reports).toMatchObject([
    { messageId: 'msg_1', providerMessageId: 'mb-1', state, at: now },
  ]);
});

test('a report tells parts, price, network and why', async () => {
  const told = { messagePartCount: '2', 'price[amount]': '0.075', 'price[currency]': 'EUR', mccmnc: '20404' };
  const failed = { status: 'delivery_failed', statusReason: 'unknown subscriber', statusErrorCode: '5' };
  const {
    reports: [report],
  } = await read(get([address({ ...told, ...failed })]), undefined);
  expect(report).toMatchObject({
    parts: 2,
    price: { amount: '0.075', currency: 'EUR' },
    network: '20404',
    kind: 'recipient',
    providerCode: '5',
    providerMessage: 'delivery_failed: unknown subscriber',
  });
});

test('the time counts as the reference shows it, with a plus that is none in a query', async () => {
  const plain = address().replace('%2B00%3A00', '+00:00');
  expect((await read(get([plain]), undefined)).reports).toMatchObject([{ at: now }]);
});

test('what says nothing gives no report, and what is none is refused', async () => {
  for (const status of ['scheduled', 'constructor'])
    expect(await read(get([address({ status })]), undefined)).toEqual({ reports: [] });
  const empty = get(['https://sign-in.example.com/callbacks/c1/secret?m=msg_1']);
  await expect(read(empty, undefined)).rejects.toMatchObject({ reason: 'unreadable' });
});

test('a token is taken that the SDK takes, also of an address of before', async () => {
  const url = address();
  const token = await tokenOf(url);
  const options = new sdk.VerifyOptions(true, true, {
    issuer: 'MessageBird',
    algorithms: ['HS256'],
    currentDate: new Date(now),
  });
  expect(await sdk.verify(url, Buffer.alloc(0), token, createSecretKey(Buffer.from(signingKey)), options)).toBe(true);
  expect((await read(get([url.replace('sign-in', 'new'), url], token), signingKey)).reports).toHaveLength(1);
});

test.each<[string, (url: string) => Promise<string | undefined>]>([
  ['no token', async () => undefined],
  ['one of another key', (url) => tokenOf(url, {}, 'another')],
  ['one of another address', (url) => tokenOf(`${url}&x=1`)],
  ['one of somebody else', (url) => tokenOf(url, { iss: 'Somebody' })],
  ['one without an id', (url) => tokenOf(url, { jti: undefined })],
  ['one of before', (url) => tokenOf(url, { nbf: 0, exp: now / 1000 - 61 })],
  ['one for ever', (url) => tokenOf(url, { exp: undefined })],
  ['one of another body', (url) => tokenOf(url, { payload_hash: hash('x') })],
])('%s is refused', async (_, make) => {
  const url = address();
  await expect(read(get([url], await make(url)), signingKey)).rejects.toMatchObject({ reason: 'forged' });
});

type Vector = {
  name: string;
  url: string;
  payload?: string;
  secret?: string;
  timestamp: string;
  token: string;
  valid: boolean;
};

test('every reference vector of MessageBird is judged as it says', async () => {
  const vectors: Vector[] = JSON.parse(
    await readFile(require.resolve('messagebird/lib/testdata/webhook-signature-jwt-reference.json'), 'utf8'),
  );
  expect(vectors.length).toBeGreaterThan(30);
  for (const { name, url, payload, secret, timestamp, token, valid } of vectors) {
    const asked = get([url], token, payload ?? '');
    const outcome = await read(asked, secret || 'none', Date.parse(timestamp)).catch((error) => error);
    // A vector is no report; one that is signed as it must be is refused as that.
    expect([name, outcome.reason]).toEqual([name, valid ? 'unreadable' : 'forged']);
  }
});

describe('with a message', () => {
  let double: MessageBirdDouble;
  beforeAll(async () => {
    double = await startMessageBirdDouble(account);
  });
  afterAll(() => double.close());

  test('goes the address for its reports', async () => {
    const reportUrl = 'http://localhost:3001/callbacks/c1/secret?m=msg_1';
    await sendTo(double.url, {}, { reportUrl });
    await sendTo(double.url);
    const [asked, plain] = double.requests.map(({ body }) => JSON.parse(body));
    expect(asked).toMatchObject({ reportUrl, reference: 'message-1' });
    expect(Object.keys(plain)).not.toContain('reportUrl');
  });
});
