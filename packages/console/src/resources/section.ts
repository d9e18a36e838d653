import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { pageNumberIn } from '../lists/paging.ts';
import { addressOf } from '../shell/address.ts';
import { IconApi } from '../shell/icons.tsx';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'resources',
  validateSearch: addressOf(({ page }): { page?: number | undefined } => ({ page: pageNumberIn(page) })),
  component: lazyRouteComponent(() => import('./resources-page.tsx'), 'ResourcesPage'),
});
const createResourceRoute = createRoute({
  getParentRoute: () => listRoute,
  path: 'create',
  component: lazyRouteComponent(() => import('./create-resource.tsx'), 'CreateResource'),
});
const resourceRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'resources/$id',
  component: lazyRouteComponent(() => import('./resource-page.tsx'), 'ResourcePage'),
});
const createScopeRoute = createRoute({
  getParentRoute: () => resourceRoute,
  path: 'scopes/create',
  component: lazyRouteComponent(() => import('./create-scope.tsx'), 'CreateScope'),
});
const deleteScopeRoute = createRoute({
  getParentRoute: () => resourceRoute,
  path: 'scopes/$scopeId/delete',
  component: lazyRouteComponent(() => import('./delete-scope.tsx'), 'DeleteScope'),
});
const deleteRoute = createRoute({
  getParentRoute: () => resourceRoute,
  path: 'delete',
  component: lazyRouteComponent(() => import('./delete-resource.tsx'), 'DeleteResource'),
});

/** API resources: the list, the dialog that creates one, and the page of a resource with its scopes. */
export const resources = {
  path: '/resources',
  label: 'sections.resources',
  icon: IconApi,
  pages: [
    listRoute.addChildren([createResourceRoute]),
    resourceRoute.addChildren([createScopeRoute, deleteScopeRoute, deleteRoute]),
  ],
  screens: [],
} as const satisfies Section;
