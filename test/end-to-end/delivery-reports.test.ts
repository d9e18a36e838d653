import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import twilio from 'twilio';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { startMailEndpoint } from '../doubles/http-endpoint.ts';
import type { TwilioMessage } from '../doubles/twilio.ts';
import { newPhone } from '../setup/phones.ts';
import { newServer, type TestServer } from '../setup/server.ts';
import { databases } from '../setup/stores.ts';
import { type Provider, startAliyun, startHttpSms, startTencent, startTwilio } from './providers.ts';

describe.each(databases)('delivery reports on %s', (database) => {
  let server: TestServer;
  let provider: Provider & { double: { messages?: TwilioMessage[] } };
  let connectorId: string;
  beforeAll(async () => {
    const env = { SESAME_PRIVATE_WEBHOOKS: 'allow' };
    [server, provider] = await Promise.all([newServer(database, { env }), startTwilio()]);
    connectorId = await setUp();
    // Nobody listens there: what matters is the outbox.
    await server.management.post('/hooks', { events: ['Message.Delivered'], config: { url: 'http://127.0.0.1:1/' } });
  });
  afterAll(() => Promise.all([server.close(), provider.double.close()]));

  const setUp = async () => {
    const { factoryId, config } = provider;
    return (await server.management.post('/connectors', { connectorId: factoryId, config })).body.id;
  };
  const messages = () => provider.double.messages ?? [];

  /** Sends a code. @returns the message as it is known here and at the provider */
  async function send() {
    const phone = newPhone();
    expect(await server.management.post('/verification-codes', { phone })).toMatchObject({ status: 204 });
    const { body } = await server.management.get(`/messages?phone=${encodeURIComponent(phone)}`);
    const sent = messages().at(-1) as TwilioMessage;
    return { phone, id: body[0].id as string, sent, url: sent.statusCallback ?? '' };
  }
  const read = async (id: string) => (await server.management.get(`/messages/${id}`)).body;

  type Report = Record<string, string>;
  /** Posts what Twilio would post, signed as its SDK signs it. */
  async function report({ sent, url }: { sent: TwilioMessage; url: string }, status: string, more: Report = {}) {
    const form = { MessageSid: sent.sid, MessageStatus: status, To: sent.to, From: sent.from ?? '', ...more };
    return post(url, form, twilio.getExpectedTwilioSignature(String(provider.config.authToken), url, form));
  }
  const post = (url: string, form: Report, signature: string) =>
    fetch(url.replace(server.publicUrl, server.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': signature },
      body: new URLSearchParams(form),
    });

  test('a mail that comes back is undelivered, and keeps its address from more until somebody says otherwise', async () => {
    const endpoint = await startMailEndpoint();
    onTestFinished(endpoint.close);
    const { management } = server;
    await management.post('/connectors', { connectorId: 'http-email', config: { endpoint: endpoint.url } });
    const email = 'Gone@example.com';
    const sendMail = async () => (await management.post('/verification-codes', { email })).status;
    const suppressed = async () => (await management.get(`/suppressions?email=${email}`)).body;
    expect(await sendMail()).toBe(204);
    const [{ reportUrl = '', messageId = '' } = {}] = endpoint.accepted;
    const tell = async (report: object, url = reportUrl) => {
      const address = url.replace(server.publicUrl, server.baseUrl);
      const headers = { 'content-type': 'application/json' };
      return (await fetch(address, { method: 'POST', headers, body: JSON.stringify(report) })).status;
    };
    const bounce = { state: 'undelivered', kind: 'recipient', code: '5.1.1', suppress: true };
    const ofNone = { ...bounce, messageId: 'unknown' };
    expect([await tell(ofNone, reportUrl.replace(/\?.*/, '')), await suppressed()]).toEqual([200, []]);
    expect(await tell({ state: 'undelivered', code: '4.2.2' })).toBe(200);
    expect([(await read(messageId)).state, await suppressed()]).toEqual(['undelivered', []]);

    expect([await tell(bounce), await tell(bounce)]).toEqual([200, 200]);
    const [suppression] = await suppressed();
    expect(suppression).toMatchObject({ email: 'gone@example.com', messageId, error: { providerCode: '5.1.1' } });
    expect([await sendMail(), endpoint.accepted.length]).toEqual([400, 1]);

    expect(await management.delete(`/suppressions/${email}`)).toMatchObject({ status: 204 });
    expect([await tell(bounce), await suppressed()]).toEqual([200, []]);
    expect([await sendMail(), endpoint.accepted.length]).toEqual([204, 2]);
    // Somebody may call spam what arrived.
    const arrived = endpoint.accepted[1]?.reportUrl ?? '';
    expect(await tell({ state: 'delivered' }, arrived)).toBe(200);
    expect(await tell({ state: 'delivered', message: 'complaint', suppress: true }, arrived)).toBe(200);
    expect([(await suppressed()).length, (await read(endpoint.accepted[1]?.messageId ?? '')).state]).toEqual([
      1,
      'delivered',
    ]);
  });

  test('a message is accepted, then delivered, and says when', async () => {
    const message = await send();
    expect(message.url).toMatch(/^http:\/\/sesame\.test\/callbacks\/[\w-]+\/[\w-]{32}\?m=[\w-]+$/);
    expect(await read(message.id)).toMatchObject({ state: 'accepted', deliveredAt: null, reports: [] });
    expect((await report(message, 'sent')).status).toBe(200);
    expect(await read(message.id)).toMatchObject({ state: 'accepted', reports: [{ state: 'sent' }] });
    expect((await report(message, 'delivered')).status).toBe(200);
    const { deliveredAt, ...delivered } = await read(message.id);
    expect(delivered).toMatchObject({
      state: 'delivered',
      outcome: 'delivered',
      error: null,
      reports: [{ state: 'sent' }, { state: 'delivered', providerMessage: 'delivered' }],
    });
    expect(deliveredAt).toBe(delivered.reports[1].receivedAt);
  });

  test('no event names a sender: reports are told of together, and came from several', async () => {
    const [message, other] = [await send(), await send()];
    const replies = await Promise.all([message, other].map((one) => report(one, 'delivered')));
    expect(replies.map(({ headers }) => headers.get('x-content-type-options'))).toEqual(['nosniff', 'nosniff']);
    const deliveries = await server.services.store.db.selectFrom('hook_deliveries').select('payload').execute();
    const told = deliveries.map(({ payload }) => JSON.parse(payload)).filter(({ data }) => data.id === message.id);
    expect(told).toEqual([{ createdAt: expect.any(String), data: expect.anything() }]);
  });

  test('one that is not delivered says whose problem that is', async () => {
    const message = await send();
    await report(message, 'undelivered', { ErrorCode: '30005' });
    expect(await read(message.id)).toMatchObject({
      state: 'undelivered',
      error: { code: 'connector.undelivered', kind: 'recipient', providerCode: '30005' },
    });
  });

  test('reports that come again or late change nothing', async () => {
    const message = await send();
    for (const status of ['delivered', 'sent', 'delivered', 'sending', 'undelivered', 'delivered']) {
      expect((await report(message, status)).status).toBe(200);
    }
    const { state, reports } = await read(message.id);
    expect(state).toBe('delivered');
    expect(reports.map((one: { providerMessage: string }) => one.providerMessage).sort()).toEqual([
      'delivered',
      'sending',
      'sent',
      'undelivered',
    ]);
  });

  test('of many reports at once of one message each is kept once, and no more than fifty', async () => {
    const message = await send();
    const all = Array.from({ length: 200 }, (_, index) =>
      report(message, 'undelivered', { ErrorCode: String(40_000 + (index % 100)) }),
    );
    expect(new Set((await Promise.all(all)).map(({ status }) => status))).toEqual(new Set([200]));
    const { state, reports } = await read(message.id);
    expect(state).toBe('undelivered');
    expect(reports).toHaveLength(50);
  });

  test('one that was verified is delivered, whatever is reported', async () => {
    const message = await send();
    const { phone } = message;
    const answer = { phone, verificationCode: provider.codeTo(phone) };
    expect((await server.management.post('/verification-codes/verify', answer)).status).toBe(204);
    await report(message, 'undelivered', { ErrorCode: '30008' });
    expect(await read(message.id)).toMatchObject({
      outcome: 'verified',
      state: 'accepted',
      reports: [{ state: 'undelivered' }],
    });
  });

  test('messages of a connector that was changed, replaced, restored or deleted are still found', async () => {
    const before = await send();
    const { config } = provider;
    await server.management.patch(`/connectors/${connectorId}`, { config: { ...config, from: '+15005550005' } });
    const changed = await send();
    const next = await setUp();
    await report(before, 'delivered');
    expect(await read(before.id)).toMatchObject({ state: 'delivered' });
    await server.management.delete(`/connectors/${next}`);
    await report(changed, 'sent');
    const history = (await server.management.get('/connectors/history')).body;
    expect(history.map(({ id }: { id: string }) => id)).toContain(connectorId);
    expect((await server.management.delete(`/connectors/history/${connectorId}`)).status).toBeLessThan(300);
    await report(changed, 'delivered');
    expect(await read(changed.id)).toMatchObject({ state: 'delivered' });
    connectorId = await setUp();
  });

  test('the connector says where reports go, and whether they come', async () => {
    const message = await send();
    const silent = (await server.management.get(`/connectors/${connectorId}`)).body;
    expect(silent).toMatchObject({ reports: { addressIs: 'sent', lastAt: null, unreported: 1 } });
    expect(message.url.startsWith(silent.reportUrl)).toBe(true);
    await report(message, 'sent');
    const heard = (await server.management.get(`/connectors/${connectorId}`)).body;
    expect(heard.reports).toMatchObject({ lastAt: expect.any(Number), unreported: 0 });
  });

  // What follows is decided whatever the database.
  if (database !== 'SQLite') return;

  test('a forged report, another secret and a connector that is none change nothing', async () => {
    const message = await send();
    const form = { MessageSid: message.sent.sid, MessageStatus: 'delivered' };
    expect((await post(message.url, form, 'Zm9yZ2Vk')).status).toBe(403);
    const [, secret = ''] = /callbacks\/[^/]+\/([^?]+)/.exec(message.url) ?? [];
    const other = `${secret.startsWith('A') ? 'B' : 'A'}${secret.slice(1)}`;
    for (const url of [message.url.replace(secret, other), message.url.replace(connectorId, 'another')]) {
      const signature = twilio.getExpectedTwilioSignature(String(provider.config.authToken), url, form);
      expect((await post(url, form, signature)).status).toBe(404);
    }
    expect(await read(message.id)).toMatchObject({ state: 'accepted', reports: [] });
    expect(server.logged.join('')).not.toContain(secret);
  });

  test('whatever a client calls itself, or the message, makes no error of the server', async () => {
    const message = await send();
    const { pathname, search } = new URL(message.url);
    const { hostname, port } = new URL(server.baseUrl);
    for (const [host, path] of [
      ...['exa mple', '[', 'a:b:c', '%zz', 'x:99999999', 'ex<ample'].map((name) => [name, pathname + search]),
      ['sesame.test', `${pathname}?m=%00`],
      ['sesame.test', `${pathname}?m=${'x'.repeat(5_000)}`],
    ]) {
      const status = await new Promise((resolve, reject) => {
        const headers = { host, 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'forged' };
        const asked = request({ hostname, port, path, method: 'POST', headers }, (reply) => {
          reply.resume();
          resolve(reply.statusCode);
        });
        asked.on('error', reject).end('MessageSid=SM1&MessageStatus=delivered');
      });
      expect(status, `${host} ${path}`).toBe(403);
    }
  });

  test('one that is signed for the public URL of before is taken where it comes in under that name', async () => {
    const message = await send();
    const { pathname, search } = new URL(message.url);
    const form = { MessageSid: message.sent.sid, MessageStatus: 'delivered' };
    const before = `https://before.example.com${pathname}${search}`;
    const signature = twilio.getExpectedTwilioSignature(String(provider.config.authToken), before, form);
    const { hostname, port } = new URL(server.baseUrl);
    const status = await new Promise((resolve, reject) => {
      const type = 'application/x-www-form-urlencoded';
      const headers = { host: 'before.example.com', 'content-type': type, 'x-twilio-signature': signature };
      request({ hostname, port, path: pathname + search, method: 'POST', headers }, (reply) => {
        reply.resume();
        resolve(reply.statusCode);
      })
        .on('error', reject)
        .end(new URLSearchParams(form).toString());
    });
    expect(status).toBe(200);
    expect(await read(message.id)).toMatchObject({ state: 'delivered' });
  });

  test('what is not known is answered like what is, malformed and oversized bodies are refused', async () => {
    const message = await send();
    const unknown = { ...message, url: message.url.replace(/m=.*/, 'm=unknown') };
    expect((await report(unknown, 'delivered')).status).toBe(200);
    const signed = (body: string) =>
      fetch(message.url.replace(server.publicUrl, server.baseUrl), {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded', 'x-twilio-signature': 'x' },
        body,
      });
    expect((await signed('x'.repeat(1025 * 1024))).status).toBe(413);
    const stranger = server.baseUrl + new URL(message.url).pathname.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'));
    const body = 'x'.repeat(1025 * 1024);
    expect((await fetch(stranger, { method: 'POST', body })).status, 'nothing is read of it').toBe(404);
    expect((await signed('')).status).toBe(403);
    expect(await read(message.id)).toMatchObject({ state: 'accepted' });
    const { headers } = await fetch(`${server.baseUrl}/callbacks`);
    expect(headers.get('content-security-policy'), 'what is no address for reports is for browsers').toBeTruthy();
  });
});

describe('delivery reports of other providers', () => {
  const [database = 'SQLite'] = databases;
  let server: TestServer;
  let started: { aliyun: Provider; tencent: Provider; http: Provider };
  beforeAll(async () => {
    const [testServer, aliyun, tencent, http] = await Promise.all([
      newServer(database),
      startAliyun(),
      startTencent(),
      startHttpSms(),
    ]);
    server = testServer;
    started = { aliyun, tencent, http };
  });
  afterAll(() => Promise.all([server.close(), ...Object.values(started).map(({ double }) => double.close())]));

  const phone = '+8613800138000';

  /** Sends a code by a provider. @returns the message, what the provider was sent, and where its reports go */
  async function send({ factoryId, config, double }: Provider) {
    const { id: connectorId } = (await server.management.post('/connectors', { connectorId: factoryId, config })).body;
    const to = newPhone();
    expect(await server.management.post('/verification-codes', { phone: to })).toMatchObject({ status: 204 });
    const [{ id }] = (await server.management.get(`/messages?phone=${encodeURIComponent(to)}`)).body;
    const { reportUrl } = (await server.management.get(`/connectors/${connectorId}`)).body;
    return { id: id as string, to, request: double.requests.at(-1), reportUrl: reportUrl as string };
  }
  const post = (url: string, body: unknown) =>
    fetch(url.replace(server.publicUrl, server.baseUrl), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const read = async (id: string) => (await server.management.get(`/messages/${id}`)).body;

  test('Aliyun brings our id back, and hears what it wants', async () => {
    const { id, to, request, reportUrl } = await send(started.aliyun);
    const outId = new URL(request?.path ?? '', 'http://double').searchParams.get('OutId');
    expect(outId).toBe(id);
    const receipt = { phone_number: to.slice(1), success: true, biz_id: '1^0', out_id: outId, sms_size: '1' };
    const others = Array.from({ length: 600 }, (_, index) => ({ ...receipt, out_id: `unknown-${index}` }));
    const answer = await post(reportUrl, [...others, receipt]);
    expect([answer.status, await answer.json()]).toEqual([200, { code: 0, msg: 'OK' }]);
    expect(await read(id)).toMatchObject({ state: 'delivered' });
  });

  test('Tencent Cloud tells serial number and recipient, and both have to be right', async () => {
    const { id, to, reportUrl } = await send(started.tencent);
    const { providerMessageId: sid } = await read(id);
    const [nationcode, mobile] = to.startsWith('+86') ? ['86', to.slice(3)] : [to.slice(1, 2), to.slice(2)];
    const receipt = { nationcode, mobile, sid, report_status: 'FAIL', errmsg: 'MK:0001', description: '关机' };
    const forged = [
      { ...receipt, mobile: phone.slice(3) },
      { ...receipt, sid: '2640:0' },
    ];
    expect((await post(reportUrl, forged)).status).toBe(200);
    expect(await read(id)).toMatchObject({ state: 'accepted' });
    const answer = await post(reportUrl, [receipt]);
    expect([answer.status, await answer.json()]).toEqual([200, { result: 0, errmsg: 'OK' }]);
    expect(await read(id)).toMatchObject({ state: 'undelivered', error: { providerCode: 'MK:0001' } });
    await post(reportUrl, [receipt]);
    expect((await read(id)).reports).toHaveLength(1);
  });

  test("an endpoint of one's own gets the address with the message", async () => {
    const { id, request: handed } = await send(started.http);
    const { reportUrl } = JSON.parse(handed?.body ?? '{}');
    expect((await post(reportUrl, { state: 'lost' })).status).toBe(400);
    const { pathname } = new URL(reportUrl);
    const { hostname, port } = new URL(server.baseUrl);
    for (const type of ['', 'json', ';;;', 'text/plain', 'application/json; charset="utf-8']) {
      const path = `${pathname}?m=${id}`;
      const asked = request({ hostname, port, path, method: 'POST', headers: { 'content-type': type } });
      asked.end('{"state":"sent"}');
      const [reply] = (await once(asked, 'response')) as [IncomingMessage];
      expect([type, reply.resume().statusCode]).toEqual([type, 200]);
    }
    expect((await post(reportUrl, { state: 'delivered', parts: 2 })).status).toBe(200);
    expect(await read(id)).toMatchObject({ state: 'delivered' });
  });
});
