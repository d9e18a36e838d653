import { ApiError } from '../../errors.ts';
import { managementScopeNames, managementScopeTexts } from './management-scopes.ts';
import type { Resource, Scope } from './resource.ts';

/** What it is called by among the resources, as in Logto. */
const id = 'management-api';

/** The Management API as one of the resources. */
export const managementApi = (indicator: string): Resource => ({
  id,
  name: 'Sesame Management API',
  indicator,
  isDefault: false,
  accessTokenTtl: 3600,
});

/** Whether this is the id of the Management API. */
export const isManagementApi = (resourceId: string): boolean => resourceId === id;

/** Its scopes. */
export const managementScopes: readonly Scope[] = managementScopeNames.toReversed().map((name) => ({
  id: `management-api-${name}`,
  resourceId: id,
  name,
  description: managementScopeTexts[name],
  machinesOnly: true,
  createdAt: 0,
}));

/** It stays as it is. @throws ApiError `resource.cannot_modify_management_api` */
export function refuseManagementApi(resourceId: string): void {
  if (isManagementApi(resourceId)) throw new ApiError('resource.cannot_modify_management_api');
}
