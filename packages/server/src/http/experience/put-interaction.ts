import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { type ExperienceDeps, eventSchema, readFlowRequest, security, tags } from './flow-request.ts';

const body = z.object({ interactionEvent: eventSchema });
const response = { 204: noContent, ...errorResponses('session.not_found') };

/** `PUT /api/experience` and `PUT /api/experience/interaction-event` */
export function putInteraction(app: AppInstance, deps: ExperienceDeps): void {
  const { signInFlows } = deps;
  const description = 'Begins anew: what was verified so far is forgotten.';
  app.put(
    '/experience',
    { schema: { tags, security, summary: 'Begin a sign-in, a sign-up or a reset', description, body, response } },
    async (request, reply) => {
      const { access } = await readFlowRequest(request, deps);
      await signInFlows.restart(access, request.body.interactionEvent);
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/experience/interaction-event',
    {
      schema: {
        tags,
        security,
        summary: 'Go on as something else',
        description: 'For example from SignIn to Register, with the number that was verified already.',
        body,
        response,
      },
    },
    async (request, reply) => {
      const { access } = await readFlowRequest(request, deps);
      await signInFlows.changeEvent(access, request.body.interactionEvent);
      return reply.code(204).send(null);
    },
  );
}
