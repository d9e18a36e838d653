import type { Store } from './store.ts';

/** Reads a settings document; `undefined` where it was never written. */
export async function readSetting({ db }: Store, name: string): Promise<unknown> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row && JSON.parse(row.value);
}

/** Deletes a settings document. @returns whether there was one */
export async function deleteSetting({ db }: Store, name: string): Promise<boolean> {
  const deleted = await db.deleteFrom('settings').where('name', '=', name).returning('name').execute();
  return deleted.length > 0;
}

/**
 * Replaces a settings document if it still is what was read; `undefined` stands for one that was never written.
 * @returns whether it was
 */
export async function replaceSetting(
  { db }: Store,
  name: string,
  { before, after }: { before: unknown; after: unknown },
  now: number,
): Promise<boolean> {
  const row = { value: JSON.stringify(after), updated_at: now };
  const replaced =
    before === undefined
      ? await db
          .insertInto('settings')
          .values({ name, ...row })
          .onConflict((conflict) => conflict.column('name').doNothing())
          .returning('name')
          .execute()
      : await db
          .updateTable('settings')
          .set(row)
          .where('name', '=', name)
          .where('value', '=', JSON.stringify(before))
          .returning('name')
          .execute();
  return replaced.length > 0;
}
