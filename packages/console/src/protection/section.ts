import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { IconShieldCheck } from '../shell/icons.tsx';

const protectionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'protection',
  component: lazyRouteComponent(() => import('./protection-page.tsx'), 'ProtectionPage'),
});
const addRoute = createRoute({
  getParentRoute: () => protectionRoute,
  path: 'test-numbers/add',
  component: lazyRouteComponent(() => import('./add-test-number.tsx'), 'AddTestNumber'),
});
const deleteRoute = createRoute({
  getParentRoute: () => protectionRoute,
  path: 'test-numbers/$recipient/delete',
  component: lazyRouteComponent(() => import('./delete-test-number.tsx'), 'DeleteTestNumber'),
});

/** Protection: who is checked before something is sent, and numbers that nothing is sent to. */
export const protection = {
  path: '/protection',
  label: 'sections.protection',
  icon: IconShieldCheck,
  pages: [protectionRoute.addChildren([addRoute, deleteRoute])],
  screens: [],
} as const satisfies Section;
