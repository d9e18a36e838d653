import type { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { piecesOf } from './pieces.ts';

/** As much of an answer as its pieces are made of. */
function newAnswer() {
  const stream = new Readable({ read() {} });
  return { stream, pieces: piecesOf(stream as IncomingMessage)[Symbol.asyncIterator]() };
}

test('come in order, before and after somebody waits for them, and have an end', async () => {
  const { stream, pieces } = newAnswer();
  stream.push('a');
  expect(String((await pieces.next()).value)).toBe('a');
  const awaited = pieces.next();
  stream.push('b');
  expect(String((await awaited).value)).toBe('b');
  const after = pieces.next();
  stream.push(null);
  expect(await after).toEqual({ value: undefined, done: true });
});

test('that came before the answer broke off are there, and then the reason', async () => {
  const { stream, pieces } = newAnswer();
  const broken = new Error('broken');
  const first = pieces.next();
  stream.push('a');
  expect(String((await first).value)).toBe('a');
  const next = pieces.next();
  stream.destroy(broken);
  await expect(next).rejects.toBe(broken);
});

test('of an answer that broke off before anybody asked are none', async () => {
  const stream = new Readable({ read() {} });
  stream.destroy();
  await new Promise((resolve) => stream.once('close', resolve));
  const pieces = piecesOf(stream as IncomingMessage)[Symbol.asyncIterator]();
  await expect(pieces.next()).rejects.toMatchObject({ code: 'ERR_STREAM_PREMATURE_CLOSE' });
});

test('that nobody wants any more end the connection', async () => {
  const { stream, pieces } = newAnswer();
  stream.push('a');
  await pieces.next();
  await pieces.return?.();
  expect(stream.destroyed).toBe(true);
});
