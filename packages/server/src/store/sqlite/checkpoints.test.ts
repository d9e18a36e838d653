import { copyFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { newMemoryFolder } from '../../../../../test/setup/memory-folder.ts';
import { openStore } from '../store.ts';
import { type Checkpoints, createCheckpoints } from './checkpoints.ts';

const limits = { toWrite: 50, toHelp: 400, idleMs: 60_000 };
const pageBytes = 4_096;
let folder: string;
let file: string;
let writer: DatabaseSync;
let checkpoints: Checkpoints | undefined;

beforeEach(async () => {
  folder = await newMemoryFolder('sesame-log-');
  file = join(folder, 'alive.db');
  open();
  writer.exec('create table things (name text)');
});
afterEach(async () => {
  await checkpoints?.end();
  checkpoints = undefined;
  if (writer.isOpen) writer.close();
  await rm(folder, { recursive: true });
});

function open(): void {
  writer = new DatabaseSync(file);
  writer.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
}
/** One transaction that writes about so many pages. */
const add = (pages: number) =>
  writer.exec(`with recursive n (i) as (select 1 union all select i + 1 from n where i < ${pages})
    insert into things select hex(randomblob(1900)) from n`);
const count = () => writer.prepare('select count(*) as n from things').get()?.n;
const log = () => writer.prepare('PRAGMA wal_checkpoint(NOOP)').get() as { log: number; checkpointed: number };
const filePages = () => statSync(file).size / pageBytes;
const helpsFrom = () => writer.prepare('PRAGMA wal_autocheckpoint').get()?.wal_autocheckpoint;
const written = () => vi.waitFor(() => expect(log().checkpointed).toBe(log().log), 10_000);

/** The database as a crash leaves it: what was written is in the log alone. */
function crash(): void {
  const crashed = join(folder, 'crashed.db');
  for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${crashed}${end}`);
  writer.close();
  file = crashed;
  open();
}

test('whoever commits leaves the log to a thread, and the log begins anew after it', async () => {
  checkpoints = createCheckpoints(writer, file, limits);
  add(100);
  expect(log()).toMatchObject({ checkpointed: 0 });
  const before = filePages();
  checkpoints.look();
  await written();
  expect(filePages()).toBeGreaterThan(before + 90);
  add(1);
  expect(log().log).toBeLessThan(10);
  expect(count()).toBe(101);
});

test('a short log stays where it is', async () => {
  checkpoints = createCheckpoints(writer, file, limits);
  add(20);
  checkpoints.look();
  await checkpoints.end();
  expect(log()).toMatchObject({ checkpointed: 0 });
});

test('a log that is too long is written by whoever commits, whatever the thread does', () => {
  checkpoints = createCheckpoints(writer, file, limits);
  add(500);
  expect(log().checkpointed).toBe(log().log);
});

test('a thread that has ended is begun again', async () => {
  checkpoints = createCheckpoints(writer, file, { ...limits, idleMs: 1 });
  for (const times of [1, 2, 3]) {
    add(100);
    checkpoints.look();
    await written();
    expect(count()).toBe(100 * times);
  }
});

test('a large log that a crash left is written by a thread, while the writer goes on', async () => {
  add(600);
  crash();
  const before = filePages();
  checkpoints = createCheckpoints(writer, file, limits);
  expect(helpsFrom()).toBe(0);
  writer.exec(`insert into things values ('meanwhile')`);
  await vi.waitFor(() => expect(helpsFrom()).toBe(limits.toHelp), 10_000);
  expect(filePages()).toBeGreaterThan(before + 500);
  expect(count()).toBe(601);
});

test('a database may close meanwhile', async () => {
  add(600);
  crash();
  checkpoints = createCheckpoints(writer, file, limits);
  writer.close();
  await checkpoints.end();
  open();
  expect(count()).toBe(600);
});

test('where the thread cannot begin, the writer does it', async () => {
  checkpoints = createCheckpoints(writer, join(folder, 'no', 'such.db'), limits);
  add(100);
  checkpoints.look();
  await checkpoints.end();
  add(400);
  expect(log().checkpointed).toBe(log().log);
});

test('a store leaves its log to the thread, and nothing of it when it closes', async () => {
  const dataDir = join(folder, 'store');
  const store = await openStore({ dataDir });
  const name = join(dataDir, 'sesame.db');
  const fill = sql`insert into settings (name, value, updated_at)
    select 'n' || value, hex(zeroblob(1900)), 1 from json_each(${JSON.stringify(Array.from({ length: 1_500 }, (_, index) => index))})`;
  const size = () => statSync(name).size / pageBytes;
  const before = size();
  await store.atomically([fill.compile(store.db)]);
  expect(size()).toBeLessThan(before + 100);
  await store.db.insertInto('settings').values({ name: 'next', value: '', updated_at: 1 }).execute();
  await vi.waitFor(() => expect(size()).toBeGreaterThan(before + 1_000), 10_000);
  await store.close();
  expect(statSync(`${name}-wal`, { throwIfNoEntry: false })).toBeUndefined();
});
