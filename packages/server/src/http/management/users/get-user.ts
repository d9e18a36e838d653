import type { Users } from '../../../accounts/users.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userParams, userReply } from './user-schemas.ts';

/** `GET /api/users/:userId` */
export function getUser(app: AppInstance, { users }: { users: Users }): void {
  app.get(
    '/users/:userId',
    {
      config: { role: 'viewer' },
      schema: {
        tags,
        summary: 'Get a user',
        description: 'The user with this id.',
        params: userParams,
        response: { 200: userReply, ...errorResponses('entity.not_found') },
      },
    },
    ({ params }) => users.get(params.userId),
  );
}
