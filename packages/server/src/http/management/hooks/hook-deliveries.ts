import { z } from 'zod';
import type { HookAttemptsTable, HookDeliveriesTable } from '../../../store/tables/webhooks.ts';
import type { Hooks } from '../../../webhooks/hooks.ts';
import type { AppInstance } from '../../app-instance.ts';
import { describePages, pagingQuery, sliceOf } from '../../paging.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { hookEvent, hookParams, tags } from './hook-schemas.ts';

const stateSchema = z
  .enum(['waiting', 'delivered', 'failed'])
  .describe('`failed` when the last attempt was in vain, or the receiver said that it is gone (410).');

const attemptSchema = z.object({
  at: z.int(),
  durationMs: z.int(),
  status: z.int().nullable().describe('Of HTTP; null where there was no answer.'),
  error: z.string().nullable().describe('Why there was none.'),
  response: z.string().nullable().describe('The beginning of what was answered.'),
});

const deliverySchema = z.object({
  id: z.string(),
  eventId: z.string().describe('What the header `sesame-event-id` says.'),
  event: z.string(),
  state: stateSchema,
  createdAt: z.int(),
  endedAt: z.int().nullable(),
  nextAt: z.int().nullable().describe('When the next attempt is due.'),
  attempts: z.array(attemptSchema),
});

const deliveryParams = hookParams.extend({ deliveryId: z.string().min(1).max(200).describe('Id of the delivery.') });

/** `GET /api/hooks/:id/deliveries`, `GET …/:deliveryId`, `POST …/:deliveryId/send-again` */
export function hookDeliveries(app: AppInstance, { hooks }: { hooks: Hooks }): void {
  app.get(
    '/hooks/:id/deliveries',
    {
      config: { role: 'operator', scope: 'all' },
      schema: {
        tags,
        summary: 'List what a webhook was told and is to be told',
        description: 'Of the last 7 days, newest first, each with every attempt.',
        params: hookParams,
        querystring: pagingQuery.extend({ state: stateSchema.optional(), event: hookEvent.optional() }),
        response: { 200: z.array(deliverySchema), ...errorResponses('entity.not_found') },
      },
    },
    async (request, reply) => {
      const { state, event } = request.query;
      const { deliveries, total } = await hooks.deliveries(request.params.id, { state, event }, sliceOf(request.query));
      describePages(request, reply, { total });
      return deliveries.map(describe);
    },
  );
  app.get(
    '/hooks/:id/deliveries/:deliveryId',
    {
      config: { role: 'operator', scope: 'all' },
      schema: {
        tags,
        summary: 'Get a delivery',
        description: 'With the body that is sent.',
        params: deliveryParams,
        response: { 200: deliverySchema.extend({ body: z.string() }), ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { id, deliveryId } }) => {
      const { body, ...delivery } = await hooks.delivery(id, deliveryId);
      return { ...describe(delivery), body };
    },
  );
  app.post(
    '/hooks/:id/deliveries/:deliveryId/send-again',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'hook.send-again', subject: 'hook' } },
      schema: {
        tags,
        summary: 'Deliver once more',
        description: 'Whatever came of it before, it is delivered again, with the same `sesame-event-id`.',
        params: deliveryParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { id, deliveryId } }, reply) => {
      await hooks.sendAgain(id, deliveryId);
      return reply.code(204).send(null);
    },
  );
}

const describe = ({ row, attempts }: { row: HookDeliveriesTable; attempts: readonly HookAttemptsTable[] }) => ({
  id: row.id,
  eventId: row.event_id,
  event: row.event,
  state: row.state,
  createdAt: row.created_at,
  endedAt: row.ended_at,
  nextAt: row.state === 'waiting' ? row.next_at : null,
  attempts: attempts.map(({ at, duration_ms: durationMs, status, error, response }) => ({
    ...{ at, durationMs, status, error, response },
  })),
});
