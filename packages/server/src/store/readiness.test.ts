import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { platform } from '../platform.ts';
import { createReadiness, type Readiness } from './readiness.ts';
import type { Store } from './store.ts';
import { isUnavailable } from './unavailable.ts';

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
    expect(writes).toBe(2);
    now += 5_000;
    await readiness.check();
    expect(writes).toBe(4);
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
