import { setTimeout as later } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { ConnectorError } from './connector-error.ts';
import { type ProviderDouble, startProviderDouble } from './provider-double.ts';
import { postToProvider, retryAfterSeconds, unreadableReply } from './provider-request.ts';

let double: ProviderDouble;
beforeAll(async () => {
  double = await startProviderDouble(({ body }) => ({ status: 201, body: { echo: body } }));
});
afterAll(() => double.close());

const secret = 'acme-secret';
const post = ({ url = double.url, headers = {}, timeoutMs = 60_000, fetch = globalThis.fetch } = {}) =>
  postToProvider({ fetch, timeoutMs }, { url, headers, body: 'text' });
const failure = (given: Parameters<typeof post>[0]) =>
  post(given).then(
    () => expect.fail('The request succeeded'),
    (error: ConnectorError) => error,
  );
const failingFetch = (cause: unknown) => () => Promise.reject(new TypeError(`fetch failed ${secret}`, { cause }));

test('gives status, headers, text and JSON', async () => {
  const reply = await post({ headers: { 'x-acme': '1' } });
  expect(reply).toMatchObject({ status: 201, text: '{"echo":"text"}', json: { echo: 'text' } });
  expect(reply.headers.get('content-type')).toBe('application/json');
  expect(double.requests.at(-1)).toMatchObject({ method: 'POST', headers: { 'x-acme': '1' } });
});

test('gives a redirect as it is', async () => {
  double.replyNext({ status: 307, headers: { location: 'http://127.0.0.1:9/' } });
  expect(await post()).toMatchObject({ status: 307, json: undefined });
});

test('puts together characters that arrive in pieces', async () => {
  const bytes = new TextEncoder().encode('\ufeff{"a":"码😀"}');
  const pieces = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  expect(await post({ fetch: async () => new Response(pieces) })).toMatchObject({ json: { a: '码😀' } });
});

test.each([
  [256 * 1024, true],
  [256 * 1024 + 1, false],
])('reads a reply of %d bytes: %s', async (length, isRead) => {
  const fetch = async () => new Response('x'.repeat(length));
  if (isRead) expect((await post({ fetch })).text).toHaveLength(length);
  else expect(await failure({ fetch })).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear' } });
});

test('limits the time of the whole exchange, the body too', async () => {
  const slow = await startProviderDouble(async () => ({ body: await later(2 ** 30, '', { ref: false }) }));
  const dripping: typeof globalThis.fetch = async (_, init) =>
    new Response(
      new ReadableStream({
        start: (controller) =>
          init?.signal?.addEventListener('abort', () => controller.error((init.signal as AbortSignal).reason)),
      }),
    );
  for (const given of [{ url: slow.url }, { fetch: dripping }]) {
    const { data } = await failure({ ...given, timeoutMs: 50 });
    expect(data).toEqual({ kind: 'unclear', message: expect.stringContaining('within 0.05 s') });
  }
  await slow.close();
});

const connecting = { code: 'ETIMEDOUT', syscall: 'connect' };
test.each([
  ['a refused connection', { code: 'ECONNREFUSED', syscall: 'connect' }],
  ['an unknown host', { code: 'ENOTFOUND', syscall: 'getaddrinfo' }],
  ['a host that cannot be reached', { code: 'EHOSTUNREACH', syscall: 'connect' }],
  ['a host that takes too long to connect', { code: 'UND_ERR_CONNECT_TIMEOUT' }],
  ['a host with several addresses', Object.assign(new AggregateError([connecting, connecting]), { code: 'ETIMEDOUT' })],
])('%s may be retried', async (_, cause) => {
  const error = await failure({ fetch: failingFetch(cause) });
  expect(error.data).toMatchObject({ kind: 'unclear', isUnsent: true, retry: true });
  expect(error.data.message).toMatch(/; nothing was sent\.$/);
  expect(JSON.stringify(error) + error.stack).not.toContain(secret);
});

test.each([
  ['a reset connection', { code: 'ECONNRESET', syscall: 'read' }],
  ['a host that went away', { code: 'EHOSTUNREACH', syscall: 'write' }],
  ['a closed socket', { code: 'UND_ERR_SOCKET' }],
  ['several failures, not all of them before the connection', { errors: [connecting, { code: 'ECONNRESET' }] }],
  ['a failure that says nothing', undefined],
])('%s is not retried', async (_, cause) => {
  const error = await failure({ fetch: failingFetch(cause) });
  expect(error.data).toEqual({ kind: 'unclear', message: expect.stringContaining('broke') });
  expect(JSON.stringify(error) + error.stack).not.toContain(secret);
});

test('a bad certificate is not retried, and nothing was sent', async () => {
  const { data } = await failure({ fetch: failingFetch({ code: 'CERT_HAS_EXPIRED' }) });
  expect(data).toEqual({ kind: 'unclear', message: expect.stringContaining('secure'), isUnsent: true });
});

test('a closed port of a host with several addresses may be retried', async () => {
  const closed = await startProviderDouble(() => ({}));
  await closed.close();
  const { data } = await failure({ url: closed.url.replace('127.0.0.1', 'localhost') });
  expect(data).toMatchObject({ retry: true });
});

test.each([
  ['a header with a line break', { headers: { authorization: `${secret}\nx: y` } }],
  ['a header beyond Latin-1', { headers: { authorization: `${secret}密` } }],
  ['a URL that is none', { url: `not a url ${secret}` }],
])('%s is a matter of configuration, and is not quoted', async (_, given) => {
  const error = await failure(given);
  expect(error).toMatchObject({ code: 'invalid_config', data: { kind: 'configuration' } });
  expect(JSON.stringify(error) + error.stack).not.toContain(secret);
});

test('an unreadable reply is told by its status and type alone', () => {
  const headers = new Headers({ 'content-type': `text/html; ${secret}` });
  const error = unreadableReply({ status: 502, headers, text: secret, json: undefined });
  expect(error).toMatchObject({ code: 'invalid_response', data: { kind: 'unclear', status: 502 } });
  expect(error.message).toContain('HTTP 502, text/html)');
  expect(JSON.stringify(error) + error.stack).not.toContain(secret);
});

test.each([
  ['3', 3],
  ['1.2', 2],
  ['0', undefined],
  ['-1', undefined],
  ['1e999', undefined],
  ['Wed, 21 Oct 2015 07:28:00 GMT', undefined],
  [undefined, undefined],
])('reads %s as Retry-After', (value, seconds) => {
  expect(retryAfterSeconds(new Headers(value === undefined ? {} : { 'retry-after': value }))).toBe(seconds);
});
