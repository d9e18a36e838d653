import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import {
  codeIdentifierSchema,
  reachedIdentifierSchema,
  toReached,
  toRecipient,
  verificationIdSchema,
} from '../experience/flow-request.ts';
import { localeWishes } from '../locale-wishes.ts';
import { newPassword } from '../management/users/user-schemas.ts';
import { codeSchema, errorResponses } from '../schemas.ts';
import { type AccountDeps, accountRequestOf, tags } from './account-request.ts';

const recordSchema = z.object({
  verificationRecordId: z.string(),
  expiresAt: z.iso.datetime().describe('Until then it has to be completed, or is good.'),
});

/** `POST /api/verifications/password`, `…/verification-code` and `…/verification-code/verify` */
export function verifications(app: AppInstance, deps: AccountDeps): void {
  const { account, users } = deps;
  app.post(
    '/verifications/password',
    {
      schema: {
        tags,
        summary: 'Verify the password of the signed-in user',
        body: z.object({ password: newPassword }),
        response: {
          201: recordSchema,
          ...errorResponses('session.invalid_credentials', 'request.sign_in_rate_limited', 'system.busy'),
        },
      },
    },
    async (request, reply) => {
      const access = accountRequestOf(request);
      const id = await account.checkPassword(access, request.body.password);
      return reply.code(201).send(toRecord(id, await account.expiryOf(access, id)));
    },
  );
  app.post(
    '/verifications/verification-code',
    {
      schema: {
        tags,
        summary: 'Send a code to the current number or address, or to one to be linked',
        description:
          'The usage type is BindNewIdentifier for a number or an address that the account does not have; for its own what `templateType` says, or UserPermissionValidation. Nothing goes out to one that cannot be linked: where users may not change it that is refused, and where the token may not see what the account has, the answer is the same. The language is that of `profile.locale`, else of `Accept-Language`, as far as there is a template in it.',
        body: z.object({
          identifier: codeIdentifierSchema,
          templateType: z.enum(['UserPermissionValidation', 'BindMfa']).optional(),
        }),
        response: {
          201: recordSchema,
          ...errorResponses(
            'account_center.field_not_editable',
            'phone.cannot_receive_sms',
            'session.email_blocklist.email_not_allowed',
            'session.email_blocklist.email_subaddressing_not_allowed',
            'phone.country_not_served',
            'request.sending_paused',
            'request.message_rate_limited',
            'connector.not_found',
            'connector.general',
          ),
        },
      },
    },
    async (request, reply) => {
      const access = accountRequestOf(request);
      const { identifier, templateType: usageType } = request.body;
      const user = await users.get(access.userId);
      const locales = localeWishes({ user, acceptLanguage: request.headers['accept-language'] });
      const { application, applicationId } = access;
      const wording = { locales, application, asker: { through: 'account-api' as const, applicationId } };
      const recipient = toRecipient(identifier);
      const { id, codeExpiresAt } = await account.sendCode(access, { recipient, usageType, wording });
      return reply.code(201).send(toRecord(id, codeExpiresAt));
    },
  );
  app.post(
    '/verifications/verification-code/verify',
    {
      schema: {
        tags,
        summary: 'Verify a code',
        body: z.object({
          identifier: reachedIdentifierSchema,
          verificationId: verificationIdSchema,
          code: codeSchema,
        }),
        response: {
          200: z.object({ verificationRecordId: z.string() }),
          ...errorResponses(
            'verification_record.not_found',
            'verification_code.not_found',
            'verification_code.code_mismatch',
            'verification_code.phone_mismatch',
            'verification_code.email_mismatch',
            'verification_code.expired',
            'verification_code.exceed_max_try',
            'session.verification_blocked_too_many_attempts',
            'request.sign_in_rate_limited',
          ),
        },
      },
    },
    async (request) => {
      const access = accountRequestOf(request);
      const { identifier, verificationId, code } = request.body;
      await account.answerCode(access, { id: verificationId, recipient: toReached(identifier), code });
      return { verificationRecordId: verificationId };
    },
  );
}

const toRecord = (verificationRecordId: string, expiresAt: number) => ({
  verificationRecordId,
  expiresAt: new Date(expiresAt).toISOString(),
});
