import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { type AccountDeps, accountRequestOf, readProofOfPerson, tags } from './account-request.ts';

const settings = z.object({
  skipMfaOnSignIn: z
    .boolean()
    .describe('Whether the user wants no second code. Where the policy is `Mandatory`, it is asked for all the same.'),
});

/** `GET` and `PATCH /api/my-account/mfa-settings` */
export function mySecondFactor(app: AppInstance, { account }: AccountDeps): void {
  app.get(
    '/my-account/mfa-settings',
    {
      schema: {
        tags,
        summary: 'Get whether signing in takes a second code',
        description: 'Takes the scope `identities`.',
        response: { 200: settings, ...errorResponses('account_center.field_not_enabled') },
      },
    },
    async (request) => ({ skipMfaOnSignIn: await account.skipsSecondFactor(accountRequestOf(request)) }),
  );
  app.patch(
    '/my-account/mfa-settings',
    {
      schema: {
        tags,
        summary: 'Change whether signing in takes a second code',
        description:
          'Takes the scope `identities`, and a verification of the person in the header `sesame-verification-id`.',
        body: settings,
        response: {
          200: settings,
          ...errorResponses(
            'account_center.field_not_editable',
            'verification_record.permission_denied',
            'request.sign_in_rate_limited',
          ),
        },
      },
    },
    async (request) => {
      const { skipMfaOnSignIn } = request.body;
      await account.setSkipsSecondFactor(accountRequestOf(request), skipMfaOnSignIn, readProofOfPerson(request));
      return { skipMfaOnSignIn };
    },
  );
}
