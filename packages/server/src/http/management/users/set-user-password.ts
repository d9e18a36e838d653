import { z } from 'zod';
import { checkPasswordLength } from '../../../accounts/password-rules/new-password.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { whileAllowed } from '../../while-allowed.ts';
import { newPassword, tags, type UserPasswordDeps, userParams, userReply } from './user-schemas.ts';

/** `PATCH /api/users/:userId/password` */
export function setUserPassword(app: AppInstance, { users, experience, store }: UserPasswordDeps): void {
  app.patch(
    '/users/:userId/password',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.set-password', subject: 'user', replaces: ['password'] },
      },
      schema: {
        tags,
        summary: 'Set the password of a user',
        description:
          'Sets the password, whether or not there was one. Of the password policy, the length alone counts.',
        params: userParams,
        body: z.object({ password: newPassword }),
        response: { 200: userReply, ...errorResponses('entity.not_found', 'password.rejected') },
      },
    },
    async (request, reply) => {
      const { params, body } = request;
      const { password } = body;
      checkPasswordLength(password, (await experience.read()).passwordPolicy);
      return whileAllowed(store, request, reply, (alongside) =>
        users.setPassword(params.userId, password, { alongside, urgency: 'back end' }),
      );
    },
  );
}
