import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import {
  type ExperienceDeps,
  keepFlowKey,
  newPasswordSchema,
  phoneIdentifierSchema,
  readFlowRequest,
  security,
  tags,
} from './flow-request.ts';

const identifierSchema = z.discriminatedUnion('type', [
  phoneIdentifierSchema,
  z.object({ type: z.literal('username'), value: z.string().max(256) }),
]);

/** `POST /api/experience/verification/password` */
export function verifyPassword(app: AppInstance, deps: ExperienceDeps): void {
  app.post(
    '/experience/verification/password',
    {
      schema: {
        tags,
        security,
        summary: 'Verify a password',
        body: z.object({ identifier: identifierSchema, password: newPasswordSchema }),
        response: {
          200: z.object({ verificationId: z.string() }),
          ...errorResponses(
            'session.not_found',
            'session.invalid_credentials',
            'user.sign_in_method_not_enabled',
            'request.sign_in_rate_limited',
            'system.busy',
          ),
        },
      },
    },
    async (request, reply) => {
      const { access, client } = await readFlowRequest(request, deps);
      const { identifier, password } = request.body;
      const owner = identifier.type === 'phone' ? { phone: identifier.value.e164 } : { username: identifier.value };
      const { id, key } = await deps.signInFlows.checkPassword(access, owner, { password, client });
      keepFlowKey(reply, access, key, deps.settings.publicUrl);
      return { verificationId: id };
    },
  );
}
