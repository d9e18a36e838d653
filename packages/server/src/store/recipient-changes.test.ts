import { sql } from 'kysely';
import { describe, expect, test } from 'vitest';
import { databases, newStore } from '../../../../test/setup/stores.ts';
import { listRecipientChanges } from './recipient-changes.ts';

describe.each(databases)('changes of numbers and addresses on %s', (database) => {
  test.each(['phone', 'email'] as const)('of one moment are listed in their order: %s', async (of) => {
    const store = await newStore(database);
    try {
      const column = sql.ref(of);
      await sql`insert into users (id, ${column}, is_suspended, custom_data, profile, created_at, updated_at)
        values ('u1', 'change 0', 0, '{}', '{}', 1, 1)`.execute(store.db);
      for (let count = 1; count <= 12; count += 1) {
        const after = count % 3 === 0 ? null : `change ${count}`;
        await sql`update users set ${column} = ${after}, updated_at = 2 where id = 'u1'`.execute(store.db);
      }
      const listed = await listRecipientChanges(store, of, 'u1');
      expect(listed.map(({ before, after }) => `${before} → ${after}`).slice(0, 4)).toEqual([
        'change 11 → null',
        'change 10 → change 11',
        'null → change 10',
        'change 8 → null',
      ]);
      expect(listed.every(({ at }) => at === 2)).toBe(true);
      expect(listed).toHaveLength(12);
    } finally {
      await store.close();
    }
  });
});
