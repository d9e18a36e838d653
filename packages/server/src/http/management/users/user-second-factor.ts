import { z } from 'zod';
import type { SecondFactorWishes, Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userParams } from './user-schemas.ts';

const skipMfaOnSignIn = z
  .boolean()
  .describe('Whether no second code is asked of the user; `Mandatory` asks for it all the same.');
const wishes = z.object({
  mfa: z.object({
    skipped: z
      .boolean()
      .describe('Whether the user was asked at a sign-in whether to have a second factor, and does not want to.'),
    skipMfaOnSignIn,
  }),
  passkeySignIn: z.object({ skipped: z.literal(false).describe('Of Logto’s; there are no passkeys here.') }),
});
const answer = ({ skipsSecondFactor, declinedSecondFactor }: SecondFactorWishes): z.infer<typeof wishes> => ({
  mfa: { skipped: declinedSecondFactor, skipMfaOnSignIn: skipsSecondFactor },
  passkeySignIn: { skipped: false },
});

/** `GET` and `PATCH /api/users/:userId/logto-configs` */
export function userSecondFactor(app: AppInstance, { users }: { users: Users }): void {
  app.get(
    '/users/:userId/logto-configs',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'Get what a user wants of a second factor',
        description: 'By Logto’s name. Users change it themselves, by the Account API and on the account page.',
        params: userParams,
        response: { 200: wishes, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => answer(await users.getWithValidFrom(params.userId)),
  );
  app.patch(
    '/users/:userId/logto-configs',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.set-second-factor', subject: 'user', part: 'second-factor' },
      },
      schema: {
        tags,
        summary: 'Change whether a second code is asked of a user',
        description:
          'By Logto’s name, for example for somebody whose phone is lost. The user can change it again. Sessions that are there stay.',
        params: userParams,
        body: z.object({ mfa: z.object({ skipMfaOnSignIn }) }),
        response: { 200: wishes, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params, body }) => {
      await users.setSkipsSecondFactor(params.userId, body.mfa.skipMfaOnSignIn);
      return answer(await users.getWithValidFrom(params.userId));
    },
  );
}
