import { IconLogin2 } from '@tabler/icons-react';
import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../shell/root-routes.ts';
import type { Section } from '../shell/section.ts';

const policiesRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'sign-in-experience',
  component: lazyRouteComponent(() => import('./sign-in-experience-page.tsx'), 'SignInExperiencePage'),
});

/** Sign-in experience: the rules for codes, and the limits. */
export const signInExperience = {
  path: '/sign-in-experience',
  label: 'signInExperience.navigation',
  icon: IconLogin2,
  pages: [policiesRoute],
  screens: [],
} as const satisfies Section;
