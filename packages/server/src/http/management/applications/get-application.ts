import type { Applications } from '../../../accounts/applications.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { applicationParams, applicationReply, describeApplication, tags } from './application-schemas.ts';

/** `GET /api/applications/:id` */
export function getApplication(app: AppInstance, { applications }: { applications: Applications }): void {
  app.get(
    '/applications/:id',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'Get an application',
        description: 'The application with this id, without its secret.',
        params: applicationParams,
        response: { 200: applicationReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => describeApplication(await applications.get(params.id)),
  );
}
