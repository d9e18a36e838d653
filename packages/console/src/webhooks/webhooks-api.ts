import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { pageSize } from '../lists/paging.ts';
import type { DeliveryState } from './delivery-states.ts';
import type { HookEvent, Webhook } from './webhook.ts';
import { bodyOf, type WebhookFields } from './webhook-fields.ts';

/** An event that a webhook is told of, with every attempt. */
export type Delivery =
  paths['/api/hooks/{id}/deliveries']['get']['responses'][200]['content']['application/json'][number];

/** Where everything about webhooks is kept. */
export const webhooksKey = ['webhooks'] as const;

/** Deliveries change by themselves. */
const followMs = 5_000;
const withStats = { includeExecutionStats: 'true' } as const;

/** Every webhook, with its requests of a day. */
export const webhooksQuery = queryOptions({
  queryKey: [...webhooksKey, 'list'],
  queryFn: async () => {
    const entries = await unwrap(api.GET('/api/hooks', { params: { query: withStats } }));
    return { entries, total: entries.length };
  },
});

/** One webhook. */
export const webhookQuery = (id: string) =>
  queryOptions({
    queryKey: [...webhooksKey, id],
    queryFn: () => unwrap(api.GET('/api/hooks/{id}', { params: { path: { id } } })),
  });

/** A page of what a webhook was told and is to be told. */
export const deliveriesQuery = (id: string, { state, page }: { state?: DeliveryState | undefined; page: number }) =>
  queryOptions({
    queryKey: [...webhooksKey, id, 'deliveries', state, page],
    queryFn: () =>
      unwrapList(
        api.GET('/api/hooks/{id}/deliveries', {
          params: { path: { id }, query: { page, page_size: pageSize, state } },
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: followMs,
  });

/** One of them, with what is sent; followed while it is to be delivered. */
export const deliveryQuery = (id: string, deliveryId: string) =>
  queryOptions({
    queryKey: [...webhooksKey, id, 'delivery', deliveryId],
    queryFn: () => unwrap(api.GET('/api/hooks/{id}/deliveries/{deliveryId}', { params: { path: { id, deliveryId } } })),
    refetchInterval: ({ state: { data } }) => (data?.state === 'waiting' ? followMs : false),
  });

/** Makes a webhook. @throws ApiError at the field at fault */
export const createWebhook = async (fields: WebhookFields): Promise<Webhook> =>
  unwrap(api.POST('/api/hooks', { body: bodyOf(fields) }));

/** Changes a webhook. @throws ApiError at the field at fault */
export const updateWebhook = async (id: string, fields: WebhookFields): Promise<Webhook> =>
  unwrap(api.PATCH('/api/hooks/{id}', { params: { path: { id } }, body: bodyOf(fields) }));

/** Deletes a webhook with all that it was told and was to be told. */
export const deleteWebhook = (id: string) => unwrap(api.DELETE('/api/hooks/{id}', { params: { path: { id } } }));

/** Has requests signed with another key. */
export const replaceKey = (id: string): Promise<Webhook> =>
  unwrap(api.PATCH('/api/hooks/{id}/signing-key', { params: { path: { id } } }));

/** Sends an example. @throws ApiError what the receiver answered, or why it did not */
export const testWebhook = ({ id, config }: Webhook, event: HookEvent) =>
  unwrap(api.POST('/api/hooks/{id}/test', { params: { path: { id } }, body: { events: [event], config } }));

/** Has an event delivered once more. */
export const sendAgain = (id: string, deliveryId: string) =>
  unwrap(api.POST('/api/hooks/{id}/deliveries/{deliveryId}/send-again', { params: { path: { id, deliveryId } } }));
