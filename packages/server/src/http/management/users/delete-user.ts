import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { tags, userParams } from './user-schemas.ts';

/** `DELETE /api/users/:userId` */
export function deleteUser(app: AppInstance, { users }: { users: Users }): void {
  app.delete(
    '/users/:userId',
    {
      config: { role: 'operator', scope: 'users', audit: { action: 'user.delete', subject: 'user' } },
      schema: {
        tags,
        summary: 'Delete a user',
        description:
          'Deletes a user for good, and signs them out everywhere. The phone number and the username can be used again.',
        params: userParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }, reply) => {
      await users.delete(params.userId);
      return reply.code(204).send(null);
    },
  );
}
