import type { TestNumbersTable } from './schema.ts';
import type { Store } from './store.ts';

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
  const { count } = await db
    .selectFrom('test_numbers')
    .select((rows) => rows.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= most) return false;
  await db
    .insertInto('test_numbers')
    .values(row)
    .onConflict((conflict) => conflict.column('recipient').doUpdateSet(rest))
    .execute();
  return true;
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
