import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../../test/setup/stores.ts';
import { readSetting } from '../settings.ts';
import { up } from './0079-guard-in-memory.ts';

describe.each(databases)('the guard after an upgrade on %s', (database) => {
  test.each([
    ['of nobody leaves it on', undefined, undefined],
    ['of somebody who has set nothing records', {}, { fraudPolicy: { mode: 'record' } }],
    [
      'keeps what else was set',
      { signInMode: 'SignIn', fraudPolicy: { mode: 'off', never: { prefixes: ['+1900'], networks: [] } } },
      { signInMode: 'SignIn', fraudPolicy: { mode: 'record', never: { prefixes: ['+1900'], networks: [] } } },
    ],
    ['keeps it on', { fraudPolicy: { mode: 'enforce' } }, { fraudPolicy: { mode: 'enforce' } }],
  ])('%s', async (_, before, after) => {
    const store = await newStore(database);
    try {
      const { db } = store;
      // As 0069 made it.
      await sql`drop table guard_budgets`.execute(db);
      await sql`create table guard_budgets (
        scope text primary key, level bigint not null, max_level bigint not null, leak_ms bigint not null,
        sent bigint not null, verified bigint not null, recent bigint not null, passed bigint not null,
        failed bigint not null, closures bigint not null, closed_until bigint not null, verified_at bigint,
        last_send_id text, updated_at bigint not null)`.execute(db);
      await sql`create index guard_budgets_by_age on guard_budgets (updated_at)`.execute(db);
      await sql`insert into guard_budgets values ('number:+4915112345678', 1500, 3000, 3600000, 2000, 1000, 0, 0, 0, 0, 0,
        1800000000000, null, 1800000000000)`.execute(db);
      if (before) {
        const unused = { config: '', metadata: '{}', is_configured: 1, created_at: 1, updated_at: 1 };
        await db
          .insertInto('connectors')
          .values({ id: 'c1', type: 'Sms', factory_id: 'any', ...unused })
          .execute();
        const value = JSON.stringify(before);
        await db.insertInto('settings').values({ name: 'sign-in-experience', value, updated_at: 1 }).execute();
      }
      await up(db as never);
      expect(await readSetting(store, 'sign-in-experience')).toEqual(after);
      const [budget] = await db.selectFrom('guard_budgets').selectAll().execute();
      expect(budget).toMatchObject({ level: 1_500_000, sent: 2_000_000, verified: 1_000_000, elsewhere: 0 });
    } finally {
      await store.close();
    }
  });
});
