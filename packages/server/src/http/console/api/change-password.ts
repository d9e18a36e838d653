import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { clientNetwork } from '../../client-network.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { passwordSchema, refusalOf, security, sessionOf, tags } from './console-schemas.ts';

/** `POST /api/console/password` */
export function changePassword(app: AppInstance, { administrators }: Pick<Services, 'administrators'>): void {
  app.post(
    '/console/password',
    {
      config: { role: 'viewer', audit: { action: 'administrator.change-password', subject: 'administrator' } },
      schema: {
        tags,
        summary: 'Change the password of the administrator who asks',
        description: 'Ends the other sessions of this administrator.',
        security,
        body: z.object({ currentPassword: passwordSchema, newPassword: passwordSchema }),
        response: {
          204: noContent,
          ...errorResponses('session.invalid_credentials', 'password.rejected', 'request.sign_in_rate_limited'),
        },
      },
    },
    async (request, reply) => {
      const { administrator, session } = sessionOf(request);
      const outcome = await administrators.changePassword({
        administratorId: administrator.id,
        sessionId: session.id,
        ...request.body,
        address: clientNetwork(request.ip),
      });
      if (outcome.outcome !== 'changed') throw refusalOf(outcome);
      return reply.code(204).send(null);
    },
  );
}
