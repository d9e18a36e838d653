import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { type FigurePeriod, figurePeriods } from '../lists/figure-period.ts';
import { addressOf, oneOfNamed } from '../shell/address.ts';
import { IconLayoutDashboard } from '../shell/icons.tsx';

const overviewRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'overview',
  validateSearch: addressOf((search): { days?: FigurePeriod } => oneOfNamed('days', figurePeriods, search)),
  component: lazyRouteComponent(() => import('./overview-page.tsx'), 'OverviewPage'),
});

/** Overview: first steps, and how far messages come. */
export const overview = {
  path: '/overview',
  label: 'sections.overview',
  icon: IconLayoutDashboard,
  pages: [overviewRoute],
  screens: [],
} as const satisfies Section;
