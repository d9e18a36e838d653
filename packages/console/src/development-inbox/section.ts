import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { addressOf } from '../shell/address.ts';
import { IconInbox } from '../shell/icons.tsx';
import { readInboxSearch } from './inbox-api.ts';

const inboxRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'development-inbox',
  validateSearch: addressOf(readInboxSearch),
  component: lazyRouteComponent(() => import('./development-inbox-page.tsx'), 'DevelopmentInboxPage'),
});

/** Development inbox: what the connector of that name would have sent. */
export const developmentInbox = {
  path: '/development-inbox',
  label: 'sections.developmentInbox',
  icon: IconInbox,
  pages: [inboxRoute],
  screens: [],
} as const satisfies Section;
