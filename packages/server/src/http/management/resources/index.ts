import type { Resources } from '../../../accounts/resources/resources.ts';
import type { Scopes } from '../../../accounts/resources/scopes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { createResource } from './create-resource.ts';
import { createScope } from './create-scope.ts';
import { deleteResource } from './delete-resource.ts';
import { deleteScope } from './delete-scope.ts';
import { getResource } from './get-resource.ts';
import { listResources } from './list-resources.ts';
import { listScopes } from './list-scopes.ts';
import { setDefaultResource } from './set-default-resource.ts';
import { updateResource } from './update-resource.ts';
import { updateScope } from './update-scope.ts';

const operations = [
  ...[listResources, createResource, getResource, updateResource, setDefaultResource, deleteResource],
  ...[listScopes, createScope, updateScope, deleteScope],
];

/** Everything under `/api/resources`, relative to the prefix `/api`. */
export function registerResources(app: AppInstance, services: { resources: Resources; scopes: Scopes }): void {
  for (const register of operations) register(app, services);
}
