import { z } from 'zod';
import { userProfile } from '../../accounts/user-fields.ts';
import { toVisibleProfile } from '../../sign-in/account-fields.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { type AccountDeps, accountRequestOf, tags } from './account-request.ts';

/** `PATCH /api/my-account/profile` */
export function myProfile(app: AppInstance, deps: AccountDeps): void {
  app.patch(
    '/my-account/profile',
    {
      schema: {
        tags,
        summary: 'Change the profile of the signed-in user',
        description:
          'The standard claims of OpenID Connect; those that are left out stay. Takes the scope `profile`, for the address `address` too.',
        body: userProfile,
        response: {
          200: z.record(z.string(), z.unknown()).describe('The profile.'),
          ...errorResponses(
            'account_center.not_enabled',
            'account_center.field_not_editable',
            'request.sign_in_rate_limited',
          ),
        },
      },
    },
    async (request) => {
      const access = accountRequestOf(request);
      return toVisibleProfile(await deps.account.updateProfile(access, request.body), access.scopes);
    },
  );
}
