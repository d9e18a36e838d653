import { z } from 'zod';
import { readBackupCodes } from '../../../accounts/backup-codes.ts';
import { ApiError } from '../../../errors.ts';
import { backupCode } from '../../../experience/second-factors.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { toVerifications, verificationsReply } from '../../second-factor-reply.ts';
import { tags, userParams } from './user-schemas.ts';

type Deps = Pick<Services, 'users' | 'backupCodes' | 'account'>;

/** `/api/users/:userId/mfa-verifications` and below. */
export function userBackupCodes(app: AppInstance, { users, backupCodes, account }: Deps): void {
  app.get(
    '/users/:userId/mfa-verifications',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'List what stands in for a second code of a user',
        description: 'Backup codes are the only kind; what they are is shown to nobody once they were made.',
        params: userParams,
        response: { 200: verificationsReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => {
      await users.get(params.userId);
      return toVerifications(await backupCodes.find(params.userId));
    },
  );
  app.post(
    '/users/:userId/mfa-verifications',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.add-backup-codes', subject: 'user', part: 'backup-codes' },
      },
      schema: {
        tags,
        summary: 'Give a user backup codes',
        description:
          'Without `codes` they are made here, and told this once. A user who has some that are unused keeps those.',
        params: userParams,
        body: z.object({
          type: z.literal(backupCode),
          codes: z
            .array(z.string().max(128))
            .max(50)
            .optional()
            .describe('Ten different codes of ten characters from `0123456789abcdef`.'),
        }),
        response: {
          200: z.object({ type: z.literal(backupCode), codes: z.array(z.string()) }),
          ...errorResponses(
            'entity.not_found',
            'session.mfa.mfa_factor_not_enabled',
            'session.mfa.backup_code_can_not_be_alone',
            'user.backup_code_already_in_use',
            'user.wrong_backup_code_format',
          ),
        },
      },
    },
    async ({ params: { userId }, body }, reply) => {
      await users.get(userId);
      await account.backupCodes.checkMayHave(userId);
      const codes = body.codes ? readBackupCodes(body.codes) : backupCodes.generate();
      await backupCodes.set(userId, backupCodes.digestsOf(codes, userId), { isFirst: true });
      reply.header('cache-control', 'no-store');
      return { type: backupCode, codes };
    },
  );
  app.delete(
    '/users/:userId/mfa-verifications/:verificationId',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.end-backup-codes', subject: 'user', part: 'backup-codes' },
      },
      schema: {
        tags,
        summary: 'End the backup codes of a user',
        params: userParams.extend({ verificationId: z.string() }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId, verificationId } }, reply) => {
      if (!(await backupCodes.end(userId, verificationId))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
