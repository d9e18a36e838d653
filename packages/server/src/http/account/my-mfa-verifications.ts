import { z } from 'zod';
import { ApiError } from '../../errors.ts';
import { backupCode, totp } from '../../experience/second-factors.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { givenSecret, shownSecretReply, toVerifications, verificationsReply } from '../second-factor-reply.ts';
import { type AccountDeps, accountRequestOf, readProofOfPerson, tags } from './account-request.ts';

const refusals = [
  'account_center.field_not_editable',
  'verification_record.permission_denied',
  'request.sign_in_rate_limited',
] as const;
const refusalsOfNew = [
  ...refusals,
  'session.mfa.mfa_factor_not_enabled',
  'session.mfa.invalid_totp_code',
  'user.totp_secret_invalid',
] as const;

const path = '/my-account/mfa-verifications';
const takes = 'Takes the scope `identities`, and a verification of the person in the header `sesame-verification-id`.';
const codeSchema = z.string().min(1).max(128).describe('A code that the app shows now.');

/** `/api/my-account/mfa-verifications` and below. */
export function myMfaVerifications(app: AppInstance, { account }: AccountDeps): void {
  const { authenticators, backupCodes } = account;
  app.get(
    path,
    {
      schema: {
        tags,
        summary: 'List the authenticator app and the backup codes of the account',
        description:
          'Takes the scope `identities`. Secrets and codes are shown to nobody once they are the account’s; a number and an address stand in the account itself.',
        response: { 200: verificationsReply, ...errorResponses('account_center.field_not_enabled') },
      },
    },
    async (request) => {
      const access = accountRequestOf(request);
      return toVerifications({
        authenticator: await authenticators.find(access),
        backupCodes: await backupCodes.find(access),
      });
    },
  );
  app.post(
    `${path}/totp-secret/generate`,
    {
      schema: {
        tags,
        summary: 'Make a secret for an authenticator app to show',
        description: 'It is nobody’s before it was given to the account.',
        response: { 200: z.object({ secret: shownSecretReply.secret }), ...errorResponses() },
      },
    },
    async (_, reply) => {
      reply.header('cache-control', 'no-store');
      return { secret: authenticators.newSecret() };
    },
  );
  app.post(
    `${path}/backup-codes/generate`,
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
    path,
    {
      schema: {
        tags,
        summary: 'Give the account an authenticator app, or backup codes, that were shown',
        description: `${takes} Where there is an app, or codes that are unused, delete them first.`,
        body: z.discriminatedUnion('type', [
          z.object({ type: z.literal(totp), secret: givenSecret, code: codeSchema.optional() }),
          z.object({ type: z.literal(backupCode), codes: z.array(z.string().max(128)).max(50) }),
        ]),
        response: {
          204: noContent,
          ...errorResponses(
            ...refusalsOfNew,
            'user.totp_already_in_use',
            'session.mfa.backup_code_can_not_be_alone',
            'user.backup_code_already_in_use',
            'user.wrong_backup_code_format',
          ),
        },
      },
    },
    async (request, reply) => {
      const { body } = request;
      const [access, personId] = [accountRequestOf(request), readProofOfPerson(request)];
      if (body.type === totp) await authenticators.add(access, body, { personId, isFirst: true });
      else await backupCodes.add(access, body.codes, personId);
      return reply.code(204).send(null);
    },
  );
  app.put(
    `${path}/totp`,
    {
      schema: {
        tags,
        summary: 'Give the account an authenticator app, in place of the one before',
        description: takes,
        body: z.object({ secret: givenSecret, code: codeSchema }),
        response: { 204: noContent, ...errorResponses(...refusalsOfNew) },
      },
    },
    async (request, reply) => {
      const personId = readProofOfPerson(request);
      await authenticators.add(accountRequestOf(request), request.body, { personId, isFirst: false });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    `${path}/:verificationId`,
    {
      schema: {
        tags,
        summary: 'End the authenticator app or the backup codes of the account',
        description: `${takes} Codes end with the last thing that they stand in for.`,
        params: z.object({ verificationId: z.string() }),
        response: { 204: noContent, ...errorResponses(...refusals, 'verification_record.not_found') },
      },
    },
    async (request, reply) => {
      const { verificationId } = request.params;
      const access = accountRequestOf(request);
      if (!(await account.endOwnFactor(access, verificationId, readProofOfPerson(request)))) {
        throw new ApiError('verification_record.not_found');
      }
      return reply.code(204).send(null);
    },
  );
}
