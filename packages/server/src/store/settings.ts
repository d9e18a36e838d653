import { type CompiledQuery, sql } from 'kysely';
import { isUnmet, requirement } from './requirement.ts';
import type { Store } from './store.ts';

/** A settings document that takes the place of what was read; `undefined` stands for one that was never written. */
export type Replacement = { name: string; before: unknown; after: unknown };

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
 * Replaces settings documents if each still is what was read: all of them or none.
 * @param now in milliseconds
 * @returns whether they were
 */
export async function replaceSettings(
  store: Store,
  replacements: readonly Replacement[],
  now: number,
): Promise<boolean> {
  // Everybody locks their rows in the same order.
  const inOrder = replacements.toSorted((one, other) => (one.name < other.name ? -1 : 1));
  try {
    await store.atomically(inOrder.flatMap((replacement) => statementsOf(store, replacement, now)));
    return true;
  } catch (error) {
    if (isUnmet(error)) return false;
    throw error;
  }
}

function statementsOf(store: Store, { name, before, after }: Replacement, now: number): CompiledQuery<unknown>[] {
  const { db } = store;
  const value = JSON.stringify(after);
  const row = { value, updated_at: now };
  const write =
    before === undefined
      ? db
          .insertInto('settings')
          .values({ name, ...row })
          .onConflict((conflict) => conflict.column('name').doNothing())
      : db.updateTable('settings').set(row).where('name', '=', name).where('value', '=', JSON.stringify(before));
  return [
    write.compile(),
    requirement(store, sql`exists (select 1 from settings where name = ${name} and value = ${value})`),
  ];
}
