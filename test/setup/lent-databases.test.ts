import { sql } from 'kysely';
import { Client } from 'pg';
import { expect, test } from 'vitest';
import type { Store } from '../../packages/server/src/store/store.ts';
import type { LentStore } from './lent-databases.ts';
import { lendStore } from './stores.ts';

const row = { name: 'x', value: '{}', updated_at: 1 };
const names = ({ db }: Store) => db.selectFrom('settings').select('name').execute();

/** Whether the next test would get the same database, after this one did something with it. */
async function isLentAgain(use: (lent: LentStore) => Promise<unknown>): Promise<boolean> {
  const lent = await lendStore();
  await use(lent);
  await lent.store.close();
  const next = await lendStore();
  await next.store.close();
  return next.location.databaseUrl === lent.location.databaseUrl;
}

test('what a test has written is gone for the next one, however much it was', async () => {
  const one = await lendStore();
  await one.store.db.insertInto('settings').values(row).execute();
  const many = Array.from({ length: 500 }, (_, index) => ({ ...row, name: `${index}`, value: 'x'.repeat(1000) }));
  await one.store.db.insertInto('settings').values(many).execute();
  await one.store.close();
  const next = await lendStore();
  expect(next.location).toEqual(one.location);
  expect(await names(next.store)).toEqual([]);
  expect(await next.store.db.selectFrom('held_stamps').selectAll().execute()).toEqual([]);
  const { rows } = await sql<{ size: number }>`select pg_relation_size('settings') as size`.execute(next.store.db);
  expect(rows).toEqual([{ size: 0 }]);
  await next.store.close();
});

test('who has given a store back gets nothing more of the one who has it next', async () => {
  const { store } = await lendStore();
  const { db } = store;
  const late = store.eventually(db.insertInto('settings').values(row).compile(), ['settings']);
  await store.close();
  await late;
  const next = await lendStore();
  const query = next.store.db
    .insertInto('settings')
    .values({ ...row, name: 'y' })
    .compile();
  await expect(store.run(query)).rejects.toThrow('closed');
  await expect(store.atomically([query])).rejects.toThrow('closed');
  await expect(db.insertInto('settings').values(row).execute()).rejects.toThrow('closed');
  store.breakOff();
  expect(await names(next.store)).toEqual([]);
  await next.store.close();
});

test.each([
  'create index made on settings (value)',
  'alter table users alter column username set not null',
  'alter table settings rename column value to text',
  'drop trigger users_forgotten on users',
  'select pg_advisory_lock(1)',
])('after "%s" a database is not lent again', async (statement) => {
  expect(await isLentAgain(({ store }) => sql.raw(statement).execute(store.db))).toBe(false);
});

test('neither is one in which a transaction is open, or whose connections were broken off', async () => {
  const clients: Client[] = [];
  const begin = async ({ location }: LentStore) => {
    const client = new Client({ connectionString: location.databaseUrl }).on('error', () => {});
    clients.push(client);
    await client.connect();
    await client.query("begin; insert into settings (name, value, updated_at) values ('x', '{}', 1)");
  };
  expect(await isLentAgain(begin)).toBe(false);
  for (const client of clients) await client.end();
  expect(await isLentAgain(async ({ store }) => store.breakOff())).toBe(false);
  expect(await isLentAgain(async () => {})).toBe(true);
});
