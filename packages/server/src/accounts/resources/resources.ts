import { ApiError } from '../../errors.ts';
import { newShortId, type Platform } from '../../platform.ts';
import { refusalsOf, refusedField } from '../../refusals.ts';
import type { Held } from '../../store/held.ts';
import {
  deleteResource,
  findDefaultIndicator,
  findResource,
  insertResource,
  listResources,
  type ResourceRow,
  setDefaultResource,
  updateResource,
} from '../../store/resources.ts';
import type { Store } from '../../store/store.ts';
import { isManagementApi, managementApi, refuseManagementApi } from './management-api.ts';
import type { Resource } from './resource.ts';

export type Resources = ReturnType<typeof createResources>;

type Deps = { store: Store; platform: Platform; held: Held; apiIndicator: string };

/** How many resources, and the scopes of how many, are held in memory at once. */
export const maxHeldResources = 200;

/** The resources. Unknown ids are `entity.not_found`. The Management API is one of them, and stays as it is. */
export function createResources({ store, platform, held, apiIndicator }: Deps) {
  const ownApi = managementApi(apiIndicator);
  const find = held.values(maxHeldResources, async (indicator) => {
    // PostgreSQL refuses texts with a null character.
    const row = indicator.includes('\0') ? undefined : await findResource(store, 'indicator', indicator);
    return row && toResource(row);
  });

  async function get(id: string): Promise<Resource> {
    if (isManagementApi(id)) return ownApi;
    const row = await findResource(store, 'id', id);
    if (!row) throw new ApiError('entity.not_found');
    return toResource(row);
  }

  return {
    /** The Management API, and then the others, the oldest first. */
    list: async (): Promise<Resource[]> => [ownApi, ...(await listResources(store)).map(toResource)],

    get,

    /** The resource that tokens are asked for by this indicator, from memory. */
    find: async (indicator: string): Promise<Resource | undefined> =>
      indicator === apiIndicator ? ownApi : find(indicator),

    /** The indicator of the resource that tokens are for where none is asked for, from memory. */
    defaultIndicator: held.value(() => findDefaultIndicator(store)),

    /** @throws ApiError `resource.resource_identifier_in_use` */
    async create({ name, indicator, accessTokenTtl }: Omit<Resource, 'id' | 'isDefault'>): Promise<Resource> {
      const row = {
        id: newShortId(platform, 20),
        name,
        indicator,
        access_token_ttl: accessTokenTtl,
        created_at: platform.now(),
      };
      if (indicator === apiIndicator || !(await insertResource(store, row))) {
        refuseIndicator(indicator);
      }
      return toResource({ ...row, is_default: 0 });
    },

    /** What is wrong with the indicator of a resource to make, or to change where it has an id already. */
    async refusals({ indicator }: { indicator?: string | undefined }, id?: string): Promise<ApiError[]> {
      if (indicator === undefined) return [];
      if (id !== undefined) return refusalsOf({ indicator: checkIndicator(indicator, await get(id)) });
      const isTaken = indicator === apiIndicator || (await findResource(store, 'indicator', indicator)) !== undefined;
      return isTaken ? refusalsOf({ indicator: () => refuseIndicator(indicator) }) : [];
    },

    /**
     * Changes what is given. The indicator stays, because applications, tokens and the API itself know the resource by
     * it. @throws ApiError `guard.invalid_input` for another one
     */
    async update(
      id: string,
      {
        name,
        indicator,
        accessTokenTtl,
      }: { [K in keyof Omit<Resource, 'id' | 'isDefault'>]?: Resource[K] | undefined },
    ): Promise<Resource> {
      refuseManagementApi(id);
      checkIndicator(indicator, await get(id))();
      await updateResource(store, id, {
        ...(name !== undefined && { name }),
        ...(accessTokenTtl !== undefined && { access_token_ttl: accessTokenTtl }),
      });
      return get(id);
    },

    /** Makes a resource the default one, in place of any other, or takes that back. */
    async setDefault(id: string, isDefault: boolean): Promise<Resource> {
      refuseManagementApi(id);
      await setDefaultResource(store, id, isDefault);
      return get(id);
    },

    /** Ends making tokens for it at once; those that are out work until they expire. */
    async delete(id: string): Promise<void> {
      if (isManagementApi(id)) throw new ApiError('resource.cannot_delete_management_api');
      if (!(await deleteResource(store, id))) throw new ApiError('entity.not_found');
    },
  };
}

function refuseIndicator(indicator: string): never {
  throw new ApiError('resource.resource_identifier_in_use', { indicator });
}

const checkIndicator = (indicator: string | undefined, before: Resource) => () => {
  if (indicator === undefined || indicator === before.indicator) return;
  throw refusedField('indicator', 'The indicator of a resource stays. Create another resource with this one.');
};

const toResource = ({ id, name, indicator, is_default, access_token_ttl }: ResourceRow): Resource => ({
  id,
  name,
  indicator,
  isDefault: is_default === 1,
  accessTokenTtl: access_token_ttl,
});
