import type { SuppressionsTable } from './schema.ts';
import type { Store } from './store.ts';

/** Keeps an address from further mail; what was said first stays. */
export async function addSuppression({ db }: Store, suppression: SuppressionsTable): Promise<void> {
  await db
    .insertInto('suppressions')
    .values(suppression)
    .onConflict((conflict) => conflict.column('recipient').doNothing())
    .execute();
}

/** What keeps an address (in lower case) from mail. */
export const findSuppression = ({ db }: Store, recipient: string): Promise<SuppressionsTable | undefined> =>
  db.selectFrom('suppressions').selectAll().where('recipient', '=', recipient).executeTakeFirst();

/** The newest ones. */
export const listSuppressions = ({ reader }: Store, limit: number): Promise<SuppressionsTable[]> =>
  reader.selectFrom('suppressions').selectAll().orderBy('created_at', 'desc').limit(limit).execute();

/** Lets mail go there again. @returns whether anything kept it */
export async function deleteSuppression({ db }: Store, recipient: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('suppressions')
    .where('recipient', '=', recipient)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0;
}
