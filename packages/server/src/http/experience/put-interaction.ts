import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { type ExperienceDeps, eventSchema, flowRequestOf, security, tags } from './flow-request.ts';

/** What a provider’s widget gives; those of Google are the longest. */
export const captchaTokenSchema = z.string().max(16_384);

const body = z.object({ interactionEvent: eventSchema });
const response = {
  204: noContent,
  ...errorResponses('session.not_found', 'session.not_supported_for_forgot_password'),
};

/** `PUT /api/experience` and `PUT /api/experience/interaction-event` */
export function putInteraction(app: AppInstance, deps: ExperienceDeps): void {
  const { signInFlows } = deps;
  app.put(
    '/experience',
    {
      schema: {
        tags,
        security,
        summary: 'Begin a sign-in, a sign-up or a reset',
        description:
          'Begins anew: what was verified so far is forgotten. `captchaToken` is the answer to the check of `GET /api/experience/captcha`, where `captchaPolicy` asks for one; a wrong one is refused, and nothing is forgotten.',
        body: body.extend({ captchaToken: captchaTokenSchema.nullish() }),
        response: {
          204: noContent,
          ...errorResponses('session.not_found', 'session.captcha_failed', 'request.sign_in_rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { access, client } = flowRequestOf(request);
      const { interactionEvent, captchaToken: token } = request.body;
      await signInFlows.restart(access, interactionEvent, token ? { token, client } : undefined);
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
        description:
          'From SignIn to Register or back, with the number or the address that was verified already. A reset (ForgotPassword) is begun by `PUT /api/experience`, and so is what comes instead of it.',
        body,
        response,
      },
    },
    async (request, reply) => {
      const { access } = flowRequestOf(request);
      await signInFlows.changeEvent(access, request.body.interactionEvent);
      return reply.code(204).send(null);
    },
  );
}
