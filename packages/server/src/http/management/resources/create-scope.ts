import type { z } from 'zod';
import type { Scopes } from '../../../accounts/resources/scopes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { asReply, newScope, scopeReply, scopesParams, tags } from './resource-schemas.ts';

/** `POST /api/resources/:resourceId/scopes` */
export function createScope(app: AppInstance, { scopes }: { scopes: Scopes }): void {
  app.post(
    '/resources/:resourceId/scopes',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: {
          action: 'resource.create-scope',
          subject: 'resource',
          part: 'scope',
          details: ['name', 'machinesOnly'],
        },
        check: (fields: Partial<z.output<typeof newScope>>, { params }) =>
          scopes.refusals((params as z.infer<typeof scopesParams>).resourceId, fields),
      },
      schema: {
        tags,
        summary: 'Create a scope of an API resource',
        description:
          'Applications that ask for it get it from now on. A scope says what an application may do for whoever has signed in, and not what that person may do: the API still looks whose data it is. With `machinesOnly`, no token of a user has it.',
        params: scopesParams,
        body: newScope,
        response: {
          201: scopeReply,
          ...errorResponses(
            ...(['entity.not_found', 'resource.cannot_modify_management_api'] as const),
            ...(['scope.name_exists', 'scope.name_with_space'] as const),
          ),
        },
      },
    },
    async ({ params, body }, reply) => reply.code(201).send(asReply(await scopes.create(params.resourceId, body))),
  );
}
