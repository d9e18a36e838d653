import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, inject, test } from 'vitest';
import { onServer } from '../../../../test/setup/data-commands.ts';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import { createReadiness, type Readiness } from './readiness.ts';
import { openStore, type Store } from './store.ts';
import { isUnavailable } from './unavailable.ts';

test('a disk on which PostgreSQL can make no file is not ready, whatever room its tables have left', async () => {
  const server = `${inject('postgresUrl')}/postgres`;
  // PostgreSQL may run as another user. What ends before it has read what is copied to it breaks the pipe.
  const inShell = (command: string) => onServer(server, `copy (select 1) to program 'cat > /dev/null; ${command}'`);
  const name = `lost_${randomBytes(8).toString('hex')}`;
  // It goes with the server, at the end of the run.
  const [shown] = await onServer(server, 'show data_directory');
  const folder = join(String(shown?.data_directory), name);
  await inShell(`mkdir -m 700 ${folder}`);
  await onServer(server, `create tablespace ${name} location '${folder}'`);
  await onServer(server, `create database ${name} template template0 tablespace ${name}`);
  const store = await openStore({ databaseUrl: `${inject('postgresUrl')}/${name}` });
  let now = 1_800_000_000_000;
  const readiness = createReadiness({ store, platform: { ...platform, now: () => now } });
  await readiness.check();
  await inShell(`cd ${folder}/PG_*; rm -r pgsql_tmp; ln -s nowhere pgsql_tmp`);
  now += 5_000;
  const error = await readiness.check().catch((reason: unknown) => reason);
  expect(isUnavailable(error), String(error)).toBe(true);
  await inShell(`rm ${folder}/PG_*/pgsql_tmp`);
  now += 500;
  await readiness.check();
  await store.close();
  await onServer(server, `drop database ${name} with (force)`);
});

describe.each(databases)('readiness on %s', (database) => {
  let store: Store;
  let readiness: Readiness;
  let now: number;
  let writes: number;
  beforeEach(async () => {
    store = await newStore(database);
    [now, writes] = [1_800_000_000_000, 0];
    const db = store.db.withPlugin({
      transformQuery({ node }) {
        if (node.kind === 'InsertQueryNode') writes += 1;
        return node;
      },
      transformResult: async ({ result }) => result,
    });
    readiness = createReadiness({ store: { ...store, db }, platform: { ...platform, now: () => now } });
  });
  afterEach(() => store.close());

  const refuseWrites =
    database === 'SQLite'
      ? async () => {
          const { rows } = await sql.raw<{ page_count: number }>('pragma page_count').execute(store.db);
          await sql.raw(`pragma max_page_count = ${rows[0]?.page_count}`).execute(store.db);
        }
      : async () => {
          const { rows } = await sql<{ name: string }>`select current_database() as name`.execute(store.db);
          await sql.raw(`alter database ${rows[0]?.name} set default_transaction_read_only = on`).execute(store.db);
          // The setting holds for new connections.
          const others = sql`pid <> pg_backend_pid() and datname = current_database()`;
          await sql`select pg_terminate_backend(pid) from pg_stat_activity where ${others}`.execute(store.db);
          await sql`select pg_terminate_backend(pg_backend_pid())`.execute(store.db).catch(() => {});
        };

  test('a flood of questions writes once in five seconds, and leaves one small row', async () => {
    for (let round = 0; round < 3; round += 1) {
      await Promise.all(Array.from({ length: 200 }, () => readiness.check()));
      now += 1_000;
    }
    const once = database === 'SQLite' ? 2 : 1;
    expect(writes).toBe(once);
    now += 5_000;
    await readiness.check();
    expect(writes).toBe(2 * once);
    const left = await store.db.selectFrom('settings').select('value').where('name', 'like', 'readiness%').execute();
    expect(left).toEqual([{ value: '{}' }]);
  });

  test('is over when writes are refused, and back when they are not', async () => {
    await readiness.check();
    await refuseWrites();
    now += 5_000;
    const error = await readiness.check().catch((reason: unknown) => reason);
    expect(isUnavailable(error), String(error)).toBe(true);
    if (database === 'PostgreSQL') return;
    await sql.raw('pragma max_page_count = 1000000').execute(store.db);
    now += 500;
    await readiness.check();
  });
});
