import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import { createProviderFetch } from '../network/provider-fetch.ts';
import { ask, timeoutMs } from './request.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  vi.useRealTimers();
  for (const close of closing.splice(0)) await close();
});

/** A receiver that answers as it likes. @returns its address, and the paths that were asked for */
async function startReceiver(answer: RequestListener) {
  const asked: string[] = [];
  const begun = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    begun.resolve();
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closing.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked, begun: begun.promise };
}
const tell = (url: string, stop?: AbortSignal) =>
  ask(
    { fetch: createProviderFetch(), platform: { now: () => 0 } },
    { config: { url }, signingKey: 'key', body: '{}', eventId: 'event' },
    stop,
  );

test.each([301, 302, 303, 307, 308])(
  'a redirect with %i is an answer like any other, and is not followed',
  async (status) => {
    const { url, asked } = await startReceiver((_, response) =>
      response.writeHead(status, { location: `${url}/elsewhere` }).end('moved'),
    );
    expect(await tell(url)).toMatchObject({ status, error: null, response: 'moved' });
    expect(asked).toEqual(['/']);
  },
);

test.each<[string, RequestListener]>([
  ['never', () => {}],
  ['with a head alone', (_, response) => response.writeHead(200).flushHeaders()],
  ['with the beginning of a body', (_, response) => void response.writeHead(200).write('so f')],
])('one that answers %s is given up, and says so', async (_, answer) => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { url, begun } = await startReceiver(answer);
  const told = tell(url);
  await begun;
  await vi.advanceTimersByTimeAsync(timeoutMs);
  expect(await told).toMatchObject({ status: null, error: 'There was no answer within 10 s.', response: null });
});

test('one that answers slowly is heard', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const slow = Promise.withResolvers<void>();
  const { url, begun } = await startReceiver(async (_, response) => {
    await slow.promise;
    response.writeHead(204).end();
  });
  const told = tell(url);
  await begun;
  await vi.advanceTimersByTimeAsync(timeoutMs - 1);
  slow.resolve();
  expect(await told).toMatchObject({ status: 204, error: null });
});

test('of an answer without an end no more than its beginning is read', async () => {
  const { url } = await startReceiver((_, response) => {
    const more = () => response.write('x'.repeat(16 * 1024), (error) => error ?? more());
    more();
  });
  expect(await tell(url)).toMatchObject({ status: 200, error: null, response: 'x'.repeat(2_000) });
});
