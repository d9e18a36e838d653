import { z } from 'zod';
import { signInExperienceSchema } from '../../experience/sign-in-experience.ts';
import type { AppInstance } from '../app-instance.ts';
import { type ExperienceDeps, security, tags } from './flow-request.ts';

const publicSchema = z.object({
  ...signInExperienceSchema.omit({ messageRateLimitPolicy: true, originBoundCodes: true }).shape,
  resendInterval: z.int().describe('Seconds that end users wait before they can resend.'),
});

/** `GET /api/.well-known/sign-in-exp` */
export function getSignInExperience(app: AppInstance, { experience }: ExperienceDeps): void {
  app.get(
    '/.well-known/sign-in-exp',
    {
      schema: {
        tags,
        security,
        summary: 'Get what a sign-in page of one’s own needs',
        response: { 200: publicSchema },
      },
    },
    async () => {
      const { messageRateLimitPolicy, originBoundCodes: _, ...shown } = await experience.read();
      return { ...shown, resendInterval: messageRateLimitPolicy.resendInterval };
    },
  );
}
