import { join } from 'node:path';
import { parsePhone } from '@sesame/connector-kit';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fill } from '../../bench/fill/fill.ts';
import { amountsFor } from '../../bench/fill/rows.ts';
import type { Opened } from '../../bench/servers/bare.ts';
import { openPostgres } from '../../bench/servers/bare-postgres.ts';
import { openSqlite } from '../../bench/servers/bare-sqlite.ts';
import { beginSend, check, settle } from '../../bench/servers/bare-statements.ts';
import { openStore, type Store, type StoreLocation } from '../../packages/server/src/store/store.ts';
import { databases, newStoreLocation } from '../setup/stores.ts';

describe.each(databases)('the benchmark on %s', (database) => {
  let place: Awaited<ReturnType<typeof newStoreLocation>>;
  let store: Store | undefined;
  beforeEach(async () => {
    place = await newStoreLocation(database);
  });
  afterEach(async () => {
    await store?.close();
    await place.remove();
  });

  const open = (location: StoreLocation): Opened | Promise<Opened> =>
    'dataDir' in location ? openSqlite(join(location.dataDir, 'sesame.db')) : openPostgres(location.databaseUrl);

  test('the bare route writes rows that are as Sesame’s', async () => {
    store = await openStore(place.location);
    const { ways, close } = await open(place.location);
    const body = { phone: '+8613800138000', code: '123456' };
    for (const [path, commit] of Object.entries(ways)) {
      const id = `message ${path}`;
      await Promise.all([
        commit((execute) => beginSend(execute, id, body)),
        commit((execute) => settle(execute, id)),
        commit((execute) => check(execute, `check ${path}`, { ...body, code: '000000' })),
        commit((execute) => check(execute, `check ${path}`, body)),
      ]);
      const message = await store.db.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst();
      expect(message).toMatchObject({ state: 'accepted', verified_at: expect.any(Number) });
      await store.db.deleteFrom('verification_codes').execute();
    }
    await close();
    // As where nobody has typed in a wrong code.
    expect(await store.db.selectFrom('verification_failures').selectAll().execute()).toEqual([]);
  });

  test('databases are filled with what could be there', async () => {
    const amounts = amountsFor(1_000);
    await fill(place.location, amounts);
    store = await openStore(place.location);
    const messages = await store.db.selectFrom('messages').selectAll().orderBy('id').execute();
    const users = await store.db.selectFrom('users').select(['phone', 'name_key']).execute();
    expect([messages.length, users.length]).toEqual([amounts.messages, amounts.users]);
    const phones = new Set(users.map(({ phone }) => phone));
    expect(messages.filter(({ recipient }) => !phones.has(recipient))).toEqual([]);
    expect(messages.filter(({ recipient, country }) => parsePhone(recipient)?.country !== country)).toEqual([]);
    // In the order of time; some have had theirs.
    expect(messages.map(({ created_at }) => created_at)).toEqual(
      messages.map(({ created_at }) => created_at).toSorted((one, other) => one - other),
    );
    expect(new Set(messages.map(({ state }) => state)).size).toBe(5);
    expect(Buffer.from(users[0]?.name_key ?? []).toString()).toMatch(/^[a-z]+ [a-z]+$/);
    const indexes = await indexCount(store);
    expect(indexes).toBe(await freshIndexCount());
  });

  async function freshIndexCount(): Promise<number> {
    const fresh = await newStoreLocation(database);
    const other = await openStore(fresh.location);
    const count = await indexCount(other);
    await other.close();
    await fresh.remove();
    return count;
  }

  async function indexCount({ db }: Store): Promise<number> {
    const tables = await db.introspection.getTables();
    expect(tables.length).toBeGreaterThan(10);
    const { rows } = await (database === 'SQLite'
      ? sql`select name from sqlite_master where type = 'index'`
      : sql`select indexname from pg_indexes where schemaname = current_schema()`
    ).execute(db);
    return rows.length;
  }
});
