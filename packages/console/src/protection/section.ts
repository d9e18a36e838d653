import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { type FigurePeriod, figurePeriods } from '../lists/figure-period.ts';
import { addressOf, oneOfNamed } from '../shell/address.ts';
import { IconShieldCheck } from '../shell/icons.tsx';
import { readDecisionSearch } from './decisions/decision-search.ts';
import { type HappeningPeriod, happeningPeriods } from './now/happening-periods.ts';
import { type SimulatedPeriod, simulatedPeriods } from './policy/simulated-periods.ts';

const protectionRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'protection',
  component: lazyRouteComponent(() => import('./protection-frame.tsx'), 'ProtectionFrame'),
});
const nowRoute = createRoute({
  getParentRoute: () => protectionRoute,
  path: '/',
  validateSearch: addressOf((search): { since?: HappeningPeriod } => oneOfNamed('since', happeningPeriods, search)),
  component: lazyRouteComponent(() => import('./now/now-page.tsx'), 'NowPage'),
});
const decisionsRoute = createRoute({
  getParentRoute: () => protectionRoute,
  path: 'decisions',
  validateSearch: addressOf(readDecisionSearch),
  component: lazyRouteComponent(() => import('./decisions/decisions-page.tsx'), 'DecisionsPage'),
});
const policyRoute = createRoute({
  getParentRoute: () => protectionRoute,
  path: 'policy',
  validateSearch: addressOf((search): { days?: SimulatedPeriod } => oneOfNamed('days', simulatedPeriods, search)),
  component: lazyRouteComponent(() => import('./policy/policy-page.tsx'), 'PolicyPage'),
});
const listedRoute = createRoute({
  getParentRoute: () => protectionRoute,
  path: 'listed',
  component: lazyRouteComponent(() => import('./listed/listed-page.tsx'), 'ListedPage'),
});
const costsRoute = createRoute({
  getParentRoute: () => protectionRoute,
  path: 'costs',
  validateSearch: addressOf((search): { days?: FigurePeriod } => oneOfNamed('days', figurePeriods, search)),
  component: lazyRouteComponent(() => import('./costs/costs-page.tsx'), 'CostsPage'),
});
const checkRoute = createRoute({
  getParentRoute: () => protectionRoute,
  path: 'check',
  component: lazyRouteComponent(() => import('./check/check-page.tsx'), 'CheckPage'),
});
const addRoute = createRoute({
  getParentRoute: () => checkRoute,
  path: 'test-numbers/add',
  component: lazyRouteComponent(() => import('./check/add-test-number.tsx'), 'AddTestNumber'),
});
const deleteRoute = createRoute({
  getParentRoute: () => checkRoute,
  path: 'test-numbers/$recipient/delete',
  component: lazyRouteComponent(() => import('./check/delete-test-number.tsx'), 'DeleteTestNumber'),
});

/** Protection: what happens now, what the guard decided and goes by, what SMS cost, and who is checked. */
export const protection = {
  path: '/protection',
  label: 'sections.protection',
  icon: IconShieldCheck,
  pages: [
    protectionRoute.addChildren([
      nowRoute,
      decisionsRoute,
      policyRoute,
      listedRoute,
      costsRoute,
      checkRoute.addChildren([addRoute, deleteRoute]),
    ]),
  ],
  screens: [],
} as const satisfies Section;
