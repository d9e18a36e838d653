import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { addressOf } from '../shell/address.ts';
import { IconMessages } from '../shell/icons.tsx';
import { readMessageSearch } from './message-search.ts';
import { readSuppressionSearch } from './suppressions/suppressions-api.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'messages',
  validateSearch: addressOf(readMessageSearch),
  component: lazyRouteComponent(() => import('./messages-page.tsx'), 'MessagesPage'),
});
const messageRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'messages/$id',
  component: lazyRouteComponent(() => import('./message-page.tsx'), 'MessagePage'),
});

const suppressionsRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'messages/suppressions',
  validateSearch: addressOf(readSuppressionSearch),
  component: lazyRouteComponent(() => import('./suppressions/suppressions-page.tsx'), 'SuppressionsPage'),
});
const addSuppressionRoute = createRoute({
  getParentRoute: () => suppressionsRoute,
  path: 'add',
  component: lazyRouteComponent(() => import('./suppressions/add-suppression.tsx'), 'AddSuppression'),
});

/** Messages: the list of what was sent, the way of each, and the addresses that get none. */
export const messages = {
  path: '/messages',
  label: 'sections.messages',
  icon: IconMessages,
  pages: [listRoute, suppressionsRoute.addChildren([addSuppressionRoute]), messageRoute],
  screens: [],
} as const satisfies Section;
