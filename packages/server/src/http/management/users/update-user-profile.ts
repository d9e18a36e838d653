import { z } from 'zod';
import { userProfile } from '../../../accounts/user-fields.ts';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userParams } from './user-schemas.ts';

/** `PATCH /api/users/:userId/profile` */
export function updateUserProfile(app: AppInstance, { users }: { users: Users }): void {
  app.patch(
    '/users/:userId/profile',
    {
      config: { role: 'operator', scope: 'users', audit: { action: 'user.update-profile', subject: 'user' } },
      schema: {
        tags,
        summary: 'Change the profile of a user',
        description: 'The standard claims of OpenID Connect; those that are left out stay.',
        params: userParams,
        body: z.object({ profile: userProfile }),
        response: {
          200: z.record(z.string(), z.unknown()).describe('The profile.'),
          ...errorResponses('entity.not_found'),
        },
      },
    },
    async ({ params, body }) => (await users.mergeProfile(params.userId, body.profile)).profile,
  );
}
