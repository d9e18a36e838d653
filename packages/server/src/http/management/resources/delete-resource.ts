import type { Resources } from '../../../accounts/resources/resources.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { resourceParams, tags } from './resource-schemas.ts';

/** `DELETE /api/resources/:id` */
export function deleteResource(app: AppInstance, { resources }: { resources: Resources }): void {
  app.delete(
    '/resources/:id',
    {
      config: { role: 'operator', scope: 'all', audit: { action: 'resource.delete', subject: 'resource' } },
      schema: {
        tags,
        summary: 'Delete an API resource',
        description:
          'Deletes a resource with its scopes. No token is made for it any more; those that are out verify until they expire, because the API asks nobody.',
        params: resourceParams,
        response: {
          204: noContent,
          ...errorResponses('entity.not_found', 'resource.cannot_delete_management_api'),
        },
      },
    },
    async ({ params }, reply) => {
      await resources.delete(params.id);
      return reply.code(204).send(null);
    },
  );
}
