import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Kysely, sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { contentsOfPostgres, contentsOfSqlite, fillEveryTable } from '../../../../../test/setup/full-database.ts';
import { newMemoryFolder } from '../../../../../test/setup/memory-folder.ts';
import { databases, newMigratedLocation } from '../../../../../test/setup/stores.ts';
import { openStore, type Store } from '../store.ts';
import { compareTables, copyTables } from './copy-tables.ts';
import { fillPostgres } from './fill-postgres.ts';
import { postgresSide } from './postgres-side.ts';
import type { Side } from './side.ts';
import { createDatabase, definitionsOf } from './sqlite-file.ts';
import { sqliteSide } from './sqlite-side.ts';
import { tablesOf, withoutMigrations } from './tables.ts';

const silent = { begin: async () => () => {} };
const onRows = () => {};

let folder: string;
let source: DatabaseSync;
let store: Store;
let db: Kysely<unknown>;
let databaseUrl: string;
let remove: () => Promise<void>;
beforeEach(async () => {
  folder = await newMemoryFolder('sesame-copy-');
  await (await openStore({ dataDir: folder })).close();
  fillEveryTable(join(folder, 'sesame.db'), { rows: 4 });
  source = new DatabaseSync(join(folder, 'sesame.db'));
  const place = await newMigratedLocation('PostgreSQL');
  databaseUrl = 'databaseUrl' in place.location ? place.location.databaseUrl : '';
  remove = place.remove;
  store = await openStore(place.location);
  db = store.db as never;
});
afterEach(async () => {
  source.close();
  await store.close();
  await remove();
  await rm(folder, { recursive: true });
});

class TakenBack extends Error {}

/** A target of each kind, and the way to change what is in it. */
async function onTarget(
  database: (typeof databases)[number],
  work: (target: Side, change: (statement: string) => Promise<unknown>) => Promise<void>,
): Promise<void> {
  if (database === 'SQLite') {
    const file = createDatabase(join(folder, 'copy.db'), definitionsOf(source));
    await work(sqliteSide(file), async (statement) => file.exec(statement));
    file.close();
    return;
  }
  await db
    .transaction()
    .execute(async (transaction) => {
      await work(postgresSide(transaction), (statement) => sql.raw(statement).execute(transaction));
      throw new TakenBack();
    })
    .catch((error: unknown) => {
      if (!(error instanceof TakenBack)) throw error;
    });
}

describe.each(databases)('a copy in %s', (database) => {
  test('is compared to every value of every row', async () => {
    const tables = withoutMigrations(tablesOf(source));
    // What refers to other rows cannot have just any value.
    const columns = `select name, type from pragma_table_info($table) where pk = 0
      and name not in (select "from" from pragma_foreign_key_list($table))`;
    const types = (table: string) => source.prepare(columns).all({ table });
    await onTarget(database, async (target, change) => {
      const copy = { source: sqliteSide(source), target, tables, onRows };
      await copyTables(copy);
      await compareTables(copy);
      await change('savepoint whole');
      for (const table of tables) {
        const compare = () => compareTables({ ...copy, tables: [table] });
        for (const { name, type } of types(table.name)) {
          const other =
            { bigint: '7', bytea: database === 'SQLite' ? `x'07'` : `'\\x07'::bytea` }[String(type)] ?? `'7'`;
          await change(`update ${table.name} set ${name} = ${other} where ${name} = (
            select max(${name}) from ${table.name})`);
          await expect(compare(), `${table.name}.${name}`).rejects.toThrow(
            new RegExp(`^Row \\d of ${table.name} has another value of ${name} in the copy\\.$`),
          );
          await change('rollback to whole');
        }
      }
    });
  });
});

test('a row that is missing is found', async () => {
  const tables = tablesOf(source).filter(({ name }) => name === 'messages');
  await onTarget('SQLite', async (target, change) => {
    const copy = { source: sqliteSide(source), target, tables, onRows };
    await copyTables(copy);
    await change('delete from messages where rowid = 3');
    await expect(compareTables(copy)).rejects.toThrow('Row 3 of messages is not there in the copy.');
  });
});

test('PostgreSQL is filled with all or nothing, however late it is interrupted', async () => {
  const controller = new AbortController();
  const progress = {
    begin: async (phase: string) => (table: { name: string }) => {
      if (phase === 'Compared' && table.name === 'messages') controller.abort(new Error('Interrupted'));
    },
  };
  await expect(fillPostgres(db, { source, progress, signal: controller.signal })).rejects.toThrow('Interrupted');
  expect(Object.values(await contentsOfPostgres(databaseUrl)).flat()).toEqual([]);
  await fillPostgres(db, { source, progress: silent, signal: undefined });
  expect(await contentsOfPostgres(databaseUrl)).toEqual(contentsOfSqlite(join(folder, 'sesame.db')));
});

test('what triggers write of other numbers is copied as it is, and once', async () => {
  const user = '{"id":"ali","phone":"+8613800138000","others":"+8613800138001 ali@example.com"}';
  source.exec(`delete from users; delete from other_recipients; delete from phone_changes; delete from email_changes;
    insert into users (id, phone, is_suspended, custom_data, profile, created_at, updated_at, skips_second_factor)
      values ('ali', '+8613800138000', 0, '{}', '{}', 1, 2, 0);
    insert into other_recipients (id, user_id, phone, created_at) values ('one', 'ali', '+8613800138001', 2);
    insert into other_recipients (id, user_id, email, email_key, created_at)
      values ('two', 'ali', 'ali@example.com', 'ali@example.com', 2);`);
  await fillPostgres(db, { source, progress: silent, signal: undefined });
  expect(await contentsOfPostgres(databaseUrl)).toEqual(contentsOfSqlite(join(folder, 'sesame.db')));
  const { rows } = await sql<{
    row: string;
  }>`select json_build_object('id', id, 'phone', phone, 'others', others) as row
    from users`.execute(db);
  expect(rows).toEqual([{ row: JSON.parse(user) }]);
  const changes = await sql`select phone from phone_changes union all select email from email_changes`.execute(db);
  expect(changes.rows).toHaveLength(2);
});

test('the stamp of what is held in memory is one of the copy’s own', async () => {
  const stamps = (await sql<{ stamp: string }>`select stamp from held_stamps`.execute(db)).rows;
  expect(stamps).toEqual([]);
  await fillPostgres(db, { source, progress: silent, signal: undefined });
  const { rows } = await sql<{ stamp: string }>`select stamp from held_stamps`.execute(db);
  expect(rows).toEqual([{ stamp: expect.any(String) }]);
  expect(rows).not.toEqual(source.prepare('select stamp from held_stamps').all());
});

test('a row that PostgreSQL does not take is told without what is in it', async () => {
  source.exec("update messages set created_at = 'a secret' where rowid = 2");
  const filling = fillPostgres(db, { source, progress: silent, signal: undefined });
  await expect(filling).rejects.toThrow('PostgreSQL does not take a row of messages (22P02).');
  expect(Object.values(await contentsOfPostgres(databaseUrl)).flat()).toEqual([]);
});

test('a table that a later migration makes comes along, and what is numbered goes on after it', async () => {
  source.exec('create table numbered (id integer primary key autoincrement, text text, twice text as (text || text))');
  source.exec(`insert into numbered (id, text) values (3, 'three'), (8, 'eight')`);
  await sql
    .raw(`create table numbered (id bigint generated always as identity primary key, text text,
      twice text generated always as (text || text) stored)`)
    .execute(db);
  const copied = await fillPostgres(db, { source, progress: silent, signal: undefined });
  expect(copied.find(({ table }) => table.name === 'numbered')).toMatchObject({ rows: 2 });
  await sql`insert into numbered (text) values ('nine')`.execute(db);
  const { rows } = await sql`select * from numbered order by id`.execute(db);
  expect(rows).toEqual([
    { id: 3, text: 'three', twice: 'threethree' },
    { id: 8, text: 'eight', twice: 'eighteight' },
    { id: 9, text: 'nine', twice: 'ninenine' },
  ]);
});

test('tables that differ, or whose rows cannot be told apart, are not copied', async () => {
  const fill = () => fillPostgres(db, { source, progress: silent, signal: undefined });
  await sql`alter table settings add column more text`.execute(db);
  await expect(fill()).rejects.toThrow('The table settings does not have the same columns in both databases.');
  source.exec('create table loose (text text)');
  await expect(async () => fill()).rejects.toThrow('The table loose has no primary key');
});

test('every table is copied after those that it refers to', () => {
  const names = tablesOf(source).map(({ name }) => name);
  const all = source.prepare(
    `select count(*) as count from sqlite_schema where type = 'table' and name not glob 'sqlite_*' and name <> 'held_stamps'`,
  );
  expect(new Set(names).size).toBe(all.get()?.count);
  for (const name of names) {
    for (const { table } of source.prepare('select "table" from pragma_foreign_key_list(?)').all(name)) {
      expect(names.indexOf(String(table)), `${table} before ${name}`).toBeLessThan(names.indexOf(name));
    }
  }
});
