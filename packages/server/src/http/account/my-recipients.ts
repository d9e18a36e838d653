import { z } from 'zod';
import type { ErrorCode } from '../../errors.ts';
import type { CodeIdentifier } from '../../experience/methods.ts';
import { type RecipientKey, recipientOfEmail, recipientOfPhone } from '../../messaging/recipient.ts';
import type { AppInstance } from '../app-instance.ts';
import { emailSchema, errorResponses, noContent, phoneSchema } from '../schemas.ts';
import { type AccountDeps, accountRequestOf, readProofOfPerson, tags } from './account-request.ts';

/** What the operations of a number and of an address do not have in common. */
type Kind = {
  type: CodeIdentifier;
  path: string;
  name: string;
  shape: Record<string, z.ZodType<RecipientKey>>;
  refusals: ErrorCode[];
};

const kinds: readonly Kind[] = [
  {
    type: 'phone',
    path: '/my-account/primary-phone',
    name: 'phone number',
    shape: { phone: phoneSchema.transform(recipientOfPhone) },
    refusals: ['user.phone_already_in_use'],
  },
  {
    type: 'email',
    path: '/my-account/primary-email',
    name: 'email address',
    shape: { email: emailSchema.transform(recipientOfEmail) },
    refusals: [
      'user.email_already_in_use',
      'session.email_blocklist.email_not_allowed',
      'session.email_blocklist.email_subaddressing_not_allowed',
    ],
  },
];

/** `POST` and `DELETE` of `/api/my-account/primary-phone` and `/api/my-account/primary-email` */
export function myRecipients(app: AppInstance, deps: AccountDeps): void {
  for (const kind of kinds) register(app, deps, kind);
}

function register(app: AppInstance, deps: AccountDeps, { type, path, name, shape, refusals }: Kind): void {
  app.post(
    path,
    {
      schema: {
        tags,
        summary: `Link or change the ${name}`,
        description: `Takes the scope \`${type}\`, the verification of the new ${name}, and in the header \`sesame-verification-id\` (or \`logto-verification-id\`) that of the password, or of the current number or address.`,
        body: z.object({ ...shape, newIdentifierVerificationRecordId: z.string().min(1).max(64) }),
        response: {
          204: noContent,
          ...errorResponses(
            'account_center.field_not_editable',
            'verification_record.permission_denied',
            'verification_record.not_found',
            'request.sign_in_rate_limited',
            ...refusals,
          ),
        },
      },
    },
    async (request, reply) => {
      const access = accountRequestOf(request);
      const { newIdentifierVerificationRecordId: proofId, ...named } = request.body;
      const recipient = (named as Record<string, RecipientKey>)[type];
      const personId = readProofOfPerson(request);
      await deps.account.replaceRecipient(access, { type, personId, proofId, ...(recipient && { recipient }) });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    path,
    {
      schema: {
        tags,
        summary: `Remove the ${name}`,
        description: `Only where something remains to sign in with. Takes the scope \`${type}\`, and a verification of the person in the header \`sesame-verification-id\`.`,
        response: {
          204: noContent,
          ...errorResponses(
            'account_center.field_not_editable',
            'verification_record.permission_denied',
            'user.last_sign_in_method_required',
            'request.sign_in_rate_limited',
          ),
        },
      },
    },
    async (request, reply) => {
      const access = accountRequestOf(request);
      await deps.account.removeRecipient(access, type, readProofOfPerson(request));
      return reply.code(204).send(null);
    },
  );
}
