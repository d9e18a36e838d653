import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { userFields, userReply } from '../management/users/user-schemas.ts';
import { errorResponses } from '../schemas.ts';
import { type AccountDeps, readAccountRequest, tags } from './account-request.ts';

/** `GET /api/my-account` and `PATCH /api/my-account` */
export function myAccount(app: AppInstance, deps: AccountDeps): void {
  const { users } = deps;
  app.get(
    '/my-account',
    { schema: { tags, summary: 'Get the signed-in user', response: { 200: userReply, ...errorResponses() } } },
    async (request, reply) => users.get((await readAccountRequest(request, reply, deps)).userId),
  );
  app.patch(
    '/my-account',
    {
      schema: {
        tags,
        summary: 'Change the name or the username of the signed-in user',
        body: z.object({ name: userFields.name, username: userFields.username }),
        response: { 200: userReply, ...errorResponses('user.username_already_in_use') },
      },
    },
    async (request, reply) => {
      const { userId } = await readAccountRequest(request, reply, deps);
      return users.update(userId, request.body);
    },
  );
}
