import { sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { HooksTable } from './schema.ts';
import type { Store } from './store.ts';

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
