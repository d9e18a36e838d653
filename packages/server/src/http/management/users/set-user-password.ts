import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { newPassword, tags, userParams, userReply } from './user-schemas.ts';

/** `PATCH /api/users/:userId/password` */
export function setUserPassword(app: AppInstance, { users }: { users: Users }): void {
  app.patch(
    '/users/:userId/password',
    {
      config: { audit: { action: 'user.set-password', subject: 'user' } },
      schema: {
        tags,
        summary: 'Set the password of a user',
        description: 'Sets the password, whether or not there was one.',
        params: userParams,
        body: z.object({ password: newPassword }),
        response: { 200: userReply, ...errorResponses('entity.not_found', 'password.rejected') },
      },
    },
    ({ params, body }) => users.setPassword(params.userId, body.password),
  );
}
