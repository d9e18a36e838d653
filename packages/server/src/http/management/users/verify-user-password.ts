import { z } from 'zod';
import type { Users } from '../../../accounts/users.ts';
import { ApiError } from '../../../errors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { tags, userParams } from './user-schemas.ts';

/** `POST /api/users/:userId/password/verify` */
export function verifyUserPassword(app: AppInstance, { users }: { users: Users }): void {
  app.post(
    '/users/:userId/password/verify',
    {
      config: { role: 'operator', scope: 'users' },
      schema: {
        tags,
        summary: 'Check the password of a user',
        description:
          'Whether this is the password that the user has. Limiting how often people may try is up to the caller.',
        params: userParams,
        body: z.object({ password: z.string().min(1).max(1024).describe('What the user typed.') }),
        response: { 204: noContent, ...errorResponses('entity.not_found', 'session.invalid_credentials') },
      },
    },
    async (request, reply) => {
      const { params, body } = request;
      await users.get(params.userId);
      const isRight = await users.isPassword(params.userId, body.password, 'back end');
      // A digest takes its time, and whoever asks may have been removed meanwhile.
      await request.admit(reply);
      if (!isRight) throw new ApiError('session.invalid_credentials');
      return reply.code(204).send(null);
    },
  );
}
