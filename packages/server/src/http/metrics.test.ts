import { once } from 'node:events';
import { connect } from 'node:net';
import Fastify from 'fastify';
import { afterEach, expect, test } from 'vitest';
import { createMetrics, startMetricsServer } from './metrics.ts';

const closings: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closings.splice(0)) await close();
});

async function serve(metrics = createMetrics()) {
  const server = await startMetricsServer(metrics, { host: '127.0.0.1', port: 0 });
  closings.push(server.close);
  return { server, metrics, url: `http://127.0.0.1:${server.port}/metrics` };
}

const linesOf = async (url: string) => (await (await fetch(url)).text()).split('\n');

test('serves the figures of the process in the format of Prometheus', async () => {
  const { url } = await serve();
  const reply = await fetch(url);
  expect(reply.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
  const text = await reply.text();
  expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  expect(text).toMatch(/^nodejs_eventloop_lag_seconds [\d.e-]+$/m);
});

test('counts messages by state and connector, and checks by outcome', async () => {
  const { metrics, url } = await serve();
  const { messageSettled, codeChecked, smsCosts, smsPriced, messageDelivered, messageVerified, capNears } =
    metrics.observer;
  messageSettled('accepted', 'twilio-short-message-service');
  messageSettled('accepted', 'twilio-short-message-service');
  messageSettled('failed', null);
  codeChecked('right');
  codeChecked('wrong');
  for (const cost of [125_000, 250_000]) smsCosts({ country: 'DE', factoryId: 'twilio', currency: 'EUR', cost });
  smsPriced({ country: null, factoryId: null, currency: 'USD', cost: 7_500 });
  const went = { country: 'DE', factoryId: 'twilio', network: '26201' };
  messageDelivered({ ...went, tookMs: 2_500 });
  messageVerified({ ...went, network: null, tookMs: 14_000 });
  capNears({ period: 'day', country: undefined, share: 0.81 });
  const lines = await linesOf(url);
  expect(lines).toContain('sesame_messages_total{state="accepted",connector="twilio-short-message-service"} 2');
  expect(lines).toContain('sesame_messages_total{state="failed",connector="none"} 1');
  expect(lines).toContain('sesame_sms_cost_total{country="DE",connector="twilio",currency="EUR"} 0.375');
  expect(lines).toContain('sesame_sms_price_total{country="none",connector="none",currency="USD"} 0.0075');
  expect(lines).toContain('sesame_messages_verified_total{country="DE",connector="twilio",network="none"} 1');
  expect(lines).toContain('sesame_messages_delivered_total{country="DE",connector="twilio",network="26201"} 1');
  const within = (name: string, seconds: number) =>
    lines.find((line) => line.startsWith(`sesame_message_${name}_seconds_bucket{le="${seconds}",`))?.at(-1);
  expect([within('delivered', 2), within('delivered', 3)]).toEqual(['0', '1']);
  expect([within('verified', 10), within('verified', 20)]).toEqual(['0', '1']);
  expect(lines).toContain('sesame_caps_reached_total{period="day",country="all",state="warning"} 1');
  expect(lines).toContain('sesame_codes_checked_total{outcome="right"} 1');
  expect(lines).toContain('sesame_codes_checked_total{outcome="wrong"} 1');
});

test('times requests by route, whatever paths clients make up', async () => {
  const { metrics, url } = await serve();
  const app = Fastify();
  closings.push(() => app.close());
  metrics.observeRequests(app);
  app.get('/users/:id', (_, reply) => reply.send('ok'));
  for (const path of ['/users/1', '/users/2', '/made-up-1', '/made-up-2']) await app.inject(path);
  const lines = await linesOf(url);
  const count = (labels: string) => `sesame_http_request_duration_seconds_count{${labels}} 2`;
  expect(lines).toContain(count('method="GET",route="/users/:id",status="200"'));
  expect(lines).toContain(count('method="GET",route="none",status="404"'));
  expect(lines.join('\n')).not.toContain('made-up');
});

test('two sets of metrics do not mix', async () => {
  const [one, other] = [createMetrics(), createMetrics()];
  one.observer.codeChecked('right');
  expect(await one.render()).toContain('sesame_codes_checked_total{outcome="right"} 1');
  expect(await other.render()).not.toContain('outcome="right"');
});

test('serves nothing else', async () => {
  const { url } = await serve();
  expect((await fetch(url.replace('/metrics', '/'))).status).toBe(404);
  expect((await fetch(url, { method: 'POST' })).status).toBe(404);
});

test('a port in use is an error of the start', async () => {
  const { server, metrics } = await serve();
  const second = startMetricsServer(metrics, { host: '127.0.0.1', port: server.port });
  await expect(second).rejects.toMatchObject({ code: 'EADDRINUSE' });
});

test('clients that connect and say nothing take few files, and make room for those who ask', async () => {
  const { server, url } = await serve();
  const silent = Array.from({ length: 60 }, () => connect(server.port, '127.0.0.1'));
  await Promise.all(silent.map((socket) => once(socket, 'connect')));
  const ended = Promise.all(silent.slice(0, 28).map((socket) => once(socket.resume(), 'close')));
  expect((await fetch(url)).status).toBe(200);
  await ended;
  for (const socket of silent) socket.destroy();
});
