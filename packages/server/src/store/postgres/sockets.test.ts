import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Address, createSockets } from './sockets.ts';

const there = { host: 'there', port: 1 };
const elsewhere = { host: 'elsewhere', port: 2 };

/** A server that says nothing until it is told to. */
let server: Server;
let accepted: Socket[];
let isThere: boolean;
let isAwaited: boolean;
let look: () => void;
let isLooking: boolean;
let sockets: ReturnType<typeof createSockets>;
beforeEach(async () => {
  [accepted, isThere, isAwaited] = [[], false, true];
  server = createServer((socket) => {
    accepted.push(socket);
    socket.on('error', () => {}).on('data', () => isThere && socket.write('N'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const address: Address = { server: there, host: '127.0.0.1', port };
  sockets = createSockets({
    isAwaited: () => isAwaited,
    address: () => address,
    every(told) {
      [look, isLooking] = [told, true];
      return () => {
        isLooking = false;
      };
    },
  });
});
afterEach(() => {
  sockets.breakOff();
  for (const socket of accepted) socket.destroy();
  server.close();
});

/** A connection that waits for an answer. */
async function waiting(): Promise<{ socket: Socket; error: () => Error | undefined }> {
  const socket = sockets.openTo(there);
  let failure: Error | undefined;
  socket.on('error', (error) => {
    failure = error;
  });
  socket.connect((server.address() as AddressInfo).port, '127.0.0.1');
  await once(socket, 'connect');
  sockets.listen();
  return { socket, error: () => failure };
}

function lookTimes(times: number): void {
  for (let looks = 0; looks < times; looks += 1) look();
}

/** The server has been asked so often, with the connections that were made; what it answered is there. */
async function asked(times: number): Promise<void> {
  await expect.poll(() => [accepted.length, accepted.at(-1)?.bytesRead]).toEqual([times, 8]);
  if (!isThere) return;
  await expect.poll(() => accepted.at(-1)?.bytesWritten).toBe(1);
  for (let turn = 0; turn < 3; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

test('a server that answers may take its time with what it was asked', async () => {
  isThere = true;
  const { socket } = await waiting();
  for (let questions = 2; questions < 5; questions += 1) {
    lookTimes(7);
    await asked(questions);
    look();
  }
  await expect.poll(() => accepted.at(-1)?.destroyed).toBe(true);
  expect(socket.destroyed).toBe(false);
});

test('one that says nothing at all is waited for no more, until it answers', async () => {
  const { socket, error } = await waiting();
  lookTimes(7);
  await asked(2);
  expect(socket.destroyed).toBe(false);
  look();
  await expect.poll(() => error()?.message).toBe('the server has gone silent');

  const refused = sockets.openTo(there).on('error', () => {});
  const other = sockets.openTo(elsewhere).on('error', () => {});
  await expect.poll(() => refused.destroyed).toBe(true);
  expect(other.destroyed).toBe(false);

  // Nobody waits; it is asked on all the same.
  isAwaited = false;
  await asked(3);
  isThere = true;
  lookTimes(4);
  await asked(4);
  look();
  expect(isLooking).toBe(false);
  const again = sockets.openTo(there);
  await new Promise((resolve) => setImmediate(resolve));
  expect(again.destroyed).toBe(false);
});

test('while nobody waits nothing is looked at, and what was asked is left', async () => {
  await waiting();
  lookTimes(4);
  await asked(2);
  isAwaited = false;
  look();
  expect(isLooking).toBe(false);
  await expect.poll(() => accepted.at(-1)?.destroyed).toBe(true);
});
