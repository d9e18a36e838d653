import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { pageSize } from '../lists/paging.ts';

/** A resource as the API tells it. */
export type Resource = paths['/api/resources/{id}']['get']['responses'][200]['content']['application/json'];
/** A scope as the API tells it. */
export type Scope =
  paths['/api/resources/{resourceId}/scopes']['get']['responses'][200]['content']['application/json'][number];
/** What the form of a resource holds. */
export type ResourceFields = { name: string; accessTokenTtl: number | string };
/** What the form of a new scope holds. */
export type ScopeFields = { name: string; description: string; machinesOnly: boolean };

/** Whether it is the Management API, which stays as it is. */
export const isManagementApi = ({ id }: Resource): boolean => id === 'management-api';

/** Where everything about resources is kept. */
export const resourcesKey = ['resources'] as const;

/** A page of the resources. */
export const resourcesQuery = (page: number) =>
  queryOptions({
    queryKey: [...resourcesKey, 'list', page],
    queryFn: () => unwrapList(api.GET('/api/resources', { params: { query: { page, page_size: pageSize } } })),
    placeholderData: keepPreviousData,
  });

/** One resource. */
export const resourceQuery = (id: string) =>
  queryOptions({
    queryKey: [...resourcesKey, id],
    queryFn: () => unwrap(api.GET('/api/resources/{id}', { params: { path: { id } } })),
  });

/** The scopes of a resource, as many as a page may have. */
export const scopesQuery = (resourceId: string) =>
  queryOptions({
    queryKey: [...resourcesKey, resourceId, 'scopes'],
    queryFn: () =>
      unwrapList(
        api.GET('/api/resources/{resourceId}/scopes', { params: { path: { resourceId }, query: { page_size: 100 } } }),
      ),
  });

/** Makes a resource. @throws ApiError at the field at fault */
export const createResource = ({ indicator, ...fields }: ResourceFields & { indicator: string }) =>
  unwrap(api.POST('/api/resources', { body: { ...bodyOf(fields), indicator: indicator.trim() } }));

/** Changes a resource. @throws ApiError at the field at fault */
export const updateResource = (id: string, fields: ResourceFields): Promise<Resource> =>
  unwrap(api.PATCH('/api/resources/{id}', { params: { path: { id } }, body: bodyOf(fields) }));

/** Makes a resource the one that tokens are for where none is asked for, in place of any other; or takes that back. */
export const setDefaultResource = (id: string, isDefault: boolean): Promise<Resource> =>
  unwrap(api.PATCH('/api/resources/{id}/is-default', { params: { path: { id } }, body: { isDefault } }));

/** Deletes a resource with its scopes. */
export const deleteResource = (id: string) => unwrap(api.DELETE('/api/resources/{id}', { params: { path: { id } } }));

/** Makes a scope. @throws ApiError at the field at fault */
export const createScope = (resourceId: string, { name, description, machinesOnly }: ScopeFields) =>
  unwrap(
    api.POST('/api/resources/{resourceId}/scopes', {
      params: { path: { resourceId } },
      body: { name: name.trim(), description: description.trim() || null, machinesOnly },
    }),
  );

/** Deletes a scope. */
export const deleteScope = (resourceId: string, scopeId: string) =>
  unwrap(api.DELETE('/api/resources/{resourceId}/scopes/{scopeId}', { params: { path: { resourceId, scopeId } } }));

const bodyOf = ({ name, accessTokenTtl }: ResourceFields) => ({
  name: name.trim(),
  // An empty field is refused by the server like any other that is no number.
  accessTokenTtl: Number(accessTokenTtl),
});
