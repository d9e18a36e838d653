import { z } from 'zod';
import { managementFlow, type Verification } from '../../../verification/verification.ts';
import type { AppInstance } from '../../app-instance.ts';
import { codeSchema, errorResponses, noContent, phoneSchema } from '../../schemas.ts';

/** `POST /api/verification-codes/verify` */
export function verifyVerificationCode(app: AppInstance, { verification }: { verification: Verification }): void {
  app.post(
    '/verification-codes/verify',
    {
      config: { role: 'operator' },
      schema: {
        tags: ['Verification codes'],
        summary: 'Check a verification code',
        description: 'A code is right once. Each answer spends one of its tries.',
        body: z.object({ phone: phoneSchema, verificationCode: codeSchema }),
        response: {
          204: noContent,
          ...errorResponses(
            'verification_code.not_found',
            'verification_code.code_mismatch',
            'verification_code.expired',
            'verification_code.exceed_max_try',
            'session.verification_blocked_too_many_attempts',
          ),
        },
      },
    },
    async ({ body }, reply) => {
      await verification.answer({
        recipient: body.phone.e164,
        flow: managementFlow,
        code: body.verificationCode,
      });
      return reply.code(204).send(null);
    },
  );
}
