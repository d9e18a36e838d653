import { z } from 'zod';
import { codeIdentifiers } from '../../experience/methods.ts';
import type { AppInstance } from '../app-instance.ts';
import { codeSchema, errorResponses } from '../schemas.ts';
import {
  type ExperienceDeps,
  flowRequestOf,
  keepFlowKey,
  security,
  tags,
  verificationIdSchema,
} from './flow-request.ts';
import { sendRefusals, sentCodeSchema } from './send-code.ts';
import { codeRefusals } from './verify-code.ts';

const identifierType = z.enum(codeIdentifiers).describe('What of the account the code goes to.');

/** `POST /api/experience/verification/mfa-verification-code` and `…/verify` */
export function secondCode(app: AppInstance, { signInFlows, settings }: ExperienceDeps): void {
  app.post(
    '/experience/verification/mfa-verification-code',
    {
      schema: {
        tags,
        security,
        summary: 'Send the code that comes second',
        description:
          'After `POST /api/experience/identification` in a sign-in, to the number or the address of the account: where submitting asks for it (403 `session.mfa.require_mfa_verification`).',
        body: z.object({ identifierType }),
        response: {
          200: sentCodeSchema,
          ...errorResponses(
            ...sendRefusals,
            'session.captcha_required',
            'session.identifier_not_found',
            'session.verification_failed',
            'session.mfa.mfa_factor_not_enabled',
            'user.suspended',
          ),
        },
      },
    },
    async (request) => {
      const { access, client, wording } = flowRequestOf(request);
      const { identifierType: type } = request.body;
      const { id: verificationId, ...times } = await signInFlows.second.sendCode(access, { type, client, wording });
      return { verificationId, ...times };
    },
  );
  app.post(
    '/experience/verification/mfa-verification-code/verify',
    {
      schema: {
        tags,
        security,
        summary: 'Verify the code that comes second',
        body: z.object({ identifierType, verificationId: verificationIdSchema, code: codeSchema }),
        response: {
          200: z.object({ verificationId: z.string() }),
          ...errorResponses(...codeRefusals),
        },
      },
    },
    async (request, reply) => {
      const { access, client } = flowRequestOf(request);
      const { identifierType: type, verificationId, code } = request.body;
      const key = await signInFlows.second.answerCode(access, { type, id: verificationId, code, client });
      keepFlowKey(reply, access, key, settings.publicUrl);
      return { verificationId };
    },
  );
}
