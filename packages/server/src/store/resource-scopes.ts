import { type CompiledQuery, sql } from 'kysely';
import type { Store } from './store.ts';
import type { ResourceScopesTable } from './tables/applications.ts';

/** The scopes of a resource, or of all, the oldest first. */
export function listScopes({ db }: Store, resourceId?: string): Promise<ResourceScopesTable[]> {
  return db
    .selectFrom('resource_scopes')
    .selectAll()
    .$if(resourceId !== undefined, (query) => query.where('resource_id', '=', resourceId ?? ''))
    .orderBy('created_at')
    .orderBy('id')
    .execute();
}

/** @throws what `scopeProblem` understands */
export async function insertScope(
  store: Store,
  scope: ResourceScopesTable,
  alongside: readonly CompiledQuery<unknown>[],
): Promise<void> {
  await store.atomically([store.db.insertInto('resource_scopes').values(scope).compile(), ...alongside]);
}

/** @returns the scope as it is then; `undefined` where there is none. @throws what `scopeProblem` understands */
export async function updateScope(
  store: Store,
  { id, resource_id }: Pick<ResourceScopesTable, 'id' | 'resource_id'>,
  changes: Partial<Pick<ResourceScopesTable, 'name' | 'description' | 'machines_only'>>,
  alongside: readonly CompiledQuery<unknown>[],
): Promise<ResourceScopesTable | undefined> {
  // Where nothing changes, the statement still has to be one.
  const isNothing = Object.keys(changes).length === 0;
  const update = store.db
    .updateTable('resource_scopes')
    .set(isNothing ? { id } : changes)
    .where('id', '=', id)
    .where('resource_id', '=', resource_id)
    .returningAll();
  const [[row]] = await store.atomically([update.compile(), ...alongside]);
  return row;
}

/** Whether there is such a scope. */
export const isScope = ({ id, resource_id }: Pick<ResourceScopesTable, 'id' | 'resource_id'>) =>
  sql<boolean>`exists (select 1 from resource_scopes where id = ${id} and resource_id = ${resource_id})`;

/** @returns whether there was one */
export async function deleteScope(
  store: Store,
  { id, resource_id }: Pick<ResourceScopesTable, 'id' | 'resource_id'>,
  before: readonly CompiledQuery<unknown>[],
): Promise<boolean> {
  const deleting = store.db
    .deleteFrom('resource_scopes')
    .where('id', '=', id)
    .where('resource_id', '=', resource_id)
    .returning('id');
  const results = await store.atomically([...before, deleting.compile()]);
  return (results.at(-1) ?? []).length > 0;
}

const sqliteNameTaken = 'UNIQUE constraint failed: resource_scopes.resource_id, resource_scopes.name';
const [uniqueViolation, foreignKeyViolation] = ['23505', '23503'];

/** Why a scope could not be written: another of its resource has the name, or there is no such resource. */
export function scopeProblem(error: unknown): 'name taken' | 'no resource' | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as { code?: unknown };
  if (code === uniqueViolation || error.message === sqliteNameTaken) return 'name taken';
  if (code === foreignKeyViolation || error.message === 'FOREIGN KEY constraint failed') return 'no resource';
  return undefined;
}
