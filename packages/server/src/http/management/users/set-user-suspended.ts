import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userParams, userReply } from './user-schemas.ts';

/** `PATCH /api/users/:userId/is-suspended` */
export function setUserSuspended(app: AppInstance, { users }: { users: Users }): void {
  app.patch(
    '/users/:userId/is-suspended',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.set-suspended', subject: 'user', details: ['isSuspended'] },
      },
      schema: {
        tags,
        summary: 'Suspend a user, or take it back',
        description: 'A suspended user is signed out everywhere at once, and cannot sign in.',
        params: userParams,
        body: z.object({ isSuspended: z.boolean() }),
        response: { 200: userReply, ...errorResponses('entity.not_found') },
      },
    },
    ({ params, body }) => users.setSuspended(params.userId, body.isSuspended),
  );
}
