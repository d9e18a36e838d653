import { ApiError } from '../../../errors.ts';
import { managementFlow, type Verification } from '../../../verification/verification.ts';
import type { AppInstance } from '../../app-instance.ts';
import { callerName } from '../../caller.ts';
import {
  codeSchema,
  endUserShape,
  errorResponses,
  noContent,
  notANumber,
  notAnEmail,
  ofOneRecipient,
  recipientIn,
} from '../../schemas.ts';

const notThere = {
  phone: { in: 'body', path: 'phone', message: notANumber },
  email: { in: 'body', path: 'email', message: notAnEmail },
};

/** `POST /api/verification-codes/verify` */
export function verifyVerificationCode(app: AppInstance, { verification }: { verification: Verification }): void {
  app.post(
    '/verification-codes/verify',
    {
      config: { role: 'operator', scope: 'codes' },
      schema: {
        tags: ['Verification codes'],
        summary: 'Check a verification code',
        description:
          'Give the `phone` or the `email` that it went to. A code is right once. Each answer spends one of its tries.',
        body: ofOneRecipient({ verificationCode: codeSchema, ...endUserShape }),
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
    async ({ body, caller }, reply) => {
      const { phone, verificationCode: code, ip: address, deviceId } = body;
      const recipient = recipientIn(body);
      // No code went there, and without a digit it is none, as Logto puts it.
      if (!recipient) {
        const isCode = /\p{Nd}/u.test(code);
        throw new ApiError(`verification_code.${isCode ? 'not_found' : 'code_mismatch'}`, {
          issues: [phone === undefined ? notThere.email : notThere.phone],
        });
      }
      await verification.answer({
        recipient,
        flow: managementFlow,
        code,
        endUser: { caller: callerName(caller), address, deviceId },
      });
      return reply.code(204).send(null);
    },
  );
}
