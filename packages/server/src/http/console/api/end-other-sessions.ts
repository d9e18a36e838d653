import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { security, sessionOf, tags } from './console-schemas.ts';

/** `DELETE /api/console/sessions` */
export function endOtherSessions(app: AppInstance, { administrators }: Pick<Services, 'administrators'>): void {
  app.delete(
    '/console/sessions',
    {
      config: { role: 'viewer', audit: { action: 'administrator.end-other-sessions', subject: 'session' } },
      schema: {
        tags,
        summary: 'End all sessions of the administrator who asks but the one that asks',
        security,
        response: { 204: noContent, ...errorResponses() },
      },
    },
    async (request, reply) => {
      const { administrator, session } = sessionOf(request);
      await administrators.revokeOtherSessions(administrator.id, session.id);
      return reply.code(204).send(null);
    },
  );
}
