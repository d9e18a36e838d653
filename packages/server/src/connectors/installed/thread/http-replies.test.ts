import { once } from 'node:events';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { watchHttpReplies } from './http-replies.ts';

test('says how each request of a piece of work was answered, and none of another', async () => {
  const server = createServer(({ url = '' }, response) => {
    if (url === '/lost') response.destroy();
    else if (url === '/moved') response.writeHead(302, { location: '/422' }).end();
    else response.writeHead(Number(url.slice(1))).end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const urlOf = (path: string) => `http://127.0.0.1:${port}/${path}`;
  const byHttp = async (path: string) => {
    const [reply] = (await once(get(urlOf(path)), 'response')) as [IncomingMessage];
    reply.resume();
  };
  const byFetch = async (path: string) => void (await (await fetch(urlOf(path))).text());
  const replies = watchHttpReplies();
  const statusesOf = (...work: (() => Promise<void>)[]) =>
    replies.during(async () => {
      for (const ask of work) await ask().catch(() => undefined);
      return replies.statuses();
    });
  try {
    const all = await Promise.all([
      statusesOf(() => byHttp('401')),
      statusesOf(() => byFetch('403')),
      statusesOf(
        () => byHttp('503'),
        () => byFetch('200'),
      ),
      statusesOf(() => byFetch('moved')),
      statusesOf(
        () => byHttp('lost'),
        () => byFetch('lost'),
      ),
      statusesOf(),
    ]);
    expect(all).toEqual([[401], [403], [503, 200], [302, 422], [0, 0], []]);
  } finally {
    server.close();
    server.closeAllConnections();
  }
});
