import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { Hooks } from '../../../webhooks/hooks.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { describeHook, eventsIn, hookConfig, hookFields, hookParams, hookReply, tags } from './hook-schemas.ts';

/** `POST /api/hooks`, `PATCH` and `DELETE /api/hooks/:id`, `PATCH /api/hooks/:id/signing-key` */
export function changeHooks(app: AppInstance, { hooks }: { hooks: Hooks }): void {
  app.post(
    '/hooks',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'hook.create', subject: 'hook', details: ['name', 'events', 'enabled'] },
      },
      schema: {
        tags,
        summary: 'Create a webhook',
        description:
          'From now on, what happens is sent there as JSON, signed with `signingKey`: see docs/webhooks.md. Each request is repeated for about a day until it is answered with 200 to 299.',
        body: z.object({ ...hookFields, config: hookConfig }),
        response: {
          201: hookReply,
          ...errorResponses('hook.missing_events', 'hook.too_many', 'hook.private_target'),
        },
      },
    },
    async ({ body: { name, enabled, config, ...told } }, reply) => {
      const events = required(eventsIn(told));
      return reply.code(201).send(describeHook(await hooks.create({ name, events, config, enabled })));
    },
  );
  app.patch(
    '/hooks/:id',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'hook.update', subject: 'hook', details: ['name', 'events', 'enabled'] },
      },
      schema: {
        tags,
        summary: 'Change a webhook',
        description:
          'What is given replaces what was there. While it is switched off it is told of nothing; what was waiting for it goes on when it is switched on again.',
        params: hookParams,
        body: z.object({ ...hookFields, config: hookConfig.optional() }),
        response: {
          200: hookReply,
          ...errorResponses('entity.not_found', 'hook.missing_events', 'hook.private_target'),
        },
      },
    },
    async ({ params, body: { name, enabled, config, ...told } }) => {
      const events = eventsIn(told);
      return describeHook(
        await hooks.update(params.id, { name, enabled, config, ...(events && { events: required(events) }) }),
      );
    },
  );
  app.delete(
    '/hooks/:id',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'hook.delete', subject: 'hook' } },
      schema: {
        tags,
        summary: 'Delete a webhook',
        description: 'With all that it was told and was still to be told.',
        params: hookParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }, reply) => {
      await hooks.delete(params.id);
      return reply.code(204).send(null);
    },
  );
  app.patch(
    '/hooks/:id/signing-key',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'hook.replace-signing-key', subject: 'hook' },
      },
      schema: {
        tags,
        summary: 'Replace the key that a webhook’s requests are signed with',
        description: 'The old one is good for nothing at once, also for what is still to be delivered.',
        params: hookParams,
        response: { 200: hookReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => describeHook(await hooks.replaceKey(params.id)),
  );
}

/** @throws ApiError `hook.missing_events` */
function required<Event>(events: Event[] | undefined): Event[] {
  if (!events || events.length === 0) throw new ApiError('hook.missing_events');
  return events;
}
