import type { Applications } from '../../../accounts/applications.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { applicationParams, tags } from './application-schemas.ts';

/** `DELETE /api/applications/:id` */
export function deleteApplication(app: AppInstance, { applications }: { applications: Applications }): void {
  app.delete(
    '/applications/:id',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'application.delete', subject: 'application' } },
      schema: {
        tags,
        summary: 'Delete an application',
        description:
          'Deletes an application for good. Its tokens end at once, at other processes within a second, but for those that APIs of your own verify on their own, also where an application is made with its id again.',
        params: applicationParams,
        response: { 204: noContent, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }, reply) => {
      await applications.delete(params.id);
      return reply.code(204).send(null);
    },
  );
}
