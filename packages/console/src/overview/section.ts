import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { IconLayoutDashboard } from '../shell/icons.tsx';
import { type Period, periods } from './periods.ts';

const overviewRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'overview',
  validateSearch: ({ days }: Record<string, unknown>): { days?: Period } => {
    const known = periods.find((each) => each === Number(days));
    return known ? { days: known } : {};
  },
  component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
});

/** Overview: first steps, and how far messages come. */
export const overview = {
  path: '/overview',
  label: 'overview.navigation',
  icon: IconLayoutDashboard,
  pages: [overviewRoute],
  screens: [],
} as const satisfies Section;
