import { z } from 'zod';
import { readGivenSecret } from '../../../accounts/authenticators.ts';
import { readBackupCodes } from '../../../accounts/backup-codes.ts';
import { ApiError } from '../../../errors.ts';
import { backupCode, totp } from '../../../experience/second-factors.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import {
  givenSecret,
  qrCodeUrl,
  shownSecretReply,
  toVerifications,
  verificationsReply,
} from '../../second-factor-reply.ts';
import { tags, userParams } from './user-schemas.ts';

type Deps = Pick<Services, 'users' | 'backupCodes' | 'authenticators' | 'account'>;

const path = '/users/:userId/mfa-verifications';
const audit = { subject: 'user', part: 'mfa-verifications' };

/** `/api/users/:userId/mfa-verifications` and below. */
export function userMfaVerifications(app: AppInstance, { users, backupCodes, authenticators, account }: Deps): void {
  app.get(
    path,
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'List the authenticator app and the backup codes of a user',
        description: 'Secrets and codes are shown to nobody once they are the user’s.',
        params: userParams,
        response: { 200: verificationsReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId } }) => {
      await users.get(userId);
      return toVerifications({
        authenticator: await authenticators.find(userId),
        backupCodes: await backupCodes.find(userId),
      });
    },
  );
  app.post(
    path,
    {
      config: { role: 'operator', scope: 'users', audit: { action: 'user.add-mfa-verification', ...audit } },
      schema: {
        tags,
        summary: 'Give a user an authenticator app, or backup codes',
        description:
          'Without `secret` or `codes` they are made here, and told this once. A user who has an app, or codes that are unused, keeps those. An app may be given before the policy has `Totp`.',
        params: userParams,
        body: z.discriminatedUnion('type', [
          z.object({
            type: z.literal(totp),
            secret: givenSecret.optional(),
          }),
          z.object({
            type: z.literal(backupCode),
            codes: z
              .array(z.string().max(128))
              .max(50)
              .optional()
              .describe('Ten different codes of ten characters from `0123456789abcdef`.'),
          }),
        ]),
        response: {
          200: z.discriminatedUnion('type', [
            z.object({ type: z.literal(totp), ...shownSecretReply }),
            z.object({ type: z.literal(backupCode), codes: z.array(z.string()) }),
          ]),
          ...errorResponses(
            'entity.not_found',
            'session.mfa.mfa_factor_not_enabled',
            'session.mfa.backup_code_can_not_be_alone',
            'user.totp_already_in_use',
            'user.totp_secret_invalid',
            'user.backup_code_already_in_use',
            'user.wrong_backup_code_format',
          ),
        },
      },
    },
    async ({ params: { userId }, body }, reply) => {
      const user = await users.get(userId);
      reply.header('cache-control', 'no-store');
      if (body.type === totp) {
        const secret = body.secret === undefined ? authenticators.newSecret() : readGivenSecret(body.secret);
        await authenticators.set(userId, { secret, timeStep: 0 }, { isFirst: true });
        return { type: totp, secret, secretQrCode: qrCodeUrl((await authenticators.shown(secret, user)).uri) };
      }
      await account.backupCodes.checkMayHave(userId);
      const codes = body.codes ? readBackupCodes(body.codes) : backupCodes.generate();
      await backupCodes.set(userId, backupCodes.digestsOf(codes, userId), { isFirst: true });
      return { type: backupCode, codes };
    },
  );
  app.delete(
    `${path}/:verificationId`,
    {
      config: { role: 'operator', scope: 'users', audit: { action: 'user.end-mfa-verification', ...audit } },
      schema: {
        tags,
        summary: 'End the authenticator app or the backup codes of a user',
        params: userParams.extend({ verificationId: z.string() }),
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { userId, verificationId } }, reply) => {
      if (!(await account.endFactor(userId, verificationId))) throw new ApiError('entity.not_found');
      return reply.code(204).send(null);
    },
  );
}
