import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { pageNumberIn } from '../lists/paging.ts';
import { addressOf } from '../shell/address.ts';
import { IconApps } from '../shell/icons.tsx';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'applications',
  validateSearch: addressOf(({ page }): { page?: number | undefined } => ({ page: pageNumberIn(page) })),
  component: lazyRouteComponent(() => import('./applications-page.tsx'), 'ApplicationsPage'),
});
const createApplicationRoute = createRoute({
  getParentRoute: () => listRoute,
  path: 'create',
  component: lazyRouteComponent(() => import('./create-application.tsx'), 'CreateApplication'),
});
const applicationRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'applications/$id',
  component: lazyRouteComponent(() => import('./application-page.tsx'), 'ApplicationPage'),
});
const rotateRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: 'rotate',
  component: lazyRouteComponent(() => import('./rotate-secret.tsx'), 'RotateSecret'),
});
const deleteRoute = createRoute({
  getParentRoute: () => applicationRoute,
  path: 'delete',
  component: lazyRouteComponent(() => import('./delete-application.tsx'), 'DeleteApplication'),
});

/** Applications: the list, the dialog that creates one, and the page of an application. */
export const applications = {
  path: '/applications',
  label: 'sections.applications',
  icon: IconApps,
  pages: [listRoute.addChildren([createApplicationRoute]), applicationRoute.addChildren([rotateRoute, deleteRoute])],
  screens: [],
} as const satisfies Section;
