import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { type ExperienceDeps, flowRequestOf, keepFlowKey, security, tags } from './flow-request.ts';

const refusals = [
  'session.not_found',
  'session.invalid_interaction_type',
  'session.identifier_not_found',
  'session.verification_failed',
  'session.verification_session_not_found',
  'session.mfa.mfa_factor_not_enabled',
  'user.suspended',
] as const;

/** `POST /api/experience/verification/backup-code/generate` and `…/verify` */
export function backupCodes(app: AppInstance, { signInFlows, settings }: ExperienceDeps): void {
  app.post(
    '/experience/verification/backup-code/generate',
    {
      schema: {
        tags,
        security,
        summary: 'Make backup codes',
        description:
          'Where submitting asks for them (422 `session.mfa.backup_code_required`). Show them: they are told this once. They are the account’s once they were added with `POST /api/experience/profile/mfa` and the interaction was submitted. An account that has unused ones keeps them: another sign-in may have shown them meanwhile.',
        response: {
          200: z.object({ verificationId: z.string(), codes: z.array(z.string()) }),
          ...errorResponses(
            ...refusals,
            'session.mfa.require_mfa_verification',
            'session.mfa.backup_code_can_not_be_alone',
            'user.backup_code_already_in_use',
          ),
        },
      },
    },
    async (request, reply) => {
      const { id: verificationId, codes } = await signInFlows.backupCodes.generate(flowRequestOf(request).access);
      reply.header('cache-control', 'no-store');
      return { verificationId, codes };
    },
  );
  app.post(
    '/experience/verification/backup-code/verify',
    {
      schema: {
        tags,
        security,
        summary: 'Use up a backup code in place of a second code',
        description:
          'After `POST /api/experience/identification` in a sign-in, where submitting asks for a second code (403 `session.mfa.require_mfa_verification`). Each code is good once.',
        body: z.object({ code: z.string().min(1).max(128) }),
        response: {
          200: z.object({ verificationId: z.string() }),
          ...errorResponses(
            ...refusals,
            'session.mfa.invalid_backup_code',
            'session.verification_blocked_too_many_attempts',
            'request.sign_in_rate_limited',
          ),
        },
      },
    },
    async (request, reply) => {
      const { access, client } = flowRequestOf(request);
      const { id, key } = await signInFlows.backupCodes.verify(access, { code: request.body.code, client });
      keepFlowKey(reply, access, key, settings.publicUrl);
      return { verificationId: id };
    },
  );
}
