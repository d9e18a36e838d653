import { ApiError } from '../../errors.ts';
import { newShortId, type Platform } from '../../platform.ts';
import { refusalsOf } from '../../refusals.ts';
import type { Held } from '../../store/held.ts';
import {
  deleteScope,
  insertScope,
  isScope,
  listScopes,
  scopeProblem,
  updateScope,
} from '../../store/resource-scopes.ts';
import type { Store } from '../../store/store.ts';
import type { ResourceScopesTable } from '../../store/tables/applications.ts';
import { silentTelling, type Telling } from '../../webhooks/telling.ts';
import { isManagementApi, managementScopes, refuseManagementApi } from './management-api.ts';
import type { Scope } from './resource.ts';
import { maxHeldResources } from './resources.ts';

/** What may be said of a scope. */
type ScopeFields = {
  name?: string | undefined;
  description?: string | null | undefined;
  machinesOnly?: boolean | undefined;
};

export type Scopes = ReturnType<typeof createScopes>;

/** The scopes of resources. Unknown ids are `entity.not_found`; those of the Management API stay as they are. */
export function createScopes({
  store,
  platform,
  held,
  events = silentTelling,
}: {
  store: Store;
  platform: Platform;
  held: Held;
  events?: Telling;
}) {
  const listOwn = async (resourceId?: string) => (await listScopes(store, resourceId)).map(toScope);
  const heldOwn = held.values(maxHeldResources, listOwn);
  /** What tells of a change of a scope, while there is one. */
  async function telling(
    event: 'Scope.Data.Updated' | 'Scope.Deleted',
    key: Pick<ResourceScopesTable, 'id' | 'resource_id'>,
    changes: Partial<ResourceScopesTable> = {},
  ) {
    const row = (await listScopes(store, key.resource_id)).find(({ id }) => id === key.id);
    return row ? events.of({ event, data: toScope({ ...row, ...changes }), onlyIf: () => isScope(key) }) : [];
  }
  return {
    /** The scopes of a resource, or of all of them, the oldest first. There are none where there is no resource. */
    async list(resourceId?: string): Promise<Scope[]> {
      if (resourceId !== undefined && isManagementApi(resourceId)) return [...managementScopes];
      const own = await listOwn(resourceId);
      return resourceId === undefined ? [...managementScopes, ...own] : own;
    },

    /** The scopes of a resource, from memory: what tokens are made with. */
    ofResource: async (id: string): Promise<readonly Scope[]> =>
      isManagementApi(id) ? managementScopes : ((await heldOwn(id)) ?? []),

    /** @throws ApiError `scope.name_exists` or `scope.name_with_space` */
    async create(resourceId: string, fields: ScopeFields & { name: string }): Promise<Scope> {
      refuseManagementApi(resourceId);
      const { name, description = null, machinesOnly = false } = fields;
      const row = {
        ...{ id: newShortId(platform, 20), resource_id: resourceId, name, description },
        ...{ machines_only: Number(machinesOnly), created_at: platform.now() },
      };
      const told = await events.of({ event: 'Scope.Created', data: toScope(row) });
      await withName(name, () => insertScope(store, row, told));
      return toScope(row);
    },

    /** What is wrong with the name of a scope to make, or to change where it has an id already. */
    async refusals(resourceId: string, { name }: { name?: string | undefined }, id?: string): Promise<ApiError[]> {
      if (name === undefined) return [];
      const isTaken = (await listOwn(resourceId)).some((scope) => scope.name === name && scope.id !== id);
      return refusalsOf({ name: () => checkName(name, isTaken) });
    },

    /** Changes what is given. @throws ApiError `scope.name_exists` or `scope.name_with_space` */
    async update(resourceId: string, id: string, { name, description, machinesOnly }: ScopeFields): Promise<Scope> {
      refuseManagementApi(resourceId);
      const changes = {
        ...(name !== undefined && { name }),
        ...(description !== undefined && { description }),
        ...(machinesOnly !== undefined && { machines_only: Number(machinesOnly) }),
      };
      const key = { id, resource_id: resourceId };
      const told = await telling('Scope.Data.Updated', key, changes);
      const row = await withName(name, () => updateScope(store, key, changes, told));
      if (!row) throw new ApiError('entity.not_found');
      return toScope(row);
    },

    async delete(resourceId: string, id: string): Promise<void> {
      refuseManagementApi(resourceId);
      const key = { id, resource_id: resourceId };
      if (!(await deleteScope(store, key, await telling('Scope.Deleted', key)))) throw new ApiError('entity.not_found');
    },
  };
}

function checkName(name: string, isTaken: boolean): void {
  if (/\s/.test(name)) throw new ApiError('scope.name_with_space');
  if (isTaken) throw new ApiError('scope.name_exists', { name });
}

/** Writes a scope of this name, and says what kept it from being written. */
async function withName<T>(name: string | undefined, write: () => Promise<T>): Promise<T> {
  if (name !== undefined) checkName(name, false);
  try {
    return await write();
  } catch (error) {
    const problem = scopeProblem(error);
    if (problem === 'name taken' && name !== undefined) checkName(name, true);
    if (problem === 'no resource') throw new ApiError('entity.not_found');
    throw error;
  }
}

const toScope = ({ id, resource_id, name, description, machines_only, created_at }: ResourceScopesTable): Scope => ({
  id,
  resourceId: resource_id,
  name,
  description,
  machinesOnly: machines_only === 1,
  createdAt: created_at,
});
