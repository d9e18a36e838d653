import { sql } from 'kysely';
import { text, whole } from './parameters.ts';
import { atOnce, inSlices, type Slices } from './slices.ts';
import type { Store } from './store.ts';
import type { HooksTable } from './tables/webhooks.ts';

/** Every webhook, the oldest first. */
export const listHooks = ({ db }: Store): Promise<HooksTable[]> =>
  db.selectFrom('hooks').selectAll().orderBy('created_at').orderBy('id').execute();

/** Makes a webhook, unless there are so many already. @returns whether there was room */
export async function insertHook(store: Store, hook: HooksTable, most: number): Promise<boolean> {
  const { id, name, events, config, signing_key, enabled, created_at } = hook;
  const made = sql<{ id: string }>`insert into hooks (id, name, events, config, signing_key, enabled, created_at)
    select ${text(id)}, ${text(name)}, ${text(events)}, ${text(config)}, ${text(signing_key)}, ${whole(enabled)},
      ${whole(created_at)}
    where (select count(*) from hooks) < ${whole(most)} returning id`.compile(store.db);
  // Two at once would both see room.
  const [rows] = await store.atomically([made], ['hooks']);
  return rows.length > 0;
}

/** Changes a webhook. @returns it as it is then; `undefined` where there is none with this id */
export const updateHook = (
  { db }: Store,
  id: string,
  changes: Partial<Omit<HooksTable, 'id' | 'created_at'>>,
): Promise<HooksTable | undefined> =>
  db.updateTable('hooks').set(changes).where('id', '=', id).returningAll().executeTakeFirst();

/**
 * Deletes a webhook, then all that it was told and was to be told, a slice at a time: that may be hundreds of thousands
 * of rows. What a crash leaves of them is found no more, and goes when it has had its time.
 * @returns whether there was one
 */
export async function deleteHook(store: Store, id: string, slices: Slices = atOnce): Promise<boolean> {
  const { db } = store;
  const deleted = await db.deleteFrom('hooks').where('id', '=', id).returning('id').execute();
  if (deleted.length === 0) return false;
  for (const table of ['hook_deliveries', 'hook_attempts'] as const) {
    const some = db.selectFrom(table).select('id').where('hook_id', '=', id).limit(slices.rows);
    await inSlices(store, db.deleteFrom(table).where('id', 'in', some).returning('id').compile(), slices);
  }
  return true;
}
