import { z } from 'zod';
import type { Scope } from '../../../accounts/resources/resource.ts';
import type { Resources } from '../../../accounts/resources/resources.ts';
import type { Scopes } from '../../../accounts/resources/scopes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { describePages, pagingQuery, sliceOf } from '../../paging.ts';
import { errorResponses } from '../../schemas.ts';
import { asReply, scopeReply, scopesParams, tags } from './resource-schemas.ts';

/** `GET /api/resources/:resourceId/scopes` */
export function listScopes(app: AppInstance, { resources, scopes }: { resources: Resources; scopes: Scopes }): void {
  app.get(
    '/resources/:resourceId/scopes',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'List the scopes of an API resource',
        description:
          'A page of them, the oldest first. `Total-Number` says how many there are in all, `Link` where the other pages are.',
        params: scopesParams,
        querystring: pagingQuery.extend({
          search: z
            .string()
            .max(256)
            .optional()
            .describe('What the id, the name or the description holds, in any case; `%` stands for any characters.'),
        }),
        response: {
          200: z.array(scopeReply).describe('The scopes of the page.'),
          ...errorResponses('entity.not_found'),
        },
      },
    },
    async (request, reply) => {
      const { search = '' } = request.query;
      const { id } = await resources.get(request.params.resourceId);
      const found = (await scopes.list(id)).filter(holding(search));
      describePages(request, reply, { total: found.length });
      const { limit, offset } = sliceOf(request.query);
      return found.slice(offset, offset + limit).map(asReply);
    },
  );
}

/** Whether a scope holds the parts of a search in their order. */
function holding(search: string) {
  const parts = search.toLowerCase().split('%');
  return ({ id, name, description }: Scope): boolean =>
    [id, name, description ?? ''].some((value) => {
      let rest = value.toLowerCase();
      return parts.every((part) => {
        const at = rest.indexOf(part);
        rest = rest.slice(at + part.length);
        return at !== -1;
      });
    });
}
