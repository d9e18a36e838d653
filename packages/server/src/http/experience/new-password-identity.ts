import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import { type ExperienceDeps, flowRequestOf, keepFlowKey, newPasswordSchema, security, tags } from './flow-request.ts';

/** `POST /api/experience/verification/new-password-identity` */
export function newPasswordIdentity(app: AppInstance, deps: ExperienceDeps): void {
  app.post(
    '/experience/verification/new-password-identity',
    {
      schema: {
        tags,
        security,
        summary: 'Choose the username and the password of a new account',
        description:
          'Both at once; `POST /api/experience/identification` with the id makes the account, where a sign-up asks for a username.',
        body: z.object({
          identifier: z.object({ type: z.literal('username'), value: z.string().max(128) }),
          password: newPasswordSchema,
        }),
        response: {
          200: z.object({ verificationId: z.string() }),
          ...errorResponses(
            'session.not_found',
            'user.username_already_in_use',
            'password.rejected',
            'request.sign_in_rate_limited',
            'system.busy',
          ),
        },
      },
    },
    async (request, reply) => {
      const { access, client } = flowRequestOf(request);
      const { identifier, password } = request.body;
      const chosen = { username: identifier.value, password, client };
      const { id, key } = await deps.signInFlows.chooseIdentity(access, chosen);
      keepFlowKey(reply, access, key, deps.settings.publicUrl);
      return { verificationId: id };
    },
  );
}
