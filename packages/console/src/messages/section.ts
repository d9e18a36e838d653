import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { addressOf } from '../shell/address.ts';
import { IconMessages } from '../shell/icons.tsx';
import { readMessageSearch } from './message-search.ts';

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

/** Messages: the list of what was sent, and the way of each. */
export const messages = {
  path: '/messages',
  label: 'sections.messages',
  icon: IconMessages,
  pages: [listRoute, messageRoute],
  screens: [],
} as const satisfies Section;
