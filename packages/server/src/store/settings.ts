import type { Store } from './store.ts';

/** Reads a settings document; `undefined` where it was never written. */
export async function readSetting({ db }: Store, name: string): Promise<unknown> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', name).executeTakeFirst();
  return row && JSON.parse(row.value);
}

/** Writes a settings document whole. */
export async function writeSetting({ db }: Store, name: string, value: unknown, now: number): Promise<void> {
  const row = { value: JSON.stringify(value), updated_at: now };
  await db
    .insertInto('settings')
    .values({ name, ...row })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(row))
    .execute();
}
