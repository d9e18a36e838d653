import { z } from 'zod';
import type { TypedIdentifier } from '../../sign-in/sign-in-flows.ts';
import { identifierOf } from '../../sign-in/user-recipients.ts';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses } from '../schemas.ts';
import {
  type ExperienceDeps,
  emailIdentifierSchema,
  flowRequestOf,
  keepFlowKey,
  newPasswordSchema,
  phoneIdentifierSchema,
  security,
  tags,
  toRecipient,
} from './flow-request.ts';

const identifierSchema = z.discriminatedUnion('type', [
  phoneIdentifierSchema,
  emailIdentifierSchema,
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
      const { access, client } = flowRequestOf(request);
      const { identifier, password } = request.body;
      const { id, key } = await deps.signInFlows.checkPassword(access, ownerOf(identifier), { password, client });
      keepFlowKey(reply, access, key, deps.settings.publicUrl);
      return { verificationId: id };
    },
  );
}

function ownerOf(identifier: z.output<typeof identifierSchema>): TypedIdentifier {
  if (identifier.type === 'username') return { username: identifier.value };
  return identifierOf(toRecipient(identifier));
}
