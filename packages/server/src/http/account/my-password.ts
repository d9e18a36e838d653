import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { newPassword } from '../management/users/user-schemas.ts';
import { errorResponses, noContent } from '../schemas.ts';
import { type AccountDeps, accountRequestOf, readProofOfPerson, tags } from './account-request.ts';

/** `POST /api/my-account/password` */
export function myPassword(app: AppInstance, deps: AccountDeps): void {
  app.post(
    '/my-account/password',
    {
      schema: {
        tags,
        summary: 'Set or change the password',
        description: 'Takes a verification of the person in the header `sesame-verification-id`.',
        body: z.object({ password: newPassword }),
        response: {
          204: noContent,
          ...errorResponses(
            'account_center.field_not_editable',
            'verification_record.permission_denied',
            'password.rejected',
            'user.same_password',
            'request.sign_in_rate_limited',
            'system.busy',
          ),
        },
      },
    },
    async (request, reply) => {
      const access = accountRequestOf(request);
      const { password } = request.body;
      await deps.account.setPassword(access, { personId: readProofOfPerson(request), password });
      return reply.code(204).send(null);
    },
  );
}
