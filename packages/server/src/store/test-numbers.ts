import type { TestNumbersTable } from './schema.ts';
import type { Store } from './store.ts';

/** All of them, by number and address. */
export const listTestNumbers = ({ db }: Store): Promise<TestNumbersTable[]> =>
  db.selectFrom('test_numbers').selectAll().orderBy('recipient').execute();

/** Makes one, or replaces all of it but the time when it was made; at most so many. @returns whether there was room */
export async function putTestNumber({ db }: Store, row: TestNumbersTable, most: number): Promise<boolean> {
  const { recipient: _, created_at: __, ...rest } = row;
  const changed = await db
    .updateTable('test_numbers')
    .set(rest)
    .where('recipient', '=', row.recipient)
    .returning('recipient')
    .execute();
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

/** @returns whether it was there */
export async function deleteTestNumber({ db }: Store, recipient: string): Promise<boolean> {
  const deleted = await db
    .deleteFrom('test_numbers')
    .where('recipient', '=', recipient)
    .returning('recipient')
    .execute();
  return deleted.length > 0;
}
