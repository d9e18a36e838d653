import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { logtoIdentificationFields } from '../logto-fields.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { type ExperienceDeps, flowRequestOf, security, tags, verificationIdSchema } from './flow-request.ts';

/** `POST /api/experience/identification` */
export function identify(app: AppInstance, deps: ExperienceDeps): void {
  const { signInFlows } = deps;
  app.post(
    '/experience/identification',
    {
      schema: {
        tags,
        security,
        summary: 'Say who it is, by what was verified',
        description:
          'Register makes the account. Left out, `verificationId` is the one that was given before. A reset takes a code to the number or the address only; anything else is 422 `session.not_supported_for_forgot_password`.',
        body: z.object({ verificationId: verificationIdSchema.optional(), ...logtoIdentificationFields }),
        response: {
          201: z.null().describe('The account is made.'),
          204: noContent,
          ...errorResponses(
            'session.not_found',
            'session.verification_session_not_found',
            'session.verification_failed',
            'session.captcha_required',
            'session.not_supported_for_forgot_password',
            'user.user_not_exist',
            'user.suspended',
            'user.phone_already_in_use',
            'user.email_already_in_use',
            'session.email_blocklist.email_not_allowed',
            'session.email_blocklist.email_subaddressing_not_allowed',
            'user.username_already_in_use',
            'user.missing_profile',
            'user.sign_in_method_not_enabled',
          ),
        },
      },
    },
    async (request, reply) => {
      const { access } = flowRequestOf(request);
      const event = await signInFlows.identify(access, request.body.verificationId);
      return reply.code(event === 'Register' ? 201 : 204).send(null);
    },
  );
}
