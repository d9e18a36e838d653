import { z } from 'zod';
import { userFields } from '../../accounts/user-fields.ts';
import { type UserFields, userRefusals } from '../../accounts/user-record.ts';
import { toVisible } from '../../sign-in/account-fields.ts';
import type { AppInstance } from '../app-instance.ts';
import { userReply } from '../management/users/user-schemas.ts';
import { errorResponses } from '../schemas.ts';
import { type AccountDeps, accountRequestOf, readProofOfPerson, tags } from './account-request.ts';

const accountReply = userReply
  .partial()
  .required({ id: true })
  .extend({
    hasSecurityVerificationMethod: z
      .boolean()
      .describe('Whether there is a password, a number or an address to prove it with.'),
  })
  .describe('The user, without what the token may not see and what `GET /api/account-center` has switched off.');

/** `GET /api/my-account` and `PATCH /api/my-account` */
export function myAccount(app: AppInstance, deps: AccountDeps): void {
  app.get(
    '/my-account',
    {
      schema: {
        tags,
        summary: 'Get the signed-in user',
        description:
          'The scope `profile` shows name, username and profile; `phone` the number; `email` the address; `custom_data` the custom data; `address` and `identities` what they are called.',
        response: { 200: accountReply, ...errorResponses('account_center.not_enabled') },
      },
    },
    async (request) => {
      const { userId, center, scopes } = accountRequestOf(request);
      return toVisible(await deps.users.get(userId), center, scopes);
    },
  );
  app.patch(
    '/my-account',
    {
      config: { check: (fields: UserFields) => userRefusals(fields) },
      schema: {
        tags,
        summary: 'Change name, picture, username or custom data of the signed-in user',
        description:
          'Takes the scope `profile`, for custom data `custom_data` too. A username takes a verification of the person in the header `sesame-verification-id`; it can be removed only where something else remains to sign in with.',
        body: z.strictObject({
          name: userFields.name,
          username: userFields.username,
          customData: userFields.customData,
          avatar: userFields.avatar,
        }),
        response: {
          200: accountReply,
          ...errorResponses(
            'account_center.not_enabled',
            'account_center.field_not_editable',
            'entity.invalid_input',
            'verification_record.permission_denied',
            'user.last_sign_in_method_required',
            'user.username_already_in_use',
            'request.sign_in_rate_limited',
          ),
        },
      },
    },
    async (request) => {
      const access = accountRequestOf(request);
      const user = await deps.account.update(access, request.body, readProofOfPerson(request));
      return toVisible(user, access.center, access.scopes);
    },
  );
}
