import { z } from 'zod';
import { signInExperienceSchema } from '../../experience/sign-in-experience.ts';
import type { AppInstance } from '../app-instance.ts';
import { type ExperienceDeps, security, tags } from './flow-request.ts';

const publicSchema = z.object({
  ...signInExperienceSchema.omit({ messageRateLimitPolicy: true, originBoundCodes: true }).shape,
  resendInterval: z.int().describe('Seconds that end users wait before they can resend.'),
});

/** Logto's pages say for whom they ask; whoever it is gets the same. */
const sameForAll = z.string().max(256).optional().describe('As Logto’s pages send it; the answer is the same for all.');

/** `GET /api/.well-known/sign-in-exp` */
export function getSignInExperience(app: AppInstance, { experience }: ExperienceDeps): void {
  app.get(
    '/.well-known/sign-in-exp',
    {
      schema: {
        tags,
        security,
        summary: 'Get what a sign-in page of one’s own needs',
        querystring: z.object({ appId: sameForAll, organizationId: sameForAll }),
        response: { 200: publicSchema },
      },
    },
    async () => {
      const { messageRateLimitPolicy, originBoundCodes: _, ...shown } = await experience.read();
      return { ...shown, resendInterval: messageRateLimitPolicy.resendInterval };
    },
  );
}
