import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userParams } from './user-schemas.ts';

/** `GET /api/users/:userId/logto-configs` */
export function getSecondFactor(app: AppInstance, { users }: { users: Users }): void {
  app.get(
    '/users/:userId/logto-configs',
    {
      config: { role: 'viewer', scope: 'users:read' },
      schema: {
        tags,
        summary: 'Get what a user wants of a second factor',
        description: 'By Logto’s name. Users change it themselves, by the Account API and on the account page.',
        params: userParams,
        response: {
          200: z.object({
            mfa: z.object({
              skipped: z.literal(false).describe('Of Logto’s; nobody is asked whether to.'),
              skipMfaOnSignIn: z
                .boolean()
                .describe('Whether the user wants no second code; `Mandatory` asks for it all the same.'),
            }),
            passkeySignIn: z.object({ skipped: z.literal(false).describe('Of Logto’s; there are no passkeys here.') }),
          }),
          ...errorResponses('entity.not_found'),
        },
      },
    },
    async ({ params }) => {
      const { skipsSecondFactor: skipMfaOnSignIn } = await users.getWithValidFrom(params.userId);
      return { mfa: { skipped: false as const, skipMfaOnSignIn }, passkeySignIn: { skipped: false as const } };
    },
  );
}
