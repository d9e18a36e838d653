import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { IconInfoCircle } from '../shell/icons.tsx';

const settingsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'settings',
  component: lazyRouteComponent(() => import('./settings-page.tsx'), 'SettingsPage'),
});

/** Settings: what the server was started with, and how it is. They are changed where it is started. */
export const settings = {
  path: '/settings',
  label: 'sections.settings',
  icon: IconInfoCircle,
  role: 'operator',
  pages: [settingsRoute],
  screens: [],
} as const satisfies Section;
