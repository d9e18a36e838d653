import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { expect, inject, test } from 'vitest';
import { isUnavailable } from './unavailable.ts';

async function errorOf(run: () => unknown): Promise<unknown> {
  try {
    await run();
  } catch (error) {
    return error;
  }
  throw new Error('It should have failed.');
}

test('a full SQLite file is unavailable, a refused row is not', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sesame-'));
  const database = new DatabaseSync(join(folder, 'x.db'));
  database.exec('create table t (a text primary key); pragma max_page_count = 3; insert into t values (1)');
  const full = await errorOf(() => database.prepare('insert into t values (zeroblob(100000))').run());
  const taken = await errorOf(() => database.exec('insert into t values (1)'));
  database.close();
  rmSync(folder, { recursive: true });
  expect([isUnavailable(full), isUnavailable(taken)]).toEqual([true, false]);
});

test('a PostgreSQL that does not answer is unavailable, a wrong statement is not', async () => {
  const nobody = await errorOf(() => new Client({ connectionString: 'postgres://u:p@127.0.0.1:1/x' }).connect());
  const client = new Client({ connectionString: `${inject('postgresUrl')}/postgres` });
  await client.connect();
  const wrong = await errorOf(() => client.query('select nonsense'));
  client.on('error', () => {});
  const ended = await errorOf(() => client.query('select pg_terminate_backend(pg_backend_pid())'));
  await client.end().catch(() => {});
  expect([isUnavailable(nobody), isUnavailable(wrong), isUnavailable(ended)]).toEqual([true, false, true]);
});

test('other errors are not the database’s', () => {
  expect([isUnavailable(new TypeError('x')), isUnavailable('x'), isUnavailable(undefined)]).toEqual([
    false,
    false,
    false,
  ]);
});
