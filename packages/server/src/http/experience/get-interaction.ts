import { z } from 'zod';
import type { Flow } from '../../sign-in/sign-in-flows.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { type ExperienceDeps, eventSchema, readFlowRequest, security, tags } from './flow-request.ts';

const time = z.int().describe('Milliseconds since the epoch.');
const identifier = z.object({ type: z.literal('phone'), value: z.string() });
const interactionSchema = z.object({
  interactionEvent: eventSchema,
  userId: z.string().optional(),
  profile: z.object({ username: z.string().optional(), hasPassword: z.boolean() }),
  verificationRecords: z.array(
    z.object({
      id: z.string(),
      type: z.enum(['PhoneVerificationCode', 'Password']),
      verified: z.boolean(),
      identifier: identifier.optional(),
      codeExpiresAt: time.optional(),
      resendAfter: time.optional(),
    }),
  ),
});

/** `GET /api/experience/interaction` */
export function getInteraction(app: AppInstance, deps: ExperienceDeps): void {
  app.get(
    '/experience/interaction',
    {
      schema: {
        tags,
        security,
        summary: 'Get what is known so far',
        response: { 200: interactionSchema, ...errorResponses('session.not_found') },
      },
    },
    async (request) => {
      const { access } = await readFlowRequest(request, deps);
      return toInteraction(await deps.signInFlows.get(access));
    },
  );
}

function toInteraction({ event, userId, username, hasPassword, verifications }: Flow) {
  return {
    interactionEvent: event,
    userId,
    profile: { username, hasPassword },
    verificationRecords: verifications.map((verification) => {
      const { id, verifiedAt } = verification;
      const verified = verifiedAt !== undefined;
      if (verification.type === 'password') return { id, verified, type: 'Password' as const };
      const { phone, codeExpiresAt, resendAfter } = verification;
      const type = 'PhoneVerificationCode' as const;
      return { id, verified, type, identifier: { type: 'phone' as const, value: phone }, codeExpiresAt, resendAfter };
    }),
  };
}
