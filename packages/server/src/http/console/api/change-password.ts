import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { rememberDevice } from '../../client.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { askingOf, passwordSchema, refusalOf, security, sessionOf, tags } from './console-schemas.ts';

type Deps = Pick<Services, 'administrators' | 'devices'> & { settings: { publicUrl: string } };

/** `POST /api/console/password` */
export function changePassword(app: AppInstance, deps: Deps): void {
  const { administrators } = deps;
  app.post(
    '/console/password',
    {
      config: {
        role: 'viewer',
        audit: { action: 'administrator.change-password', subject: 'administrator', replaces: ['password'] },
      },
      schema: {
        tags,
        summary: 'Change the password of the administrator who asks',
        description: 'Ends the other sessions of this administrator.',
        security,
        body: z.object({ currentPassword: passwordSchema, newPassword: passwordSchema }),
        response: {
          204: noContent,
          ...errorResponses(
            'session.invalid_credentials',
            'password.rejected',
            'request.sign_in_rate_limited',
            'system.busy',
          ),
        },
      },
    },
    async (request, reply) => {
      const { administrator } = sessionOf(request);
      const outcome = await administrators.changePassword({
        ...askingOf(request),
        ...request.body,
        client: request.client,
      });
      if (outcome.outcome !== 'changed') throw refusalOf(outcome);
      // A new password makes strangers of all browsers but this one.
      rememberDevice(request, reply, { type: 'administrator', id: administrator.id }, deps);
      return reply.code(204).send(null);
    },
  );
}
