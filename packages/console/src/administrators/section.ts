import { IconShieldLock } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';

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
const passwordRoute = createRoute({
  getParentRoute: () => listRoute,
  path: 'password',
  component: lazyRouteComponent(() => import('./change-password.tsx'), 'ChangePassword'),
});
const removeRoute = createRoute({
  getParentRoute: () => listRoute,
  path: '$id/remove',
  component: lazyRouteComponent(() => import('./remove-administrator.tsx'), 'RemoveAdministrator'),
});

/** Administrators: who may use the Console, and the account of whoever looks. */
export const administrators = {
  path: '/administrators',
  label: 'administrators.navigation',
  icon: IconShieldLock,
  pages: [listRoute.addChildren([addRoute, passwordRoute, removeRoute])],
  screens: [],
} as const satisfies Section;
