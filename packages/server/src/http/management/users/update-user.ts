import { z } from 'zod';
import { userFields } from '../../../accounts/user-fields.ts';
import type { UserFields } from '../../../accounts/user-record.ts';
import type { Users } from '../../../accounts/users.ts';
import { ApiError } from '../../../errors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { toActor } from '../../audit.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userParams, userReply } from './user-schemas.ts';

/** `PATCH /api/users/:userId` */
export function updateUser(app: AppInstance, { users }: { users: Users }): void {
  app.patch(
    '/users/:userId',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.update', subject: 'user' },
        check: (fields: UserFields, { params }) =>
          users.refusals(fields, (params as z.infer<typeof userParams>).userId),
      },
      schema: {
        tags,
        summary: 'Change a user',
        description: 'Changes the fields that are given; `null` takes a field away.',
        params: userParams,
        body: z.object(userFields),
        response: {
          200: userReply,
          ...errorResponses(
            'entity.not_found',
            'entity.invalid_input',
            'user.username_already_in_use',
            'user.phone_already_in_use',
            'user.email_already_in_use',
          ),
        },
      },
    },
    async ({ params, body, caller }) => {
      if (Object.values(body).some((value) => value !== undefined)) {
        return users.update(params.userId, body, caller && toActor(caller));
      }
      await users.get(params.userId);
      throw new ApiError('entity.invalid_input');
    },
  );
}
