import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { frameRoute } from '../frame/root-routes.ts';
import type { Section } from '../frame/section.ts';
import { pageNumberIn } from '../lists/paging.ts';
import { addressOf, oneOfNamed } from '../shell/address.ts';
import { IconWebhook } from '../shell/icons.tsx';
import { type DeliveryState, deliveryStates } from './delivery-states.ts';

const listRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'webhooks',
  component: lazyRouteComponent(() => import('./webhooks-page.tsx'), 'WebhooksPage'),
});
const createWebhookRoute = createRoute({
  getParentRoute: () => listRoute,
  path: 'create',
  component: lazyRouteComponent(() => import('./create-webhook.tsx'), 'CreateWebhook'),
});
const webhookRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'webhooks/$id',
  validateSearch: addressOf((search): { state?: DeliveryState; page?: number | undefined } => ({
    ...oneOfNamed('state', deliveryStates, search),
    page: pageNumberIn(search.page),
  })),
  component: lazyRouteComponent(() => import('./webhook-page.tsx'), 'WebhookPage'),
});
const replaceKeyRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'replace-key',
  component: lazyRouteComponent(() => import('./replace-key.tsx'), 'ReplaceKey'),
});
const deleteRoute = createRoute({
  getParentRoute: () => webhookRoute,
  path: 'delete',
  component: lazyRouteComponent(() => import('./delete-webhook.tsx'), 'DeleteWebhook'),
});
const deliveryRoute = createRoute({
  getParentRoute: () => frameRoute,
  path: 'webhooks/$id/deliveries/$deliveryId',
  component: lazyRouteComponent(() => import('./delivery-page.tsx'), 'DeliveryPage'),
});

/** Webhooks: what other systems are told of, and what became of it. */
export const webhooks = {
  path: '/webhooks',
  label: 'sections.webhooks',
  icon: IconWebhook,
  role: 'operator',
  pages: [
    listRoute.addChildren([createWebhookRoute]),
    webhookRoute.addChildren([replaceKeyRoute, deleteRoute]),
    deliveryRoute,
  ],
  screens: [],
} as const satisfies Section;
