import { sql } from 'kysely';
import type { Store } from './store.ts';
import type { ResourcesTable } from './tables/applications.ts';

/** A resource, and whether it is the one that tokens are for where none is asked for (0 or 1). */
export type ResourceRow = ResourcesTable & { is_default: number };

/** What of a resource can change. */
export type ResourceChanges = Partial<Pick<ResourcesTable, 'name' | 'access_token_ttl'>>;

const selectResources = ({ db }: Store) =>
  db
    .selectFrom('resources')
    .leftJoin('default_resource', 'default_resource.resource_id', 'resources.id')
    .selectAll('resources')
    .select(sql<number>`case when default_resource.resource_id is null then 0 else 1 end`.as('is_default'));

/** All resources, the oldest first. */
export const listResources = (store: Store): Promise<ResourceRow[]> =>
  selectResources(store).orderBy('resources.created_at').orderBy('resources.id').execute();

/** The resource with this id or indicator. */
export const findResource = (store: Store, by: 'id' | 'indicator', value: string): Promise<ResourceRow | undefined> =>
  selectResources(store).where(`resources.${by}`, '=', value).executeTakeFirst();

/** The indicator of the resource that tokens are for where none is asked for. */
export async function findDefaultIndicator({ db }: Store): Promise<string | undefined> {
  const found = await db
    .selectFrom('default_resource')
    .innerJoin('resources', 'resources.id', 'default_resource.resource_id')
    .select('resources.indicator')
    .executeTakeFirst();
  return found?.indicator;
}

/** @returns whether the indicator was still free */
export async function insertResource({ db }: Store, resource: ResourcesTable): Promise<boolean> {
  const inserted = await db
    .insertInto('resources')
    .values(resource)
    .onConflict((conflict) => conflict.column('indicator').doNothing())
    .returning('id')
    .executeTakeFirst();
  return inserted !== undefined;
}

/** @returns whether there is one */
export async function updateResource({ db }: Store, id: string, changes: ResourceChanges): Promise<boolean> {
  if (Object.keys(changes).length === 0) return true;
  const changed = await db
    .updateTable('resources')
    .set(changes)
    .where('id', '=', id)
    .returning('id')
    .executeTakeFirst();
  return changed !== undefined;
}

/** Deletes a resource with its scopes. @returns whether there was one */
export async function deleteResource({ db }: Store, id: string): Promise<boolean> {
  const deleted = await db.deleteFrom('resources').where('id', '=', id).returning('id').executeTakeFirst();
  return deleted !== undefined;
}

/** Makes a resource the one that tokens are for where none is asked for, in place of any other; or takes that back. */
export async function setDefaultResource({ db }: Store, id: string, isDefault: boolean): Promise<void> {
  await (isDefault
    ? sql`insert into default_resource (purpose, resource_id) select 'default', id from resources where id = ${id}
        on conflict (purpose) do update set resource_id = excluded.resource_id`
    : sql`delete from default_resource where resource_id = ${id}`
  ).execute(db);
}
