import { z } from 'zod';
import type { AppInstance } from '../app-instance.ts';
import { errorResponses, noContent } from '../schemas.ts';
import {
  type ExperienceDeps,
  keepFlowKey,
  newPasswordSchema,
  readFlowRequest,
  security,
  tags,
} from './flow-request.ts';

const response = {
  204: noContent,
  ...errorResponses(
    'session.not_found',
    'session.invalid_interaction_type',
    'session.identifier_not_found',
    'user.username_already_in_use',
    'user.same_password',
    'password.rejected',
    'request.sign_in_rate_limited',
    'system.busy',
  ),
};

/** `POST /api/experience/profile` and `PUT /api/experience/profile/password` */
export function profile(app: AppInstance, deps: ExperienceDeps): void {
  const { signInFlows, settings } = deps;
  app.post(
    '/experience/profile',
    {
      schema: {
        tags,
        security,
        summary: 'Add to the account that is about to be made',
        body: z.discriminatedUnion('type', [
          z.object({ type: z.literal('username'), value: z.string().max(128) }),
          z.object({ type: z.literal('password'), value: newPasswordSchema }),
        ]),
        response,
      },
    },
    async (request, reply) => {
      const { access, client } = await readFlowRequest(request, deps);
      const { type, value } = request.body;
      const key =
        type === 'username'
          ? await signInFlows.setUsername(access, { username: value, client })
          : await signInFlows.setPassword(access, { password: value, client });
      keepFlowKey(reply, access, key, settings.publicUrl);
      return reply.code(204).send(null);
    },
  );
  app.put(
    '/experience/profile/password',
    {
      schema: {
        tags,
        security,
        summary: 'Set the new password, in place of a forgotten one',
        body: z.object({ password: newPasswordSchema }),
        response,
      },
    },
    async (request, reply) => {
      const { access, client } = await readFlowRequest(request, deps);
      const key = await signInFlows.setPassword(access, { password: request.body.password, client });
      keepFlowKey(reply, access, key, settings.publicUrl);
      return reply.code(204).send(null);
    },
  );
}
