import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../../test/setup/stores.ts';
import { readSetting } from '../settings.ts';
import { up } from './0117-notices.ts';

const off = { accountNotices: { email: false, sms: false } };

describe.each(databases)('notices to owners after an upgrade on %s', (database) => {
  test.each([
    ['of nobody are left as they are by default', false, undefined, undefined],
    ['of somebody who has set nothing are off', true, undefined, off],
    ['are off beside what else was set', true, { signInMode: 'SignIn' }, { signInMode: 'SignIn', ...off }],
  ])('%s', async (_, isUsed, before, after) => {
    const store = await newStore(database);
    try {
      const { db } = store;
      await sql`drop table notices`.execute(db);
      if (isUsed) {
        const unused = { config: '', metadata: '{}', is_configured: 1, created_at: 1, updated_at: 1 };
        await db
          .insertInto('connectors')
          .values({ id: 'c1', type: 'Sms', factory_id: 'any', ...unused })
          .execute();
      }
      const value = JSON.stringify(before);
      if (before)
        await db.insertInto('settings').values({ name: 'sign-in-experience', value, updated_at: 1 }).execute();
      await up(db as never);
      expect(await readSetting(store, 'sign-in-experience')).toEqual(after);
      expect(await db.selectFrom('notices').selectAll().execute()).toEqual([]);
    } finally {
      await store.close();
    }
  });
});
