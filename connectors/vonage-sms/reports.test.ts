import { createHash, createHmac } from 'node:crypto';
import { translateSentences } from '@sesame/connector-kit';
import { verifySignature } from '@vonage/jwt';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startVonageDouble, type VonageDouble } from '../../test/doubles/vonage.ts';
import { receiptErrors } from './receipt-errors.ts';
import { reports } from './reports.ts';
import sentences from './sentences.zh-CN.json' with { type: 'json' };
import { account, sendTo } from './test-account.ts';

const url = 'https://sign-in.example.com/callbacks/c1/secret?m=msg_1';
const secret = 'signature-secret';
const now = 1_540_469_429_000;
const receipt: Record<string, string> = {
  msisdn: '447700900000',
  to: 'Sesame',
  'network-code': '23410',
  messageId: '0B00000127FDBC63',
  price: '0.0333',
  status: 'delivered',
  scts: '1810251310',
  'err-code': '0',
  'api-key': 'abcd1234',
  'message-timestamp': '2018-10-25 12:10:29',
  timestamp: '1540469429',
  nonce: 'ab-12',
};
const knownSignature = '9e49a7ab3aecd31c63108ffb0fa66e5b1fa356a73cc839be0207364b7b2b7251';

type Fields = Record<string, string>;
const asForm = (fields: Fields) => ({
  method: 'POST',
  urls: [url],
  headers: { 'content-type': 'application/x-www-form-urlencoded' } as Record<string, string>,
  body: Buffer.from(new URLSearchParams(fields).toString()),
});
const asJson = (value: unknown, headers = {}) => ({
  method: 'POST',
  urls: [url],
  headers: { 'content-type': 'application/json', ...headers },
  body: Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)),
});
const asQuery = (fields: Fields) => ({
  method: 'GET',
  urls: [`${url}&${new URLSearchParams(fields)}`],
  headers: {},
  body: Buffer.alloc(0),
});
const read = (request: Parameters<typeof reports.read>[0], signatureSecret?: string, at = now) =>
  Promise.resolve(reports.read(request, { config: { signatureSecret }, now: () => at }));

describe('a receipt of the SMS API', () => {
  test.each([
    ['accepted', 'sent'],
    ['buffered', 'sent'],
    ['delivered', 'delivered'],
    ['expired', 'undelivered'],
    ['failed', 'undelivered'],
    ['rejected', 'undelivered'],
  ])('with the status %s means %s, however the account wants it sent', async (status, state) => {
    const fields = { ...receipt, status, 'client-ref': 'msg_1' };
    const expected = { messageId: 'msg_1', providerMessageId: '0B00000127FDBC63', state, network: '23410', at: now };
    for (const request of [asForm(fields), asJson(fields), asQuery(fields)]) {
      expect((await read(request)).reports).toMatchObject([expected]);
    }
  });

  test('that tells nothing gives no report; one of a failure says who has to act', async () => {
    for (const status of ['unknown', 'constructor', '__proto__'])
      expect(await read(asForm({ ...receipt, status }))).toEqual({ reports: [] });
    const failed = await read(asForm({ ...receipt, status: 'failed', 'err-code': '9' }));
    expect(failed.reports).toMatchObject([{ kind: 'recipient', providerCode: '9' }]);
    const odd = await read(asForm({ ...receipt, status: 'failed', 'err-code': 'constructor' }));
    expect(odd.reports).toMatchObject([{ kind: undefined, providerCode: 'constructor' }]);
  });

  test('is read whatever JSON is called and begins with, and whatever is added to it', async () => {
    const added = JSON.stringify({ ...receipt, final: true, carrier: { name: 'x' } });
    for (const type of ['text/plain', 'Application/JSON; charset=UTF-8', 'application/x-www-form-urlencoded', '']) {
      const asked = asJson(`\ufeff${added}`, { 'content-type': type });
      expect((await read(asked)).reports).toMatchObject([{ state: 'delivered' }]);
    }
  });

  test('is taken with the known signature, and not with a field changed, late, or unsigned', async () => {
    const signed = { ...receipt, sig: knownSignature };
    // The known answer is of a receipt without `scts` spelled otherwise: every field is signed.
    expect((await read(asForm(signed), secret)).reports).toHaveLength(1);
    await expect(read(asForm({ ...signed, status: 'failed' }), secret)).rejects.toThrow('signature secret');
    await expect(read(asForm(signed), 'another')).rejects.toThrow('signature secret');
    await expect(read(asForm(signed), secret, now + 301_000)).rejects.toThrow('five minutes');
    await expect(read(asForm(receipt), secret)).rejects.toThrow('no signature');
  });

  const text = (fields: Fields) =>
    Object.entries(fields)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, value]) => `&${name}=${value.replaceAll('&', '_').replaceAll('=', '_')}`)
      .join('');
  test.each([
    ['md5hash', (signed: string) => createHash('md5').update(`${signed}${secret}`).digest('hex')],
    ...['md5', 'sha1', 'sha256', 'sha512'].map(
      (name) =>
        [name, (signed: string) => createHmac(name, secret).update(signed).digest('hex').toUpperCase()] as const,
    ),
  ] as [string, (signed: string) => string][])('may be signed by %s, in the query as well', async (_, sign) => {
    const fields = { ...receipt, to: 'A&B=C' };
    const sig = sign(text(fields));
    for (const request of [asForm({ ...fields, sig }), asJson({ ...fields, sig }), asQuery({ ...fields, sig })]) {
      expect((await read(request, secret)).reports).toHaveLength(1);
    }
  });

  test.each([[asForm({})], [asForm({ status: 'delivered' })], [asJson('{')], [asJson('[]')], [asJson({ status: {} })]])(
    'that is none is refused: %j',
    async (request) => {
      await expect(read(request)).rejects.toMatchObject({ reason: 'unreadable' });
    },
  );
});

describe('a status of the Messages API', () => {
  const body = '{"message_uuid":"aaaaaaaa-bbbb-cccc-dddd-0123456789ab","status":"delivered"}';
  const token =
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJpYXQiOjE1ODc0OTQ5NjIsImp0aSI6ImM1YmE4ZjI0LTFhMTQtNGMxMC1iZmRmLTNmYmU4Y2U1MTFiNSIsImlzcyI6IlZvbmFnZSIsInBheWxvYWRfaGFzaCI6IjMyMTM4YjY0NzVjNGM0YjU1YjI0YjU2MjBlOTJjZGNmMzI2ZDQ0ZDcyZjVjNDI1MzVlMGQyZTg2NWFmNWI1YzciLCJhcGlfa2V5IjoiYTFiMmMzZCIsImFwcGxpY2F0aW9uX2lkIjoiYWFhYWFhYWEtYmJiYi1jY2NjLWRkZGQtMDEyMzQ1Njc4OWFiIn0.m8InajLKyW_5t-LhAbJftENqK93A_-HRGULA9DkIRfQ';
  const iat = 1_587_494_962_000;
  const signed = (text = body, bearer = token) => asJson(text, { authorization: `Bearer ${bearer}` });

  test('is taken with the token that the official client takes', async () => {
    expect(verifySignature(token, secret)).toBe(true);
    expect((await read(signed(), secret, iat)).reports).toMatchObject([{ state: 'delivered' }]);
  });

  test('is refused with another body or secret, late, or without a token', async () => {
    await expect(read(signed(`${body} `), secret, iat)).rejects.toMatchObject({ reason: 'forged' });
    await expect(read(signed(), 'another', iat)).rejects.toMatchObject({ reason: 'forged' });
    await expect(read(signed(body, `${token}x`), secret, iat)).rejects.toMatchObject({ reason: 'forged' });
    await expect(read(signed(), secret, iat + 301_000)).rejects.toMatchObject({ reason: 'forged' });
    await expect(read(asJson(body), secret, iat)).rejects.toMatchObject({ reason: 'forged' });
    const odd = body.replace('delivered', 'constructor');
    expect(await read(asJson(odd))).toEqual({ reports: [] });
  });

  test('tells price, network and why', async () => {
    const {
      reports: [report],
    } = await read(
      asJson({
        message_uuid: 'aaaaaaaa-bbbb-cccc-dddd-0123456789ab',
        status: 'rejected',
        timestamp: '2020-01-01T14:00:00.000Z',
        client_ref: 'msg_1',
        error: { title: 1360, detail: 'expired on the way' },
        usage: { currency: 'EUR', price: '0.0333' },
        destination: { network_code: '12345' },
      }),
    );
    expect(report).toMatchObject({
      messageId: 'msg_1',
      state: 'undelivered',
      providerCode: '1360',
      providerMessage: 'rejected: expired on the way',
      price: { amount: '0.0333', currency: 'EUR' },
      network: '12345',
      at: Date.UTC(2020, 0, 1, 14),
    });
  });
});

describe('with a message', () => {
  let double: VonageDouble;
  beforeAll(async () => {
    double = await startVonageDouble(account);
  });
  afterAll(() => double.close());

  test('goes the address for its reports, unless Vonage could not get there', async () => {
    const reportUrl = url.replace('https://sign-in.example.com', 'http://localhost:3001');
    await sendTo(double.url, {}, { reportUrl });
    await sendTo(double.url);
    const [asked, plain] = double.requests.map(({ body }) => JSON.parse(body));
    expect(asked).toMatchObject({ callback: reportUrl, 'status-report-req': 1, 'client-ref': 'message-1' });
    expect(Object.keys(plain)).not.toContain('callback');
  });

  test('a double that is asked nonsense refuses it', async () => {
    await expect(sendTo(double.url, {}, { reportUrl: 'http://' })).rejects.toMatchObject({
      data: {
        providerCode: '3',
      },
    });
  });
});

test('every reason is told in Chinese', () => {
  for (const { meaning } of receiptErrors.values()) expect(translateSentences(meaning, sentences)?.rest).toBe('');
});
