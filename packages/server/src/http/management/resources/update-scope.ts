import type { z } from 'zod';
import type { Scopes } from '../../../accounts/resources/scopes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { asReply, scopeChange, scopeParams, scopeReply, tags } from './resource-schemas.ts';

/** `PATCH /api/resources/:resourceId/scopes/:scopeId` */
export function updateScope(app: AppInstance, { scopes }: { scopes: Scopes }): void {
  app.patch(
    '/resources/:resourceId/scopes/:scopeId',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: {
          action: 'resource.update-scope',
          subject: 'resource',
          part: 'scope',
          details: ['name', 'machinesOnly'],
        },
        check: (fields: z.output<typeof scopeChange>, { params }) => {
          const { resourceId, scopeId } = params as z.infer<typeof scopeParams>;
          return scopes.refusals(resourceId, fields, scopeId);
        },
      },
      schema: {
        tags,
        summary: 'Change a scope of an API resource',
        description: 'Changes the fields that are given. Under another name it is another scope to applications.',
        params: scopeParams,
        body: scopeChange,
        response: {
          200: scopeReply,
          ...errorResponses(
            ...(['entity.not_found', 'resource.cannot_modify_management_api'] as const),
            ...(['scope.name_exists', 'scope.name_with_space'] as const),
          ),
        },
      },
    },
    async ({ params, body }) => asReply(await scopes.update(params.resourceId, params.scopeId, body)),
  );
}
