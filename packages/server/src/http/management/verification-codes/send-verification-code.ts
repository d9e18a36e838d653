import { z } from 'zod';
import { managementFlow, type Verification } from '../../../verification/verification.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, localeSchema, noContent, phoneSchema } from '../../schemas.ts';

/** `POST /api/verification-codes` */
export function sendVerificationCode(app: AppInstance, { verification }: { verification: Verification }): void {
  app.post(
    '/verification-codes',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['Verification codes'],
        summary: 'Send a verification code to a phone number',
        description: 'For back ends that run their own sign-in. The new code replaces the one before.',
        body: z.object({ phone: phoneSchema, locale: localeSchema.optional() }),
        response: {
          204: noContent,
          ...errorResponses(
            'connector.not_found',
            'phone.cannot_receive_sms',
            'request.message_rate_limited',
            'connector.general',
            'connector.invalid_config',
            'connector.invalid_response',
            'connector.rate_limit_exceeded',
            'connector.template_not_found',
          ),
        },
      },
    },
    async ({ body }, reply) => {
      const { phone, locale } = body;
      await verification.start({ phone, locale, usageType: 'Generic', flow: managementFlow });
      return reply.code(204).send(null);
    },
  );
}
