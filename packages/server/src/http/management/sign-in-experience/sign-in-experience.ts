import { type PolicyStore, policiesChangeSchema, policiesSchema } from '../../../verification/policy.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';

const tags = ['Sign-in experience'];

/** `GET /api/sign-in-exp` and `PATCH /api/sign-in-exp` */
export function signInExperience(app: AppInstance, { policies }: { policies: PolicyStore }): void {
  app.get(
    '/sign-in-exp',
    { schema: { tags, summary: 'Get the policies', response: { 200: policiesSchema, ...errorResponses() } } },
    () => policies.read(),
  );
  app.patch(
    '/sign-in-exp',
    {
      config: {
        audit: {
          action: 'policies.change',
          subject: 'sign-in-experience',
          details: ['verificationCodePolicy', 'messageRateLimitPolicy'],
        },
      },
      schema: {
        tags,
        summary: 'Change the policies',
        description: 'What is left out stays as it is.',
        body: policiesChangeSchema,
        response: { 200: policiesSchema, ...errorResponses() },
      },
    },
    ({ body }) => policies.change(body),
  );
}
