import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { Hooks } from '../../../webhooks/hooks.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { eventsIn, hookConfig, hookFields, hookParams, tags } from './hook-schemas.ts';

/** `POST /api/hooks/:id/test` */
export function testHook(app: AppInstance, { hooks }: { hooks: Hooks }): void {
  app.post(
    '/hooks/:id/test',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'hook.test', subject: 'hook' } },
      schema: {
        tags,
        summary: 'Try a webhook',
        description:
          'Sends an example of each event at once, once, signed with the key of the webhook, to a configuration that need not be saved.',
        params: hookParams,
        body: z.object({ events: hookFields.events, event: hookFields.event, config: hookConfig }),
        response: {
          204: noContent,
          ...errorResponses(
            ...(['entity.not_found', 'hook.missing_events', 'hook.private_target'] as const),
            ...(['hook.send_test_payload_failed', 'hook.endpoint_responded_with_error'] as const),
          ),
        },
      },
    },
    async ({ params, body: { config, ...told } }, reply) => {
      const events = eventsIn(told);
      if (!events || events.length === 0) throw new ApiError('hook.missing_events');
      await hooks.test(params.id, { events, config });
      return reply.code(204).send(null);
    },
  );
}
