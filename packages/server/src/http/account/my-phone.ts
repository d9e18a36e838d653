import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses, noContent, phoneSchema } from '../schemas.ts';
import { type AccountDeps, readAccountRequest, readProofOfPerson, tags } from './account-request.ts';

/** `POST /api/my-account/primary-phone` and `DELETE /api/my-account/primary-phone` */
export function myPhone(app: AppInstance, deps: AccountDeps): void {
  const { account } = deps;
  app.post(
    '/my-account/primary-phone',
    {
      schema: {
        tags,
        summary: 'Link or change the phone number',
        description:
          'Takes the scope `phone`, the verification of the new number, and in the header `sesame-verification-id` (or `logto-verification-id`) that of the password or of the current number.',
        body: z.object({ phone: phoneSchema, newIdentifierVerificationRecordId: z.string().min(1).max(64) }),
        response: {
          204: noContent,
          ...errorResponses(
            'account_center.field_not_editable',
            'verification_record.permission_denied',
            'verification_record.not_found',
            'user.phone_already_in_use',
          ),
        },
      },
    },
    async (request, reply) => {
      const access = await readAccountRequest(request, reply, deps);
      const { phone, newIdentifierVerificationRecordId: phoneId } = request.body;
      await account.replacePhone(access, { personId: readProofOfPerson(request), phoneId, phone });
      return reply.code(204).send(null);
    },
  );
  app.delete(
    '/my-account/primary-phone',
    {
      schema: {
        tags,
        summary: 'Remove the phone number',
        description:
          'Only where something remains to sign in with. Takes the scope `phone`, and a verification of the person in the header `sesame-verification-id`.',
        response: {
          204: noContent,
          ...errorResponses(
            'account_center.field_not_editable',
            'verification_record.permission_denied',
            'user.last_sign_in_method_required',
          ),
        },
      },
    },
    async (request, reply) => {
      const access = await readAccountRequest(request, reply, deps);
      await account.removePhone(access, readProofOfPerson(request));
      return reply.code(204).send(null);
    },
  );
}
