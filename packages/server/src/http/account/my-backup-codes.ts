import { z } from 'zod';
import { backupCode } from '../../experience/second-factors.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { toVerifications, verificationsReply } from '../second-factor-reply.ts';
import { type AccountDeps, accountRequestOf, readProofOfPerson, tags } from './account-request.ts';

const refusals = [
  'account_center.field_not_editable',
  'verification_record.permission_denied',
  'request.sign_in_rate_limited',
] as const;

/** `/api/my-account/mfa-verifications` and below. */
export function myBackupCodes(app: AppInstance, { account: { backupCodes } }: AccountDeps): void {
  app.get(
    '/my-account/mfa-verifications',
    {
      schema: {
        tags,
        summary: 'List what stands in for a second code',
        description:
          'Takes the scope `identities`. Backup codes are the only kind; what they are is shown to nobody once they were made.',
        response: { 200: verificationsReply, ...errorResponses('account_center.field_not_enabled') },
      },
    },
    async (request) => toVerifications(await backupCodes.find(accountRequestOf(request))),
  );
  app.post(
    '/my-account/mfa-verifications/backup-codes/generate',
    {
      schema: {
        tags,
        summary: 'Make backup codes to show',
        description: 'They are nobody’s before they were given to the account.',
        response: { 200: z.object({ codes: z.array(z.string()) }), ...errorResponses() },
      },
    },
    async () => ({ codes: backupCodes.generate() }),
  );
  app.post(
    '/my-account/mfa-verifications',
    {
      schema: {
        tags,
        summary: 'Give the account backup codes that were shown',
        description:
          'Takes the scope `identities`, and a verification of the person in the header `sesame-verification-id`. Where there are some that are unused, delete them first.',
        body: z.object({ type: z.literal(backupCode), codes: z.array(z.string().max(128)).max(50) }),
        response: {
          204: noContent,
          ...errorResponses(
            ...refusals,
            'session.mfa.mfa_factor_not_enabled',
            'session.mfa.backup_code_can_not_be_alone',
            'user.backup_code_already_in_use',
            'user.wrong_backup_code_format',
          ),
        },
      },
    },
    async (request, reply) => {
      await backupCodes.add(accountRequestOf(request), request.body.codes, readProofOfPerson(request));
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/my-account/mfa-verifications/:verificationId',
    {
      schema: {
        tags,
        summary: 'End the backup codes of the account',
        description:
          'Takes the scope `identities`, and a verification of the person in the header `sesame-verification-id`.',
        params: z.object({ verificationId: z.string() }),
        response: { 204: noContent, ...errorResponses(...refusals, 'verification_record.not_found') },
      },
    },
    async (request, reply) => {
      const { verificationId } = request.params;
      await backupCodes.end(accountRequestOf(request), verificationId, readProofOfPerson(request));
      return reply.code(204).send(null);
    },
  );
}
