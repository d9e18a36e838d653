import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ProviderFetch } from '@sesame/connector-kit';
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
const tell = (url: string, stop?: AbortSignal, fetch: ProviderFetch = createProviderFetch()) =>
  ask(
    { fetch, platform: { now: () => 0 } },
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

test('one that never answers is given up, and says so', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const { url, begun } = await startReceiver(() => {});
  const told = tell(url);
  await begun;
  await vi.advanceTimersByTimeAsync(timeoutMs);
  expect(await told).toMatchObject({ status: null, error: 'There was no answer within 10 s.', response: null });
});

test.each<[string, number, RequestListener, string]>([
  ['a head alone', 200, (_, response) => response.writeHead(200).flushHeaders(), ''],
  ['the beginning of a body', 500, (_, response) => void response.writeHead(500).write('so f'), 'so f'],
])('one whose answer has no end has answered: %s with %i', async (_, status, answer, response) => {
  const fetch = createProviderFetch();
  const answered = Promise.withResolvers<void>();
  const { url } = await startReceiver(answer);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const told = tell(url, undefined, async (...asked) => {
    const reply = await fetch(...asked);
    if (!response) answered.resolve();
    return { ...reply, body: heard(reply.body ?? []) };
  });
  async function* heard(body: AsyncIterable<Uint8Array> | Uint8Array[]) {
    for await (const piece of body) {
      answered.resolve();
      yield piece;
    }
  }
  await answered.promise;
  await vi.advanceTimersByTimeAsync(timeoutMs);
  expect(await told).toMatchObject({ status, error: null, response });
});

test('one whose answer breaks off has answered', async () => {
  const { url } = await startReceiver((_, response) => {
    response.writeHead(200, { 'content-length': 10 });
    response.write('so f', () => response.destroy());
  });
  expect(await tell(url)).toMatchObject({ status: 200, error: null });
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
