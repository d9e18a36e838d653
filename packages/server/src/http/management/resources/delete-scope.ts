import type { Scopes } from '../../../accounts/resources/scopes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, noContent } from '../../schemas.ts';
import { scopeParams, tags } from './resource-schemas.ts';

/** `DELETE /api/resources/:resourceId/scopes/:scopeId` */
export function deleteScope(app: AppInstance, { scopes }: { scopes: Scopes }): void {
  app.delete(
    '/resources/:resourceId/scopes/:scopeId',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'resource.delete-scope', subject: 'resource', part: 'scope' },
      },
      schema: {
        tags,
        summary: 'Delete a scope of an API resource',
        description: 'No token gets it any more; those that are out have it until they expire.',
        params: scopeParams,
        response: {
          204: noContent,
          ...errorResponses('entity.not_found', 'resource.cannot_modify_management_api'),
        },
      },
    },
    async ({ params }, reply) => {
      await scopes.delete(params.resourceId, params.scopeId);
      return reply.code(204).send(null);
    },
  );
}
