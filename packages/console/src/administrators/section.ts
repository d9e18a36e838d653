import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { IconShieldLock } from '../shell/icons.tsx';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'administrators',
  component: lazyRouteComponent(() => import('./administrators-page.tsx'), 'AdministratorsPage'),
});
const addRoute = createRoute({
  getParentRoute: () => listRoute,
  path: 'add',
  component: lazyRouteComponent(() => import('./add-administrator.tsx'), 'AddAdministrator'),
});
const roleRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$id/role',
  component: lazyRouteComponent(() => import('./change-role.tsx'), 'ChangeRole'),
});
const removeRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$id/remove',
  component: lazyRouteComponent(() => import('./remove-administrator.tsx'), 'RemoveAdministrator'),
});

/** Administrators: who may use the Console, and as what. */
export const administrators = {
  path: '/administrators',
  label: 'sections.administrators',
  icon: IconShieldLock,
  role: 'owner',
  pages: [listRoute.addChildren([addRoute, roleRoute, removeRoute])],
  screens: [],
} as const satisfies Section;
