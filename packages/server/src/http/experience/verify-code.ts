import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { codeSchema, errorResponses } from '../schemas.ts';
import {
  type ExperienceDeps,
  flowRequestOf,
  keepFlowKey,
  reachedIdentifierSchema,
  security,
  tags,
  toReached,
  verificationIdSchema,
} from './flow-request.ts';

/** What keeps a code from being right. */
export const codeRefusals = [
  'session.not_found',
  'session.verification_session_not_found',
  'verification_code.not_found',
  'verification_code.code_mismatch',
  'verification_code.expired',
  'verification_code.exceed_max_try',
  'session.verification_blocked_too_many_attempts',
  'request.sign_in_rate_limited',
] as const;

/** `POST /api/experience/verification/verification-code/verify` */
export function verifyCode(app: AppInstance, deps: ExperienceDeps): void {
  app.post(
    '/experience/verification/verification-code/verify',
    {
      schema: {
        tags,
        security,
        summary: 'Verify a code',
        body: z.object({
          identifier: reachedIdentifierSchema,
          verificationId: verificationIdSchema,
          code: codeSchema,
        }),
        response: {
          200: z.object({ verificationId: z.string() }),
          ...errorResponses(...codeRefusals, 'verification_code.phone_mismatch', 'verification_code.email_mismatch'),
        },
      },
    },
    async (request, reply) => {
      const { access, client } = flowRequestOf(request);
      const { identifier, verificationId, code } = request.body;
      const answer = { id: verificationId, recipient: toReached(identifier), code, client };
      keepFlowKey(reply, access, await deps.signInFlows.answerCode(access, answer), deps.settings.publicUrl);
      return { verificationId };
    },
  );
}
