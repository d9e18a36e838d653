import { copyFileSync, statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { newMemoryFolder } from '../../../../../test/setup/memory-folder.ts';
import { writeLargeLog } from './large-log.ts';

let folder: string;
let file: string;
let writer: DatabaseSync;

/** A database as a crash leaves it: what was written is in the log alone. */
beforeEach(async () => {
  folder = await newMemoryFolder('sesame-log-');
  const [alive, crashed] = [join(folder, 'alive.db'), join(folder, 'crashed.db')];
  const database = new DatabaseSync(alive);
  database.exec('PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; create table things (name text)');
  database.exec(`with recursive n (i) as (select 1 union all select i + 1 from n where i < 200)
    insert into things select hex(randomblob(500)) from n`);
  for (const end of ['', '-wal']) copyFileSync(`${alive}${end}`, `${crashed}${end}`);
  database.close();
  file = crashed;
  writer = new DatabaseSync(file);
  writer.exec('PRAGMA journal_mode = WAL');
});
afterEach(async () => {
  if (writer.isOpen) writer.close();
  await rm(folder, { recursive: true });
});

const size = () => statSync(file).size;
const pages = () => writer.prepare('PRAGMA wal_autocheckpoint').get()?.wal_autocheckpoint;
const things = () => writer.prepare('select count(*) as n from things').get()?.n;

test('a thread writes a large log into the file, while the writer goes on', async () => {
  const before = size();
  const written = writeLargeLog(writer, file, 10_000);
  expect(pages()).toBe(0);
  writer.exec(`insert into things values ('meanwhile')`);
  expect(size()).toBe(before);
  await written;
  expect(size()).toBeGreaterThan(before + 100_000);
  expect(pages()).toBe(1_000);
  expect(things()).toBe(201);
});

test('a log of the usual size is left to the writer', async () => {
  const before = size();
  await writeLargeLog(writer, file, 10_000_000);
  expect([size(), pages()]).toEqual([before, 1_000]);
});

test('a store may close meanwhile', async () => {
  const written = writeLargeLog(writer, file, 10_000);
  writer.close();
  await written;
  writer = new DatabaseSync(file);
  expect(things()).toBe(200);
});
