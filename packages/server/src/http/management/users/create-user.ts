import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { newPassword, tags, userFields, userReply } from './user-schemas.ts';

/** `POST /api/users` */
export function createUser(app: AppInstance, { users }: { users: Users }): void {
  app.post(
    '/users',
    {
      config: { role: 'operator', audit: { action: 'user.create', subject: 'user' } },
      schema: {
        tags,
        summary: 'Create a user',
        description: 'Makes a user. A phone number and a username belong to one user at most.',
        body: z.object({ ...userFields, password: newPassword.optional() }),
        response: {
          200: userReply,
          ...errorResponses('user.username_already_in_use', 'user.phone_already_in_use', 'password.rejected'),
        },
      },
    },
    ({ body }) => users.create(body),
  );
}
