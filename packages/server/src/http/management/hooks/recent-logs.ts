import { z } from 'zod';
import { hookEvents } from '../../../webhooks/events.ts';
import type { Hooks } from '../../../webhooks/hooks.ts';
import type { AppInstance } from '../../app-instance.ts';
import { describePages, pagingQuery, sliceOf } from '../../paging.ts';
import { errorResponses } from '../../schemas.ts';
import { hookParams, tags } from './hook-schemas.ts';

const keyPrefix = 'TriggerHook.';
const keys = hookEvents.map((event) => `${keyPrefix}${event}` as const);
const time = z.coerce.number().int().min(0).max(8_640_000_000_000_000).optional();

const logSchema = z.object({
  tenantId: z.literal('default'),
  id: z.string(),
  key: z.string(),
  payload: z.object({
    key: z.string(),
    result: z.enum(['Success', 'Error']),
    error: z.string().optional(),
    hookId: z.string(),
    hookRequest: z.object({ body: z.record(z.string(), z.unknown()) }).optional(),
    response: z.object({ statusCode: z.int(), body: z.string().nullable() }).optional(),
  }),
  createdAt: z.int(),
});

/** `GET /api/hooks/:id/recent-logs` */
export function recentLogs(app: AppInstance, { hooks }: { hooks: Hooks }): void {
  app.get(
    '/hooks/:id/recent-logs',
    {
      config: { role: 'operator', scope: 'all' },
      schema: {
        tags,
        summary: 'List the requests to a webhook',
        description:
          'As Logto has them, newest first: those of the last 24 hours where no time is said. `GET /api/hooks/{id}/deliveries` tells what became of each event.',
        params: hookParams,
        querystring: pagingQuery.extend({
          logKey: z.enum(keys).optional().describe('`TriggerHook.` and an event.'),
          start_time: time.describe('From when on, in milliseconds since the epoch.'),
          end_time: time.describe('Until when.'),
        }),
        response: { 200: z.array(logSchema), ...errorResponses('entity.not_found') },
      },
    },
    async (request, reply) => {
      const { logKey, start_time: from, end_time: until } = request.query;
      const range = { from, until, event: logKey?.slice(keyPrefix.length) };
      const { attempts, total } = await hooks.attempts(request.params.id, range, sliceOf(request.query));
      describePages(request, reply, { total });
      return attempts.map(({ attempt, body }) => {
        const { id, hook_id: hookId, event, at, status, error, response } = attempt;
        const isTaken = status !== null && status >= 200 && status <= 299;
        const failed = error ?? (isTaken ? null : `The receiver answered ${status}.`);
        return {
          ...{ tenantId: 'default' as const, id, key: `${keyPrefix}${event}`, createdAt: at },
          payload: {
            key: `${keyPrefix}${event}`,
            result: isTaken ? ('Success' as const) : ('Error' as const),
            ...(failed !== null && { error: failed }),
            hookId,
            ...(body !== undefined && { hookRequest: { body: JSON.parse(body) as Record<string, unknown> } }),
            ...(status !== null && { response: { statusCode: status, body: response } }),
          },
        };
      });
    },
  );
}
