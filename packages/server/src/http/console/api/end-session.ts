import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams, noContent } from '../../schemas.ts';
import { security, sessionOf, tags } from './console-schemas.ts';

/** `DELETE /api/console/sessions/:id` */
export function endSession(app: AppInstance, { administrators }: Pick<Services, 'administrators'>): void {
  app.delete(
    '/console/sessions/:id',
    {
      config: { role: 'viewer', audit: { action: 'administrator.end-session', subject: 'session' } },
      schema: {
        tags,
        summary: 'End a session of the administrator who asks',
        security,
        params: idParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async (request, reply) => {
      await administrators.revokeSession(sessionOf(request).administrator.id, request.params.id);
      return reply.code(204).send(null);
    },
  );
}
