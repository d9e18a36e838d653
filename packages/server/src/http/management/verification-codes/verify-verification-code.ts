import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import { recipientOfPhone } from '../../../messaging/recipient.ts';
import { managementFlow, type Verification } from '../../../verification/verification.ts';
import type { AppInstance } from '../../app-instance.ts';
import { codeSchema, errorResponses, noContent, notANumber, recipientSchema } from '../../schemas.ts';

const notThere = { in: 'body', path: 'phone', message: notANumber };

/** `POST /api/verification-codes/verify` */
export function verifyVerificationCode(app: AppInstance, { verification }: { verification: Verification }): void {
  app.post(
    '/verification-codes/verify',
    {
      config: { role: 'operator', scope: 'codes' },
      schema: {
        tags: ['Verification codes'],
        summary: 'Check a verification code',
        description: 'A code is right once. Each answer spends one of its tries.',
        body: z.object({ phone: recipientSchema, verificationCode: codeSchema }),
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
      const { phone, verificationCode: code } = body;
      // No code went there, and without a digit it is none, as Logto puts it.
      if (!phone) {
        const isCode = /\p{Nd}/u.test(code);
        throw new ApiError(`verification_code.${isCode ? 'not_found' : 'code_mismatch'}`, { issues: [notThere] });
      }
      await verification.answer({ recipient: recipientOfPhone(phone), flow: managementFlow, code });
      return reply.code(204).send(null);
    },
  );
}
