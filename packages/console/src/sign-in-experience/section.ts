import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { addressOf } from '../shell/address.ts';
import { IconLogin2 } from '../shell/icons.tsx';
import { readExperienceSearch } from './experience-search.ts';

const experienceRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'sign-in-experience',
  validateSearch: addressOf(readExperienceSearch),
  component: lazyRouteComponent(() => import('./sign-in-experience-page.tsx'), 'SignInExperiencePage'),
});

const accountCenterRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'sign-in-experience/account-center',
  component: lazyRouteComponent(() => import('./account-center/account-center-page.tsx'), 'AccountCenterPage'),
});

/** Sign-in experience: what people see when they sign up and sign in, the rules for codes, and the account center. */
export const signInExperience = {
  path: '/sign-in-experience',
  label: 'sections.signInExperience',
  icon: IconLogin2,
  pages: [experienceRoute, accountCenterRoute],
  screens: [],
} as const satisfies Section;
