import { z } from 'zod';
import { checkTypes } from '../../protection/human-check/providers.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { type ExperienceDeps, flowRequestOf, security, tags } from './flow-request.ts';

const questionSchema = z
  .looseObject({
    type: z.enum(checkTypes),
    siteKey: z.string().optional(),
    challenge: z
      .unknown()
      .optional()
      .describe('Of `Altcha`: what its widget takes as `challenge`; good for ten minutes, in this interaction, once.'),
  })
  .describe('What the widget of the provider takes.');

/** `GET /api/experience/captcha` */
export function getCaptcha(app: AppInstance, deps: ExperienceDeps): void {
  app.get(
    '/experience/captcha',
    {
      schema: {
        tags,
        security,
        summary: 'Get the check that a person is there',
        description:
          'For pages of your own. What the widget gives goes along with `PUT /api/experience` as `captchaToken`.',
        response: { 200: questionSchema, ...errorResponses('session.not_found') },
      },
    },
    async (request, reply) => {
      const { access } = flowRequestOf(request);
      const { question } = await deps.signInFlows.check.show(access);
      return reply.header('cache-control', 'no-store').send(question as z.infer<typeof questionSchema>);
    },
  );
}
