import { z } from 'zod';
import type { Resources } from '../../../accounts/resources/resources.ts';
import type { Scopes } from '../../../accounts/resources/scopes.ts';
import type { AppInstance } from '../../app-instance.ts';
import { describePages, optionalPagingQuery, pagingQuery, sliceOf } from '../../paging.ts';
import { yesOrNo } from '../../query-values.ts';
import { errorResponses } from '../../schemas.ts';
import { asReply, resourceReply, scopeReply, tags } from './resource-schemas.ts';

/** `GET /api/resources` */
export function listResources(app: AppInstance, { resources, scopes }: { resources: Resources; scopes: Scopes }): void {
  app.get(
    '/resources',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'List API resources',
        description:
          'The Management API, and then the others, the oldest first. All of them, unless a page is asked for: then `Total-Number` says how many there are in all, and `Link` where the other pages are.',
        querystring: optionalPagingQuery.extend({
          includeScopes: yesOrNo.describe('Whether each comes with its scopes.'),
        }),
        response: {
          200: z.array(resourceReply.extend({ scopes: z.array(scopeReply).optional() })).describe('The resources.'),
          ...errorResponses(),
        },
      },
    },
    async (request, reply) => {
      const { page, page_size: pageSize, includeScopes } = request.query;
      let listed = await resources.list();
      if (page !== undefined || pageSize !== undefined) {
        describePages(request, reply, { total: listed.length });
        const { limit, offset } = sliceOf(pagingQuery.parse(request.query));
        listed = listed.slice(offset, offset + limit);
      }
      if (!includeScopes) return listed.map(asReply);
      const byResource = Map.groupBy(await scopes.list(), ({ resourceId }) => resourceId);
      return listed.map((each) => ({ ...asReply(each), scopes: (byResource.get(each.id) ?? []).map(asReply) }));
    },
  );
}
