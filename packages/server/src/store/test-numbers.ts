import { sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import type { TestNumbersTable } from './tables/codes.ts';

/** All of them, by number and address. */
export const listTestNumbers = ({ db }: Store): Promise<TestNumbersTable[]> =>
  db.selectFrom('test_numbers').selectAll().orderBy('recipient').execute();

/**
 * Makes one, or replaces all of it but the time when it was made; at most so many. What was asked for with the code of
 * before is void. @returns whether there was room
 */
export async function putTestNumber(store: Store, row: TestNumbersTable, most: number): Promise<boolean> {
  const { recipient, created_at: _, ...rest } = row;
  const { db } = store;
  const [changed] = await store.atomically(
    [
      db.updateTable('test_numbers').set(rest).where('recipient', '=', recipient).returning('recipient').compile(),
      voidCodes(store, recipient),
    ],
    [recipient],
  );
  if (changed.length > 0) return true;
  const { code, note, expires_at, created_at, updated_at } = row;
  const made = sql`insert into test_numbers (recipient, code, note, expires_at, created_at, updated_at)
    select ${text(recipient)}, ${text(code)}, ${text(note)}, ${whole(expires_at)}, ${whole(created_at)}, ${whole(updated_at)}
    where (select count(*) from test_numbers) < ${whole(most)}
    on conflict (recipient) do update set code = excluded.code, note = excluded.note, expires_at = excluded.expires_at,
      updated_at = excluded.updated_at
    returning recipient`.compile(db);
  // Two at once would both see room.
  const [rows] = await store.atomically([made], ['test_numbers']);
  return rows.length > 0;
}

/** Makes an ordinary one of it; what was asked for with its code is void. @returns whether it was there */
export async function deleteTestNumber(store: Store, recipient: string): Promise<boolean> {
  const [deleted] = await store.atomically(
    [
      store.db.deleteFrom('test_numbers').where('recipient', '=', recipient).returning('recipient').compile(),
      voidCodes(store, recipient),
    ],
    [recipient],
  );
  return deleted.length > 0;
}

const voidCodes = ({ db }: Store, recipient: string) =>
  db.deleteFrom('verification_codes').where('recipient', '=', recipient).compile();
