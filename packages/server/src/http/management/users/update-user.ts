import { z } from 'zod';
import { userFields } from '../../../accounts/user-fields.ts';
import type { UserFields } from '../../../accounts/user-record.ts';
import { ApiError } from '../../../errors.ts';
import { factorTypes } from '../../../experience/second-factors.ts';
import type { Services } from '../../../services.ts';
import { endingIdleBackupCodes } from '../../../store/backup-codes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { toActor } from '../../audit.ts';
import { errorResponses } from '../../schemas.ts';
import { tags, userParams, userReply } from './user-schemas.ts';

/** `PATCH /api/users/:userId` */
export function updateUser(
  app: AppInstance,
  { users, experience, store }: Pick<Services, 'users' | 'experience' | 'store'>,
): void {
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
        const { mfa } = await experience.read();
        const ending = endingIdleBackupCodes(store, params.userId, factorTypes(mfa));
        return users.update(params.userId, body, caller && toActor(caller), ending);
      }
      await users.get(params.userId);
      throw new ApiError('entity.invalid_input');
    },
  );
}
