import { startProviderDouble } from '@sesame/connector-kit/provider-double';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startAliyunGlobalDouble } from '../doubles/aliyun-global.ts';
import { type Reported, type ReportPost, reporters } from '../doubles/delivery-reports.ts';
import { startInfobipDouble } from '../doubles/infobip.ts';
import { startMessageBirdDouble } from '../doubles/messagebird.ts';
import { startPlivoDouble } from '../doubles/plivo.ts';
import { startVonageDouble } from '../doubles/vonage.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { startAliyun, startHttpSms, startTencent, startTwilio } from './providers.ts';

const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
  ...{ usageType, content: 'Your code is {{code}}.' },
}));
const key = 'key-that-reports-are-signed-with';
type Double = { url: string; requests: { path: string; body: string }[]; close: () => Promise<void> };
type Account = { factoryId: string; double: Double; config: Record<string, unknown>; key?: string };

/** An account at each provider, whose reports are signed where it signs any. */
const accounts: Record<keyof typeof reporters, () => Promise<Account>> = {
  async twilio() {
    const { config, ...account } = await startTwilio();
    return { ...account, config, key: String(config.authToken) };
  },
  async vonage() {
    const credentials = { apiKey: 'abcd1234', apiSecret: 'api-secret-of-the-double' };
    const double = await startVonageDouble(credentials);
    const config = { ...credentials, brandName: 'Acme', signatureSecret: key, endpoint: double.url, templates };
    return { factoryId: 'vonage-sms', double, config, key };
  },
  async plivo() {
    const credentials = { authId: 'MA00000000000000TEST', authToken: key };
    const double = await startPlivoDouble(credentials);
    const config = { ...credentials, src: '+14151234567', endpoint: double.url, templates };
    return { factoryId: 'plivo-sms', double, config, key };
  },
  async messageBird() {
    const accessKey = 'live_access-key-of-the-double';
    const double = await startMessageBirdDouble({ accessKey });
    const config = { accessKey, originator: 'Sesame', signingKey: key, endpoint: double.url, templates };
    return { factoryId: 'messagebird-short-message-service', double, config, key };
  },
  async infobip() {
    const apiKey = 'api-key-of-the-double';
    const double = await startInfobipDouble({ apiKey, senders: ['Acme'] });
    return {
      ...{ factoryId: 'infobip-short-message-service', double },
      config: { apiKey, from: 'Acme', endpoint: double.url, templates },
    };
  },
  aliyun: startAliyun,
  async aliyunGlobal() {
    const credentials = { accessKeyId: 'LTAI5tExampleKeyId', accessKeySecret: 'secret-of-the-double' };
    const double = await startAliyunGlobalDouble({ ...credentials, senderIds: [] });
    return {
      ...{ factoryId: 'aliyun-global-short-message-service', double },
      config: { ...credentials, endpoint: double.url, templates },
    };
  },
  tencent: startTencent,
  async httpSms() {
    const { config, ...account } = await startHttpSms();
    return { ...account, config: { ...config, reportKey: key }, key };
  },
};

let server: TestServer;
beforeAll(async () => {
  server = await newServer('SQLite');
});
afterAll(() => server.close());

const post = async ({ url, method, headers, body }: ReportPost) => {
  const address = url.replace(server.publicUrl, server.baseUrl);
  const reply = await fetch(address, { method, headers, ...(body !== undefined && { body }) });
  return reply.status;
};
const read = async (id: string) => (await server.management.get(`/messages/${id}`)).body;
let numbers = 0;

test('a provider may report before it has answered the send', async () => {
  const states: string[] = [];
  const early = await startProviderDouble(async ({ body }) => {
    const { reportUrl, messageId } = JSON.parse(body) as Record<'reportUrl' | 'messageId', string>;
    states.push((await read(messageId)).state);
    const headers = { 'content-type': 'application/json' };
    await post({ url: reportUrl, method: 'POST', headers, body: '{"state":"delivered"}' });
    return { body: { id: 'late' } };
  });
  const config = { endpoint: early.url, templates };
  await server.management.post('/connectors', { connectorId: 'http-sms', config });
  const phone = '+447911129999';
  expect(await server.management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
  const [message] = (await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`)).body;
  expect([...states, message.state]).toEqual(['sending', 'delivered']);
  // What the reply says is kept all the same.
  const { handedAt, acceptedAt, providerMessageId, deliveredAt } = await read(message.id);
  expect(providerMessageId).toBe('late');
  expect([handedAt, deliveredAt, acceptedAt].toSorted()).toEqual([handedAt, deliveredAt, acceptedAt]);
  expect(handedAt).toEqual(expect.any(Number));
  expect(acceptedAt).toEqual(expect.any(Number));
  await early.close();
});

describe.each(Object.keys(reporters) as (keyof typeof reporters)[])('messages of %s', (name) => {
  const reporter = reporters[name];
  let account: Account;
  let connectorId: string;
  beforeAll(async () => {
    account = await accounts[name]();
    const { factoryId, config } = account;
    const made = await server.management.post('/connectors', { connectorId: factoryId, config });
    expect(made.status, JSON.stringify(made.body)).toBeLessThan(300);
    connectorId = made.body.id;
  });
  afterAll(() => account.double.close());

  /** Sends a code. @returns the message as the provider knows it, and where its reports go */
  async function send(): Promise<Reported> {
    numbers += 1;
    const to = `${['aliyun', 'tencent'].includes(name) ? '+861380000' : '+44791112'}${String(numbers).padStart(4, '0')}`;
    expect(await server.management.post('/verification-codes', { phone: to })).toMatchObject({ status: 204 });
    const [{ id, state, providerMessageId }] = (
      await server.management.get(`/messages?phone=${encodeURIComponent(to)}`)
    ).body;
    expect(state).toBe('accepted');
    const { reportUrl } = (await server.management.get(`/connectors/${connectorId}`)).body;
    const { path, body } = account.double.requests.at(-1) ?? { path: '', body: '' };
    const given = /http:\/\/sesame\.test\/callbacks\/[\w/-]+\?m=[\w-]+/.exec(decodeURIComponent(path + body))?.[0];
    return { url: given ?? reportUrl, to, id, providerMessageId };
  }
  const report = async (message: Reported, state: (typeof reporter.states)[number], signed = account.key ?? '') =>
    post(await reporter.post(message, state, signed));

  test('are accepted, then delivered, whatever comes late, twice or out of order', async () => {
    const message = await send();
    for (const state of reporter.states.filter((each) => each !== 'undelivered')) {
      expect(await report(message, state)).toBe(200);
    }
    const delivered = await read(message.id);
    expect(delivered).toMatchObject({ state: 'delivered', outcome: 'delivered', error: null });
    for (const state of ['delivered', ...reporter.states] as const) expect(await report(message, state)).toBe(200);
    const { state, deliveredAt } = await read(message.id);
    expect({ state, deliveredAt }).toEqual({ state: 'delivered', deliveredAt: delivered.deliveredAt });
  });

  test('are accepted, then undelivered, and say why', async () => {
    const message = await send();
    expect(await report(message, 'undelivered')).toBe(200);
    const { state, error } = await read(message.id);
    expect(state).toBe('undelivered');
    expect(error).toMatchObject({ code: 'connector.undelivered', message: expect.any(String) });
  });

  test('stay as they are when somebody forges a report, or one of a message that is not known comes', async () => {
    const message = await send();
    if (reporter.isSigned) expect(await report(message, 'delivered', 'another key')).toBe(403);
    const [, secret = ''] = /callbacks\/[^/]+\/([^?]+)/.exec(message.url) ?? [];
    const guessed = message.url.replace(secret, `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`);
    expect(await report({ ...message, url: guessed }, 'delivered')).toBe(404);
    const [unknown, to] = ['0198c9a0-0000-7000-8000-000000000000', `${message.to.slice(0, -4)}9999`];
    const url = message.url.replace(/m=.*/, `m=${unknown}`);
    expect(await report({ url, to, id: unknown, providerMessageId: 'unknown' }, 'delivered')).toBe(200);
    expect(await read(message.id)).toMatchObject({ state: 'accepted', reports: [] });
  });
});
