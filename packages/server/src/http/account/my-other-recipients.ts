import { z } from 'zod';
import type { RecipientKey } from '../../messaging/recipient.ts';
import type { AppInstance } from '../app-instance.ts';
import { type OtherKindOfApi, otherId, otherKinds, otherReply, toOtherReply } from '../other-recipients.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { type AccountDeps, accountRequestOf, readProofOfPerson, tags } from './account-request.ts';

/** `GET` and `POST /api/my-account/other-phones`, `DELETE` and `POST …/make-primary` of one; and of `other-emails`. */
export function myOtherRecipients(app: AppInstance, deps: AccountDeps): void {
  for (const kind of otherKinds) register(app, deps, kind);
}

function register(
  app: AppInstance,
  { account: { others } }: AccountDeps,
  { type, path: last, name, shape, refusals }: OtherKindOfApi,
): void {
  const path = `/my-account/${last}`;
  const takesProof = `Takes the scope \`${type}\`, and in the header \`sesame-verification-id\` (or \`logto-verification-id\`) the verification of the password, or of a number or an address of the account.`;
  const ofChanges = [
    'account_center.field_not_editable',
    'verification_record.permission_denied',
    'request.sign_in_rate_limited',
  ] as const;
  app.get(
    path,
    {
      schema: {
        tags,
        summary: `List the ${name}s that the account has beside the primary one`,
        description: `Those first that were added first. Takes the scope \`${type}\`.`,
        response: { 200: z.array(otherReply(type)), ...errorResponses('account_center.field_not_enabled') },
      },
    },
    async (request) => (await others.list(accountRequestOf(request), type)).map((other) => toOtherReply(type, other)),
  );
  app.post(
    path,
    {
      schema: {
        tags,
        summary: `Add another ${name}`,
        description: `It signs in as the primary one does. ${takesProof} How many there may be is \`otherRecipients\` of the account center.`,
        body: z.object({ ...shape, newIdentifierVerificationRecordId: z.string().min(1).max(64) }),
        response: {
          201: otherReply(type),
          ...errorResponses(
            ...ofChanges,
            'verification_record.not_found',
            'user.too_many_recipients',
            ...(type === 'email' ? blocked : []),
            ...refusals,
          ),
        },
      },
    },
    async (request, reply) => {
      const { newIdentifierVerificationRecordId: proofId, ...named } = request.body;
      const recipient = (named as Record<string, RecipientKey>)[type];
      const personId = readProofOfPerson(request);
      const asked = { type, personId, proofId, ...(recipient && { recipient }) };
      return reply.code(201).send(toOtherReply(type, await others.add(accountRequestOf(request), asked)));
    },
  );
  app.delete(
    `${path}/:otherId`,
    {
      schema: {
        tags,
        summary: `Remove another ${name}`,
        description: `Only where something remains to sign in with. ${takesProof}`,
        params: z.object({ otherId }),
        response: {
          204: noContent,
          ...errorResponses(...ofChanges, 'user.last_sign_in_method_required', 'entity.not_found'),
        },
      },
    },
    async (request, reply) => {
      const meant = { type, id: request.params.otherId, personId: readProofOfPerson(request) };
      await others.remove(accountRequestOf(request), meant);
      return reply.code(204).send(null);
    },
  );
  app.post(
    `${path}/:otherId/make-primary`,
    {
      schema: {
        tags,
        summary: `Make another ${name} the primary one`,
        description: `The one before becomes another. ${takesProof}`,
        params: z.object({ otherId }),
        response: { 204: noContent, ...errorResponses(...ofChanges, 'entity.not_found') },
      },
    },
    async (request, reply) => {
      const meant = { type, id: request.params.otherId, personId: readProofOfPerson(request) };
      await others.makePrimary(accountRequestOf(request), meant);
      return reply.code(204).send(null);
    },
  );
}

const blocked = [
  'session.email_blocklist.email_not_allowed',
  'session.email_blocklist.email_subaddressing_not_allowed',
] as const;
