import { EventEmitter } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Worker } from 'node:worker_threads';
import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import { newMemoryFolder } from '../../../../../test/setup/memory-folder.ts';
import { createReader, defaultReaderLimits, isThreadLeft, type Reader, type ReaderLimits } from './reader.ts';

let folder: string;
let file: string;
let writer: DatabaseSync;
const readers: Reader[] = [];
/** On a busy machine a statement takes as long as it likes, where no test is about that. */
const patient = { ...defaultReaderLimits, statementMs: 110_000 };

beforeEach(async () => {
  folder = await newMemoryFolder('sesame-reader-');
  file = join(folder, 'sesame.db');
  writer = new DatabaseSync(file);
  writer.exec(`PRAGMA journal_mode = WAL; create table things (name text); insert into things values ('ÄA')`);
});
afterEach(async () => {
  await Promise.all(readers.splice(0).map((reader) => reader.end()));
  writer.close();
  await rm(folder, { recursive: true });
});

function newReader(limits: Partial<ReaderLimits> = {}): Reader {
  const reader = createReader(file, Object.assign(limits, { ...patient, ...limits }));
  readers.push(reader);
  return reader;
}
const count = { sql: 'select count(*) as things from things where name like ?', parameters: ['%A'] };
/** Takes a while, but ends. */
const slow = {
  sql: 'with recursive n (i) as (select 1 union all select i + 1 from n where i < 1000000) select max(i) as i from n',
  parameters: [],
};

test('reads what was written before, with the functions and the LIKE of PostgreSQL', async () => {
  const reader = newReader();
  expect(await reader.run(count)).toEqual([{ things: 1 }]);
  writer.exec(`insert into things values ('bA'), ('ba')`);
  expect(await reader.run(count)).toEqual([{ things: 2 }]);
  expect(await reader.run({ sql: `select lower('ÄÖ') as low`, parameters: [] })).toEqual([{ low: 'äö' }]);
});

test('the process goes on while a statement runs', async () => {
  const order: string[] = [];
  const reading = newReader()
    .run(slow)
    .then(() => order.push('read'));
  await new Promise((resolve) => setImmediate(resolve));
  writer.exec(`insert into things values ('meanwhile')`);
  order.push('written');
  await reading;
  expect(order).toEqual(['written', 'read']);
});

test('an error is told with its code, and the next statement runs', async () => {
  const reader = newReader();
  const [refused, read] = await Promise.allSettled([
    reader.run({ sql: 'delete from things', parameters: [] }),
    reader.run(count),
  ]);
  expect(refused).toMatchObject({ status: 'rejected', reason: { errcode: 8 } });
  expect(read).toMatchObject({ status: 'fulfilled', value: [{ things: 1 }] });
});

test('what takes too long is given up, and the next statement gets a new thread', async () => {
  const limits = { statementMs: 1 };
  const reader = newReader(limits);
  const given = expect(reader.run(slow)).rejects.toMatchObject({ code: 'request.too_broad' });
  const next = reader.run(count);
  await given;
  limits.statementMs = patient.statementMs;
  expect(await next).toEqual([{ things: 1 }]);
});

test('no more wait than may', async () => {
  const reader = newReader({ waiting: 2 });
  const outcomes = await Promise.allSettled([1, 2, 3, 4].map(() => reader.run(count)));
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'fulfilled', 'rejected']);
  expect(outcomes[3]).toMatchObject({ reason: { code: 'system.too_many_reads', data: { retryAfterSeconds: 5 } } });
  expect(await reader.run(count)).toEqual([{ things: 1 }]);
});

test('ends when nothing is asked of it, and comes back', async () => {
  const reader = newReader({ idleMs: 0 });
  for (let turn = 0; turn < 3; turn += 1) {
    expect(await reader.run(count)).toEqual([{ things: 1 }]);
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
});

/** A thread that does nothing. */
const newStuckThread = () =>
  Object.assign(new EventEmitter(), {
    postMessage() {},
    ref() {},
    unref() {},
    terminate: () => new Promise<number>(() => {}),
  });

test('how long a thread takes to start counts for no statement', async () => {
  vi.useFakeTimers();
  onTestFinished(() => void vi.useRealTimers());
  const stuck = newStuckThread();
  const reader = createReader(file, defaultReaderLimits, () => stuck as unknown as Worker);
  const outcomes: unknown[] = [];
  const reading = reader.run(count).catch(({ code }) => outcomes.push(code));
  await vi.advanceTimersByTimeAsync(60_000);
  expect(outcomes).toEqual([]);
  stuck.emit('message', { listens: true });
  await vi.advanceTimersByTimeAsync(defaultReaderLimits.statementMs);
  await reading;
  expect(outcomes).toEqual(['request.too_broad']);
  stuck.emit('exit');
});

test('a stop does not wait for a statement that nothing interrupts', async () => {
  const stuck = newStuckThread();
  const reader = createReader(file, { ...defaultReaderLimits, endMs: 0 }, () => stuck as unknown as Worker);
  const reading = expect(reader.run(slow)).rejects.toThrow('The store is closed.');
  await reader.end();
  await reading;
  expect(isThreadLeft()).toBe(true);
  stuck.emit('exit');
  expect(isThreadLeft()).toBe(false);
});

test('a stop ends what runs and what waits, and nothing begins any more', async () => {
  const reader = newReader();
  const reads = Promise.allSettled([reader.run(slow), reader.run(count)]);
  await reader.end();
  expect((await reads).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  await expect(reader.run(count)).rejects.toThrow('The store is closed.');
});
