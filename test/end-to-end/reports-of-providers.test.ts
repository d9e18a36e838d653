import { startProviderDouble } from '@sesame/connector-kit/provider-double';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerAsSns } from '../doubles/aws-sns-topic.ts';
import { freePort } from '../setup/free-port.ts';
import { platform } from '../setup/platform.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { postReport, reportingProviders, startReporting } from './reporting-providers.ts';

const templates = ['Register', 'SignIn', 'ForgotPassword', 'Generic'].map((usageType) => ({
  ...{ usageType, content: 'Your code is {{code}}.' },
}));

let server: TestServer;
let metricsPort: number;
beforeAll(async () => {
  metricsPort = await freePort();
  server = await newServer('SQLite', {
    platform: { fetch: answerAsSns(platform.fetch).fetch },
    env: { SESAME_METRICS_PORT: String(metricsPort) },
  });
});
afterAll(() => server.close());

const read = async (id: string) => (await server.management.get(`/messages/${id}`)).body;
test('a provider may report before it has answered the send', async () => {
  const states: string[] = [];
  const early = await startProviderDouble(async ({ body }) => {
    const { reportUrl, messageId } = JSON.parse(body) as Record<'reportUrl' | 'messageId', string>;
    states.push((await read(messageId)).state);
    const headers = { 'content-type': 'application/json' };
    await postReport(server, { url: reportUrl, method: 'POST', headers, body: '{"state":"delivered"}' });
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

test('a code that is typed in while it goes out again is that of the message before', async () => {
  const { promise: mayAnswer, resolve: answer } = Promise.withResolvers<void>();
  const codes: string[] = [];
  const slow = await startProviderDouble(async ({ body }) => {
    codes.push(JSON.parse(body).payload.code);
    if (codes.length === 1) return { body: { id: 'first' } };
    await mayAnswer;
    return { status: 422, body: { kind: 'limit' } };
  });
  await server.management.post('/connectors', { connectorId: 'http-sms', config: { endpoint: slow.url, templates } });
  const phone = '+447911129998';
  await server.management.post('/verification-codes', { phone });
  const again = server.management.post('/verification-codes', { phone });
  await expect.poll(() => codes.length).toBe(2);
  const typed = { phone, verificationCode: codes[0] };
  expect(await server.management.post('/verification-codes/verify', typed)).toMatchObject({ status: 204 });
  answer();
  expect((await again).status).not.toBe(204);
  const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
  expect(body).toMatchObject([{ outcome: 'failed' }, { outcome: 'verified', providerMessageId: 'first' }]);
  await slow.close();
});

describe.each(reportingProviders)('messages of %s', (name) => {
  let provider: Awaited<ReturnType<typeof startReporting>>;
  beforeAll(async () => {
    provider = await startReporting(server, name);
  });
  afterAll(() => provider.close());

  test('are accepted, then delivered, whatever comes late, twice or out of order', async () => {
    const { reporter, report, send } = provider;
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
    const { report, send } = provider;
    const message = await send();
    expect(await report(message, 'undelivered')).toBe(200);
    const { state, error } = await read(message.id);
    expect(state).toBe('undelivered');
    expect(error).toMatchObject({ code: 'connector.undelivered', message: expect.any(String) });
  });

  test('are found by what is reported where the answer to the send was lost', async () => {
    const { report, send } = provider;
    const message = await send({ isLost: true });
    expect(await report(message, 'delivered')).toBe(200);
    expect(await read(message.id)).toMatchObject({ state: 'delivered', error: null });
  });

  test('stay as they are when somebody forges a report, or one of a message that is not known comes', async () => {
    const { reporter, report, send } = provider;
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

  test('are found when their connector is deleted for good', async () => {
    const { connectorId, report, send } = provider;
    const message = await send();
    expect(await server.management.delete(`/connectors/${connectorId}`)).toMatchObject({ status: 204 });
    expect(await server.management.delete(`/connectors/history/${connectorId}`)).toMatchObject({ status: 204 });
    expect(await report(message, 'delivered')).toBe(200);
    expect(await read(message.id)).toMatchObject({ state: 'delivered' });
  });
});

test('what a provider says that an SMS cost is counted once, however often it says so', async () => {
  const { report, send, close } = await startReporting(server, 'plivo');
  const message = await send();
  const counted = async () => {
    const text = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text();
    const [, amount = '0'] =
      /^sesame_sms_price_total{country="GG",connector="plivo-sms",currency="USD"} (.+)$/m.exec(text) ?? [];
    return Number(amount);
  };
  const before = await counted();
  for (const state of ['sent', 'delivered', 'delivered'] as const) await report(message, state);
  expect((await counted()) - before).toBeCloseTo(0.0075, 6);
  await close();
});

const mailProviders = ['mailgun', 'postmark', 'sendGrid', 'ses'] as const;

test.each(mailProviders)('a mailbox that %s says is gone gets mails again once that is lifted', async (name) => {
  const { management } = server;
  const { close, send, posted } = await startReporting(server, name);
  const message = await send();
  const email = message.to;
  const bounce = await posted(message, 'undelivered');
  const asked = async () => (await management.post('/verification-codes', { email: email.toUpperCase() })).status;
  const suppressed = async () => (await management.get(`/suppressions?email=${email}`)).body.length;
  expect(await postReport(server, bounce)).toBe(200);
  expect([await suppressed(), await asked()]).toEqual([1, 400]);
  expect(await management.delete(`/suppressions/${email}`)).toMatchObject({ status: 204 });
  // Providers repeat a report of which they have lost the answer.
  expect([await postReport(server, bounce), await suppressed()]).toEqual([200, 0]);
  expect(await asked()).toBe(204);
  await close();
});
