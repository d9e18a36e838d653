import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { IconUserCircle } from '../shell/icons.tsx';

const accountRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'account',
  component: lazyRouteComponent(() => import('./account-page.tsx'), 'AccountPage'),
});
const passwordRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: 'password',
  component: lazyRouteComponent(() => import('./change-password.tsx'), 'ChangePassword'),
});
const twoStepRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: 'two-step',
  component: lazyRouteComponent(() => import('./set-up-two-step.tsx'), 'SetUpTwoStep'),
});
const turnOffRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: 'two-step/turn-off',
  component: lazyRouteComponent(() => import('./turn-off-two-step.tsx'), 'TurnOffTwoStep'),
});
const recoveryCodesRoute = createRoute({
  getParentRoute: () => accountRoute,
  path: 'two-step/recovery-codes',
  component: lazyRouteComponent(() => import('./renew-recovery-codes.tsx'), 'RenewRecoveryCodes'),
});

/** The account of whoever looks: how they sign in, and where they are signed in. */
export const account = {
  path: '/account',
  label: 'sections.account',
  icon: IconUserCircle,
  pages: [accountRoute.addChildren([passwordRoute, twoStepRoute, turnOffRoute, recoveryCodesRoute])],
  screens: [],
} as const satisfies Section;
