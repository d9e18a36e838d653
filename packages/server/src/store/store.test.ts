import { readdir } from 'node:fs/promises';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { databases, newStore, newStoreLocation } from '../../../../test/setup/stores.ts';
import { up as countersUp } from './migrations/0005-counters.ts';
import { up as migrateToRoles } from './migrations/0008-roles-and-two-steps.ts';
import { migrationNames } from './migrations/index.ts';
import { isUnmet, requirement } from './requirement.ts';
import { openStore, type Store } from './store.ts';

describe.each(databases)('store on %s', (database) => {
  let store: Store;
  beforeEach(async () => {
    store = await newStore(database);
  });
  afterEach(() => store.close());

  const setting = (name: string) => store.db.insertInto('settings').values({ name, value: '{}', updated_at: 1 });
  const names = async () =>
    (await store.db.selectFrom('settings').select('name').orderBy('name').execute()).map((row) => row.name);

  test('reads back what was written, times as numbers', async () => {
    await store.db.insertInto('settings').values({ name: 'a', value: '{}', updated_at: 1_800_000_000_000 }).execute();
    expect(await store.db.selectFrom('settings').selectAll().execute()).toEqual([
      { name: 'a', value: '{}', updated_at: 1_800_000_000_000 },
    ]);
  });

  test('atomically gives the rows of each statement', async () => {
    const [inserted, updated] = await store.atomically([
      setting('a').returning('name').compile(),
      store.db.updateTable('settings').set({ updated_at: 2 }).where('name', '=', 'a').returning('updated_at').compile(),
    ]);
    expect(inserted).toEqual([{ name: 'a' }]);
    expect(updated).toEqual([{ updated_at: 2 }]);
  });

  test('atomically keeps nothing of a unit that fails, and leaves its neighbours alone', async () => {
    const outcomes = await Promise.allSettled([
      store.atomically([setting('before').compile()]),
      store.atomically([setting('half').compile(), setting('half').compile()]),
      store.atomically([setting('after').compile()]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(await names()).toEqual(['after', 'before']);
  });

  test('a single statement that fails leaves its neighbours alone', async () => {
    const outcomes = await Promise.allSettled([setting('a').execute(), setting('a').execute(), setting('b').execute()]);
    expect(outcomes.filter(({ status }) => status === 'rejected')).toHaveLength(1);
    expect(await names()).toEqual(['a', 'b']);
  });

  test('a read of its own sees what is committed, and nothing of a transaction that is under way', async () => {
    const read = () => store.run(store.db.selectFrom('settings').select('name').compile());
    await store.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('settings').values({ name: 'x', value: '{}', updated_at: 1 }).execute();
      expect(await read()).toEqual([]);
    });
    expect(await read()).toEqual([{ name: 'x' }]);
  });

  test('a transaction over several turns is rolled back whole, and others wait for it', async () => {
    const failing = store.db.transaction().execute(async (transaction) => {
      await transaction.insertInto('settings').values({ name: 'x', value: '{}', updated_at: 1 }).execute();
      await new Promise((resolve) => setImmediate(resolve));
      throw new Error('stop');
    });
    const other = setting('y').execute();
    await expect(failing).rejects.toThrow('stop');
    await other;
    expect(await names()).toEqual(['y']);
  });

  test('a requirement that does not hold undoes its transaction, and leaves its neighbours alone', async () => {
    const isThere = (name: string) => requirement(store, sql`exists (select 1 from settings where name = ${name})`);
    const outcomes = await Promise.allSettled([
      store.atomically([setting('before').compile(), isThere('before')]),
      store.atomically([setting('half').compile(), isThere('other'), setting('rest').compile()]),
      store.atomically([setting('after').compile()]),
    ]);
    expect(outcomes.map((outcome) => (outcome.status === 'rejected' ? isUnmet(outcome.reason) : undefined))).toEqual([
      undefined,
      true,
      undefined,
    ]);
    expect(await names()).toEqual(['after', 'before']);
    const twice = store.atomically([setting('before').compile()]);
    await expect(twice).rejects.toSatisfy((error: unknown) => !isUnmet(error));
  });

  test('reads nothing more once it is broken off, so that nobody waits for what takes long', async () => {
    const read = () => store.reader.selectFrom('settings').select('name').execute();
    expect(await read()).toEqual([]);
    store.breakOff();
    await expect(read()).rejects.toThrow();
  });

  test('answers ping', async () => {
    await expect(store.ping()).resolves.toBeUndefined();
  });

  test('an only row stays the only one under concurrent increments', async () => {
    await setting('counter').execute();
    const increment = store.db
      .updateTable('settings')
      .set({ updated_at: sql`updated_at + 1` })
      .where('name', '=', 'counter');
    await Promise.all(Array.from({ length: 300 }, () => increment.execute()));
    const row = await store.db.selectFrom('settings').select('updated_at').executeTakeFirstOrThrow();
    expect(row.updated_at).toBe(301);
  });
});

describe.each(databases)('migrations on %s', (database) => {
  test('several starts at once bring the tables up to date once', async () => {
    const { location, remove } = await newStoreLocation(database);
    const stores = await Promise.all(Array.from({ length: 4 }, () => openStore(location)));
    const folder = await readdir(new URL('./migrations/', import.meta.url));
    const files = folder
      .filter((name) => /^\d/.test(name))
      .map((name) => name.slice(0, -'.ts'.length))
      .sort();
    for (const { db } of stores) {
      const ran = await sql<{ name: string }>`select name from kysely_migration`.execute(db);
      expect(ran.rows.map(({ name }) => name)).toEqual(files);
    }
    await Promise.all(stores.map((store) => store.close()));
    await remove();
  });

  test('one that a later version has run ends the start, and one that is missing runs', async () => {
    const { location, remove } = await newStoreLocation(database);
    const store = await openStore(location);
    const [last = ''] = migrationNames.slice(-1);
    await sql`delete from kysely_migration where name = ${last}`.execute(store.db);
    const begun: string[] = [];
    await (await openStore(location, ({ name }) => void begun.push(name)).catch(() => undefined))?.close();
    expect(begun).toEqual([last]);
    await sql`insert into kysely_migration values ('9999-later', '')`.execute(store.db);
    await expect(openStore(location)).rejects.toThrow('9999-later');
    await store.close();
    await remove();
  });

  test('one that landed after others with higher numbers runs, and nothing else', async () => {
    const { location, remove } = await newStoreLocation(database);
    const store = await openStore(location);
    await sql`drop table follow_ups`.execute(store.db);
    await sql`delete from kysely_migration where name = '0091-follow-ups'`.execute(store.db);
    await store.close();
    const begun: string[] = [];
    const again = await openStore(location, ({ name }) => void begun.push(name));
    expect(begun).toEqual(['0091-follow-ups']);
    expect(await again.db.selectFrom('follow_ups').selectAll().execute()).toEqual([]);
    await again.close();
    await remove();
  });

  test('wrong codes from before are those of strangers', async () => {
    const store = await newStore(database);
    for (const statement of [
      'drop table verification_failures',
      `create table verification_failures (
        recipient text primary key, failures bigint not null, blocked_until bigint not null, last_check_id text not null,
        updated_at bigint not null)`,
      `insert into verification_failures values ('+8613800138000', 30, 5, 'check', 7)`,
    ]) {
      await sql.raw(statement).execute(store.db);
    }
    await countersUp(store.db as unknown as Kysely<unknown>);
    const common = { recipient: '+8613800138000', failures: 30, last_check_id: 'check', updated_at: 7 };
    expect(await store.db.selectFrom('verification_failures').selectAll().orderBy('counter').execute()).toEqual([
      { ...common, counter: 'all', blocked_until: 0 },
      { ...common, counter: 'strangers', blocked_until: 5 },
    ]);
    await store.close();
  });

  test('who administered the server before there were roles is an owner', async () => {
    const store = await newStore(database);
    for (const statement of [
      `drop table administrator_authenticators`,
      `drop table administrator_recovery_codes`,
      `alter table administrators drop column role`,
      `alter table administrators drop column two_step_declined_at`,
      `alter table audit_log drop column times`,
      `insert into administrators (id, username, password_digest, created_at, updated_at) values ('1', 'ali', '', 1, 1)`,
      `insert into audit_log values ('1', 1, 'administrator', '1', 'ali', 'administrator.sign-in', 'administrator', null, '{}')`,
    ]) {
      await sql.raw(statement).execute(store.db);
    }
    await migrateToRoles(store.db as unknown as Kysely<unknown>);
    const administrators = await store.db.selectFrom('administrators').selectAll().execute();
    expect(administrators).toMatchObject([{ id: '1', role: 'owner', two_step_declined_at: null }]);
    expect(await store.db.selectFrom('audit_log').select('times').execute()).toEqual([{ times: 1 }]);
    await store.close();
  });
});
