import { z } from 'zod';
import { findPasswordIssues } from '../../../accounts/password-rules/new-password.ts';
import { ApiError } from '../../../errors.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, errorSchema } from '../../schemas.ts';
import { newPassword, type UserPasswordDeps } from '../users/user-schemas.ts';

const issueSchema = z.object({
  code: z.string(),
  interpolation: z.object({ min: z.int().optional(), max: z.int().optional() }).optional(),
});
const brokenSchema = z.object({ result: z.literal(false), issues: z.array(issueSchema) });

/** `POST /api/sign-in-exp/default/check-password` */
export function checkPassword(app: AppInstance, { users, experience }: UserPasswordDeps): void {
  const refused = errorResponses('request.invalid_input', 'entity.not_found');
  app.post(
    '/sign-in-exp/default/check-password',
    {
      // What is refused tells parts of the number that viewers do not see.
      config: { role: 'operator', scope: 'all' },
      schema: {
        tags: ['Sign-in experience'],
        summary: 'Hold a password against the password policy',
        description: 'Nothing is changed. Where the policy refuses what is known of the user, it takes the user.',
        body: z.object({
          password: newPassword,
          userId: z.string().min(1).max(128).optional().describe('Whose password it is to be.'),
        }),
        response: {
          200: z.object({ result: z.literal(true) }),
          ...refused,
          400: z.union([brokenSchema, errorSchema]).describe('What the password breaks.'),
        },
      },
    },
    async ({ body: { password, userId } }, reply) => {
      const { passwordPolicy } = await experience.read();
      if (passwordPolicy.rejects.userInfo && userId === undefined) throw userNeeded();
      const owner = userId === undefined ? {} : await users.get(userId);
      const issues = findPasswordIssues(password, passwordPolicy, owner);
      return issues.length === 0 ? { result: true as const } : reply.code(400).send({ result: false, issues });
    },
  );
}

/** In the words that callers of Logto know. */
const userNeeded = () =>
  new ApiError('request.invalid_input', {
    message: 'User information data is required to check user information.',
    field: 'userId',
  });
