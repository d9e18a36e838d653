import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { createConnectorThread, defaultLimits } from '../connector-thread.ts';

const module = `
import { get } from 'node:http';
const byHttp = (url) => new Promise((resolve, reject) =>
  get(url, async (reply) => resolve(String((await reply.toArray())[0]))).on('error', reject));
export default async () => ({
  sendMessage: async () => ({
    text: [await (await fetch('http://sms.example/fetch')).text(), await byHttp('http://sms.example/http')].join(' '),
  }),
});`;

test('connectors in threads go through the proxy of the environment', async () => {
  const proxy = createServer((request, response) => response.end(`proxied:${request.method}:${request.url}`));
  // `fetch` asks for a tunnel for http, too.
  const behind = createServer((request, response) => response.end(`tunnelled:${request.method}:${request.url}`));
  proxy.on('connect', (_, socket) => {
    socket.write('HTTP/1.1 200 OK\r\n\r\n');
    behind.emit('connection', socket);
  });
  await once(proxy.listen(0, '127.0.0.1'), 'listening');
  const folder = await mkdtemp(join(tmpdir(), 'sesame-proxy-'));
  const entry = join(folder, 'index.mjs');
  await writeFile(entry, module);
  vi.stubEnv('http_proxy', `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`);
  const thread = createConnectorThread(
    { entry },
    { ...defaultLimits, load: 120_000, send: 120_000, deaf: 120_000 },
    {},
  );
  try {
    const { text } = JSON.parse(await thread.call('send', { data: {}, config: {} }));
    expect(text).toBe('tunnelled:GET:/fetch proxied:GET:http://sms.example/http');
  } finally {
    vi.unstubAllEnvs();
    await thread.end();
    proxy.close();
    proxy.closeAllConnections();
    behind.closeAllConnections();
    await rm(folder, { recursive: true });
  }
});
