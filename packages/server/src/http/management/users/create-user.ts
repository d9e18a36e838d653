import { z } from 'zod';
import { checkForeignDigest, digestRefusals } from '../../../accounts/password-digests/read-digest.ts';
import { checkPasswordLength } from '../../../accounts/password-rules/new-password.ts';
import { digestFields, userFields } from '../../../accounts/user-fields.ts';
import { refusalsOf } from '../../../refusals.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { whileAllowed } from '../../while-allowed.ts';
import { newPassword, tags, type UserPasswordDeps, userReply } from './user-schemas.ts';

const newUserFields = z.object({ ...userFields, password: newPassword.optional(), ...digestFields });
type NewUserFields = z.output<typeof newUserFields>;

/** `POST /api/users` */
export function createUser(app: AppInstance, { users, experience, store }: UserPasswordDeps): void {
  app.post(
    '/users',
    {
      config: {
        role: 'operator',
        scope: 'users',
        audit: { action: 'user.create', subject: 'user' },
        async check(fields: Partial<NewUserFields>) {
          const { passwordPolicy } = await experience.read();
          const { password } = fields;
          return [
            ...(await users.refusals(fields)),
            ...digestRefusals(fields),
            ...refusalsOf({
              password: () => password !== undefined && checkPasswordLength(password, passwordPolicy),
            }),
          ];
        },
      },
      schema: {
        tags,
        summary: 'Create a user',
        description:
          'Makes a user. A phone number, an email address and a username belong to one user at most. Of the password policy, the length alone counts. To bring many users along, use `POST /api/users/import` or `npx sesame import`.',
        body: newUserFields,
        response: {
          200: userReply,
          ...errorResponses(
            'user.username_already_in_use',
            'user.phone_already_in_use',
            'user.email_already_in_use',
            'user.password_and_digest',
            'user.password_algorithm_required',
            'password.rejected',
            'password.invalid_legacy_password_format',
            'password.unsupported_legacy_hash_algorithm',
            'phone.cannot_receive_sms',
          ),
        },
      },
    },
    async (request, reply) => {
      const { passwordAlgorithm, ...user } = request.body;
      const passwordDigest = checkForeignDigest({ ...user, passwordAlgorithm });
      if (user.password !== undefined) checkPasswordLength(user.password, (await experience.read()).passwordPolicy);
      return whileAllowed(store, request, reply, (still) => users.create({ ...user, passwordDigest }, () => still));
    },
  );
}
