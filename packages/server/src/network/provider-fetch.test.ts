import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type RequestListener } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import { type AddressInfo, connect, createServer as createSocketServer, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type ConnectorError, postToProvider } from '@sesame/connector-kit';
import { afterEach, expect, onTestFinished, test, vi } from 'vitest';
import { createProviderFetch, type FetchOptions } from './provider-fetch.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function listen(server: ReturnType<typeof createSocketServer>): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket.on('error', () => {})));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  closing.push(async () => {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A provider that speaks for itself, a text for each request on a connection. */
async function startSockets(answer: (socket: Socket, request: string, nth: number) => void) {
  const sockets: Socket[] = [];
  const server = createSocketServer((socket) => {
    sockets.push(socket);
    let asked = 0;
    socket.on('data', (bytes) => {
      asked += 1;
      answer(socket, String(bytes), asked);
    });
  });
  return { url: `http://${await listen(server)}/send`, sockets };
}

const ok = (body = '{}', head = '') => `HTTP/1.1 200 OK\r\n${head}content-length: ${body.length}\r\n\r\n${body}`;
const proxied = { statusCode: 200, reply: '{"by":"provider"}' };
const handle: RequestListener = (_, response) => response.writeHead(proxied.statusCode).end(proxied.reply);

type Given = { url: string; timeoutMs?: number; headers?: Record<string, string> };
function poster(options: FetchOptions = {}) {
  const fetch = createProviderFetch(options);
  const post = ({ url, timeoutMs = 60_000, headers = {} }: Given) =>
    postToProvider({ fetch, timeoutMs }, { url, headers, body: '{"code":"482913"}' });
  const refusal = (given: Given): Promise<ConnectorError> =>
    post(given).then(
      () => expect.fail('It went well'),
      (error) => error,
    );
  return { post, refusal };
}

test('sends the text once, with its length, and reads the answer', async () => {
  const requests: string[] = [];
  const { url } = await startSockets((socket, request) => {
    requests.push(request);
    socket.write(ok('{"id":"1"}', 'Retry-After: 3\r\n'));
  });
  const reply = await poster().post({ url: `${url}?a=b%20c`, headers: { authorization: ' Basic x \n' } });
  expect(reply).toMatchObject({ status: 200, json: { id: '1' } });
  expect([reply.headers.get('Retry-After'), reply.headers.get('x-other')]).toEqual(['3', null]);
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatch(/^POST \/send\?a=b%20c HTTP\/1\.1\r\n/);
  expect(requests[0]).toMatch(/\r\nauthorization: Basic x\r\n/);
  expect(requests[0]).toMatch(/\r\ncontent-length: 17\r\n/i);
});

test('keeps a connection', async () => {
  const { url, sockets } = await startSockets((socket) => socket.write(ok()));
  const { post } = poster();
  for (let sends = 0; sends < 3; sends += 1) await post({ url });
  expect(sockets).toHaveLength(1);
});

test.each([
  ['that it keeps for a second', (socket: Socket) => socket.write(ok('{}', 'keep-alive: timeout=1\r\n'))],
  ['that it closes', (socket: Socket) => socket.end(ok('{}', 'connection: close\r\n'))],
  ['that it ends without a word', (socket: Socket) => socket.end(ok())],
])('makes a new connection after one %s', async (_, answer) => {
  const { url, sockets } = await startSockets(answer);
  const { post } = poster();
  for (let sends = 0; sends < 3; sends += 1) expect((await post({ url })).status).toBe(200);
  expect(sockets).toHaveLength(3);
});

test('does not send on a connection that the provider has reset meanwhile', async () => {
  const { url, sockets } = await startSockets((socket) => socket.write(ok()));
  const { post } = poster();
  await post({ url });
  sockets[0]?.resetAndDestroy();
  expect((await post({ url })).status).toBe(200);
  expect(sockets).toHaveLength(2);
});

test('a kept connection that ends over a request leaves it unclear, and sends nothing again', async () => {
  const requests: string[] = [];
  const { url } = await startSockets((socket, request, nth) => {
    requests.push(request);
    if (nth === 1) socket.write(ok());
    else socket.resetAndDestroy();
  });
  const { post, refusal } = poster();
  await post({ url });
  expect((await refusal({ url })).data).toEqual({
    kind: 'unclear',
    message: expect.stringMatching(/broke \(ECONNRESET\); .* may or may not/),
  });
  expect(requests).toHaveLength(2);
});

test('what a provider says unasked is not the answer to the next request', async () => {
  const { url, sockets } = await startSockets((socket, _, nth) => socket.write(ok(`{"nth":${nth}}`)));
  const { post } = poster();
  await post({ url });
  sockets[0]?.write(ok('{"nth":"late"}'));
  await new Promise((resolve) => sockets[0]?.once('close', resolve));
  expect((await post({ url })).json).toEqual({ nth: 1 });
});

test('follows no redirect', async () => {
  const { url, sockets } = await startSockets((socket) =>
    socket.write(`HTTP/1.1 307 T\r\nlocation: ${url}\r\ncontent-length: 0\r\n\r\n`),
  );
  expect((await poster().post({ url })).status).toBe(307);
  expect(sockets).toHaveLength(1);
});

test.each([
  ['no HTTP', 'SSH-2.0-OpenSSH_9.6\r\n', /broke \(HPE_/],
  ['headers without an end', `HTTP/1.1 200 OK\r\nx: ${'y'.repeat(20_000)}`, /broke \(HPE_HEADER_OVERFLOW\)/],
  ['a protocol that nobody asked for', 'HTTP/1.1 101 S\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n', /broke/],
  ['more than is read', ok('x'.repeat(256 * 1024 + 1)), /longer than 256 kB/],
  ['chunks that are none', 'HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n', /broke/],
])('an answer of %s leaves the message unclear', async (_, answer, message) => {
  const { url } = await startSockets((socket) => socket.write(answer));
  expect((await poster().refusal({ url })).data).toMatchObject({
    kind: 'unclear',
    message: expect.stringMatching(message),
  });
});

test('half an answer leaves the message unclear', async () => {
  const { url } = await startSockets((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'));
  expect((await poster().refusal({ url })).data.message).toMatch(/broke \(ECONNRESET\)/);
});

test.each([
  ['nothing', ''],
  ['half of the headers', 'HTTP/1.1 200 OK\r\nx'],
  ['half of the body', 'HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{'],
])('limits the time of an answer of which %s came', async (_, answer) => {
  // On a slow machine the time would be over before there is a connection.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  onTestFinished(() => void vi.useRealTimers());
  const answered = Promise.withResolvers<void>();
  const { url } = await startSockets((socket) => socket.write(answer, () => answered.resolve()));
  const refusal = poster().refusal({ url, timeoutMs: 100 });
  await answered.promise;
  await vi.advanceTimersByTimeAsync(100);
  const { data } = await refusal;
  expect(data).toEqual({ kind: 'unclear', message: expect.stringContaining('did not answer within 0.1 s') });
});

test('a port that is closed may be tried again', async () => {
  const url = `http://${await listen(createSocketServer())}`;
  await closing.pop()?.();
  expect((await poster().refusal({ url })).data).toMatchObject({ kind: 'unclear', retry: true });
});

test.each([
  ['of its own', { connectTimeoutMs: 20 }, 60_000],
  ['of the whole', {}, 20],
])('a connection that is not made in the time %s may be tried again', async (_, options, timeoutMs) => {
  // A server that does not speak TLS back.
  const url = `https://${await listen(createSocketServer())}`;
  expect((await poster(options).refusal({ url, timeoutMs })).data).toEqual({
    kind: 'unclear',
    message: expect.stringContaining('(ETIMEDOUT)'),
    isUnsent: true,
    retry: true,
  });
});

test.each([
  ['reset', (socket: Socket) => socket.resetAndDestroy()],
  ['ended', (socket: Socket) => socket.end()],
  ['answered without TLS', (socket: Socket) => socket.end(ok())],
])('what is %s before both sides agree on TLS may be tried again', async (_, answer) => {
  const { url } = await startSockets(answer);
  const { data } = await poster().refusal({ url: url.replace('http:', 'https:') });
  expect(data).toEqual({
    kind: 'unclear',
    message: expect.stringMatching(/^No connection .*nothing was sent/),
    isUnsent: true,
    retry: true,
  });
});

test('what is too late before it has begun may be tried again', async () => {
  const { url, sockets } = await startSockets(() => {});
  const signal = AbortSignal.abort(new DOMException('Too late.', 'TimeoutError'));
  const request = createProviderFetch()(url, { method: 'POST', headers: {}, body: '', redirect: 'manual', signal });
  await expect(request).rejects.toMatchObject({ code: 'ETIMEDOUT', syscall: 'connect' });
  expect(sockets).toEqual([]);
});

const pem = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../../../../test/setup/certificates/${name}`, import.meta.url)), 'utf8');
const startSecure = async () =>
  `https://${await listen(createSecureServer({ key: pem('server.key'), cert: pem('server.pem') }, handle))}`.replace(
    '127.0.0.1',
    'localhost',
  );

test('speaks TLS with whom its authorities vouch for, and with nobody else', async () => {
  const url = await startSecure();
  expect((await poster({ ca: pem('authority.pem') }).post({ url })).json).toEqual({ by: 'provider' });
  for (const ca of [pem('other-authority.pem'), undefined]) {
    const { data } = await poster(ca === undefined ? {} : { ca }).refusal({ url });
    expect(data).toEqual({
      kind: 'unclear',
      message: expect.stringMatching(/^No secure connection .*nothing was sent/),
      isUnsent: true,
    });
  }
});

/** A proxy that notes what it is asked; with `status`, it refuses tunnels. */
async function startProxy(status = 200) {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    response.end('{"by":"proxy"}');
  });
  server.on('connect', (request, socket: Socket) => {
    asked.push(`${request.method} ${request.url} ${request.headers['proxy-authorization'] ?? ''}`.trim());
    if (status !== 200) return socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
    const { hostname, port } = new URL(`http://${request.url}`);
    const tunnel = connect(Number(port), hostname, () => {
      socket.write('HTTP/1.1 200 OK\r\n\r\n');
      tunnel.pipe(socket).pipe(tunnel);
    });
    tunnel.on('error', () => socket.destroy());
  });
  return { host: await listen(server), asked };
}

test.each(['HTTPS_PROXY', 'https_proxy'])('%s leads https through a tunnel', async (name) => {
  const [url, proxy] = [await startSecure(), await startProxy()];
  const { post } = poster({ ca: pem('authority.pem'), proxies: { [name]: `http://me:secret@${proxy.host}` } });
  for (let sends = 0; sends < 2; sends += 1) expect((await post({ url })).json).toEqual({ by: 'provider' });
  const proof = `Basic ${Buffer.from('me:secret').toString('base64')}`;
  expect(proxy.asked).toEqual([`CONNECT ${new URL(url).host} ${proof}`]);
});

test.each(['HTTP_PROXY', 'http_proxy'])('%s leads http through a proxy', async (name) => {
  const proxy = await startProxy();
  const { post } = poster({ proxies: { [name]: `http://${proxy.host}` } });
  expect((await post({ url: 'http://sms.example/send' })).json).toEqual({ by: 'proxy' });
  expect(proxy.asked).toEqual(['POST http://sms.example/send']);
});

test.each(['NO_PROXY', 'no_proxy'])('%s names hosts that no proxy leads to', async (name) => {
  const [url, proxy] = [await startSecure(), await startProxy()];
  const proxies = { HTTPS_PROXY: `http://${proxy.host}`, [name]: 'sms.example, localhost' };
  expect((await poster({ ca: pem('authority.pem'), proxies }).post({ url })).json).toEqual({ by: 'provider' });
  expect(proxy.asked).toEqual([]);
});

test.each([
  ['refuses the tunnel', async () => (await startProxy(407)).host],
  ['says nothing', () => listen(createSocketServer())],
  [
    'is not there',
    async () => {
      const host = await listen(createSocketServer());
      await closing.pop()?.();
      return host;
    },
  ],
])('nothing was sent where a proxy %s', async (_, start) => {
  const { refusal } = poster({ connectTimeoutMs: 200, proxies: { HTTPS_PROXY: `http://me:secret@${await start()}` } });
  const error = await refusal({ url: 'https://sms.example' });
  expect(error.data).toMatchObject({ kind: 'unclear', retry: true });
  expect(JSON.stringify(error) + error.stack).not.toContain('secret');
});

test.each([
  'content-length',
  'Content-Length',
  'transfer-encoding',
  'host',
  'connection',
  'keep-alive',
  'proxy-connection',
  'expect',
  'te',
  'trailer',
  'upgrade',
  'HTTP2-Settings',
])('refuses %s, which frames the request, and connects to nobody', async (name) => {
  const { url, sockets } = await startSockets((socket) => socket.write(ok()));
  const { refusal } = poster();
  expect(await refusal({ url, headers: { [name]: '2' } })).toMatchObject({
    data: { kind: 'configuration', message: expect.stringContaining(name) },
  });
  const init = { method: 'POST', body: '{}', redirect: 'manual', signal: new AbortController().signal } as const;
  await expect(createProviderFetch()(url, { ...init, headers: { [name]: '2' } })).rejects.toThrow(name);
  expect(sockets).toEqual([]);
});

test('says how many bytes a text has, not how many characters', async () => {
  const heads: string[] = [];
  const { url } = await startSockets((socket, request) => {
    heads.push(request);
    socket.write(ok());
  });
  const init = { method: 'POST', headers: {}, redirect: 'manual', signal: new AbortController().signal } as const;
  await createProviderFetch()(url, { ...init, body: '码😀' });
  expect(heads[0]?.match(/content-length: (\d+)/gi)).toEqual(['content-length: 7']);
  await createProviderFetch()(url, { ...init, body: '' });
  expect(heads[1]?.match(/content-length: (\d+)/gi)).toEqual(['content-length: 0']);
});
