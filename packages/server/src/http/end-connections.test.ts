import { once } from 'node:events';
import { Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { Readable } from 'node:stream';
import Fastify from 'fastify';
import { expect, test, vi } from 'vitest';
import { newConsoleServer } from '../../../../test/setup/console.ts';
import { connectionsFor, makeRoomWhenCrowded } from './crowded.ts';
import { connectionTimeouts, endConnectionsOnStop, stallMs, stopMs } from './end-connections.ts';
import { listenAt } from './listen.ts';

/** An app whose one operation answers when it is told to. */
async function startSlowApp(
  http: Partial<typeof connectionTimeouts> = {},
  sends = async () => {},
  limits = stopMs,
  places?: number,
) {
  const reached = Promise.withResolvers<void>();
  const answer = Promise.withResolvers<void>();
  // Fastify sets the last one itself, after the server was made.
  const app = Fastify({ http, ...(http.requestTimeout !== undefined && { requestTimeout: http.requestTimeout }) });
  endConnectionsOnStop(app, sends, limits);
  makeRoomWhenCrowded(app.server, places);
  app.get('/slow', async () => {
    reached.resolve();
    await answer.promise;
    return 'done';
  });
  app.post('/', async ({ body }) => body);
  const addressesOf = async () => ['127.0.0.1', '127.0.0.2', '192.0.2.1'];
  const closeDoors = await listenAt(app, { port: 0, host: 'localhost', addressesOf });
  const { port } = app.server.address() as AddressInfo;
  return { app, port, reached: reached.promise, answer: answer.resolve, closeDoors };
}

const talk = async (port: number, text: string, address = '127.0.0.1') => {
  const socket = connect(port, address).setEncoding('utf8');
  let heard = '';
  socket.on('data', (chunk: string) => {
    heard += chunk;
  });
  const closed = once(socket, 'close').then(() => heard);
  await once(socket, 'connect');
  await new Promise<void>((resolve) => socket.write(text, () => resolve()));
  return { socket, closed };
};

test('a stop lets a request be answered, and ends the connections of everybody else', async () => {
  const { app, port, reached, answer } = await startSlowApp();
  const silent = await talk(port, 'GET /slow HTTP/1.1\r\nho');
  const slow = await talk(port, 'GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
  await reached;
  const closed = app.close();
  // The silent one goes while the other one is still waiting for its answer.
  expect(await silent.closed).toBe('');
  answer();
  expect(await slow.closed).toMatch(/connection: close[\s\S]*done$/i);
  await closed;
});

test('who asked for a message that took long is answered once it is sent', async () => {
  const sent = Promise.withResolvers<void>();
  const limits = { arriving: 0, answering: 0, afterSends: 60_000 };
  const { app, port, reached, answer } = await startSlowApp({}, () => sent.promise, limits);
  const slow = await talk(port, 'GET /slow HTTP/1.1\r\nhost: x\r\n\r\n');
  await reached;
  const closed = app.close();
  sent.resolve();
  // What became of the message is told some turns of the loop later.
  setTimeout(answer, 50);
  expect(await slow.closed).toMatch(/done$/);
  await closed;
});

test('a body that is still coming in when the stop begins may come to its end', async () => {
  const { app, port } = await startSlowApp();
  const head = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n';
  const { socket, closed } = await talk(port, `${head}{"a":`);
  const begun = once(app.server, 'request').catch(() => undefined);
  await Promise.race([begun, fetch(`http://127.0.0.1:${port}/`).catch(() => undefined)]);
  const stopped = app.close();
  socket.write('1}');
  expect(await closed).toMatch(/200 OK[\s\S]*{"a":1}$/);
  await stopped;
});

test('slow clients are looked at often enough for their time-outs to hold', () => {
  const { connectionsCheckingInterval, headersTimeout, requestTimeout } = connectionTimeouts;
  expect(connectionsCheckingInterval).toBeLessThanOrEqual(1_000);
  expect(headersTimeout).toBeLessThan(requestTimeout);
});

test('a body that takes too long is ended on time, with 408', async () => {
  const { app, port } = await startSlowApp({
    headersTimeout: 50,
    requestTimeout: 100,
    connectionsCheckingInterval: 20,
  });
  const { closed } = await talk(
    port,
    'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 7\r\n\r\n{',
  );
  expect(await closed).toMatch(/^HTTP\/1.1 408 /);
  await app.close();
});

test('a client that stops reading does not keep its answer going', async () => {
  const app = Fastify({ connectionTimeout: 200 });
  const ended = Promise.withResolvers<void>();
  app.get('/endless', (_request, reply) => {
    const endless = new Readable({ read: () => void endless.push('x'.repeat(65_536)) });
    endless.once('close', ended.resolve);
    return reply.send(endless);
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
  socket.on('error', () => {}).pause();
  socket.write('GET /endless HTTP/1.1\r\nhost: x\r\n\r\n');
  await ended.promise;
  socket.destroy();
  await app.close();
});

test('the server ends connections that stall', async () => {
  const limits = vi.spyOn(Server.prototype, 'setTimeout');
  const server = await newConsoleServer('SQLite');
  await server.close();
  expect(limits.mock.calls).toEqual([[stallMs]]);
  limits.mockRestore();
});

test('at each address of `localhost` connections are bounded, and ended by a stop', async () => {
  const { app, port, reached, answer, closeDoors } = await startSlowApp({}, undefined, undefined, 2);
  const second = '127.0.0.2';
  const [silent, slow] = [
    await talk(port, '', second),
    await talk(port, 'GET /slow HTTP/1.1\r\nhost: x\r\n\r\n', second),
  ];
  await reached;
  // There is room for two: whoever comes by the first address takes that of the silent one at the second.
  const another = await talk(port, '');
  expect(await silent.closed).toBe('');
  closeDoors();
  const closed = app.close();
  expect(await another.closed).toBe('');
  expect(await once(connect(port, second), 'error')).toMatchObject([{ code: 'ECONNREFUSED' }]);
  answer();
  expect(await slow.closed).toMatch(/connection: close[\s\S]*done$/i);
  await closed;
});

test('whoever is silent makes room for those who come, and whoever is being answered keeps the place', async () => {
  const { app, port, reached, answer } = await startSlowApp({}, undefined, undefined, 3);
  const slow = await talk(port, 'GET /slow HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n');
  await reached;
  const silent = await talk(port, '');
  const head = 'POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 4\r\n';
  const halfSent = await talk(port, `${head}expect: 100-continue\r\n\r\n`);
  await once(halfSent.socket, 'data');
  const send = () => talk(port, `${head}connection: close\r\n\r\n"hi"`);
  expect(await (await send()).closed).toMatch(/200 OK/);
  expect(await silent.closed).toBe('');
  const [another, last] = [await talk(port, ''), await send()];
  expect(await last.closed).toMatch(/200 OK/);
  expect(await halfSent.closed).toBe('HTTP/1.1 100 Continue\r\n\r\n');
  answer();
  another.socket.destroy();
  expect(await slow.closed).toMatch(/done$/);
  await app.close();
});

test('half of the files that a process may open are for connections', () => {
  const limits = (files: string) =>
    `Limit   Soft Limit  Hard Limit  Units\nMax open files   ${files}   ${files}   files\n`;
  expect(['200', '1024', '1048576', 'unlimited', '1'].map((files) => connectionsFor(limits(files)))).toEqual([
    100, 512, 10_000, 10_000, 1,
  ]);
  expect(connectionsFor('')).toBe(10_000);
});
