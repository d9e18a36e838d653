import type { HooksTable } from './schema.ts';
import type { Store } from './store.ts';

/** Every webhook, the oldest first. */
export const listHooks = ({ db }: Store): Promise<HooksTable[]> =>
  db.selectFrom('hooks').selectAll().orderBy('created_at').orderBy('id').execute();

/** Makes a webhook, unless there are so many already. @returns whether there was room */
export async function insertHook(store: Store, hook: HooksTable, most: number): Promise<boolean> {
  const { db } = store;
  const { count } = await db
    .selectFrom('hooks')
    .select((rows) => rows.fn.countAll<number | string>().as('count'))
    .executeTakeFirstOrThrow();
  if (Number(count) >= most) return false;
  await db.insertInto('hooks').values(hook).execute();
  return true;
}

/** Changes a webhook. @returns it as it is then; `undefined` where there is none with this id */
export const updateHook = (
  { db }: Store,
  id: string,
  changes: Partial<Omit<HooksTable, 'id' | 'created_at'>>,
): Promise<HooksTable | undefined> =>
  db.updateTable('hooks').set(changes).where('id', '=', id).returningAll().executeTakeFirst();

/** Deletes a webhook with all that it was told and was to be told. @returns whether there was one */
export async function deleteHook(store: Store, id: string): Promise<boolean> {
  const { db } = store;
  const [deleted] = await store.atomically([
    db.deleteFrom('hooks').where('id', '=', id).returning('id').compile(),
    db.deleteFrom('hook_deliveries').where('hook_id', '=', id).compile(),
    db.deleteFrom('hook_attempts').where('hook_id', '=', id).compile(),
  ]);
  return deleted.length > 0;
}
