import { z } from 'zod';
import type { Hooks } from '../../../webhooks/hooks.ts';
import type { AppInstance } from '../../app-instance.ts';
import { describePages, optionalPagingQuery, pagingQuery, sliceOf } from '../../paging.ts';
import { yesOrNo } from '../../query-values.ts';
import { errorResponses } from '../../schemas.ts';
import { describeHook, hookParams, hookReply, tags } from './hook-schemas.ts';

const includeExecutionStats = yesOrNo.describe('Whether each comes with how many requests it got and took.');

/** `GET /api/hooks` and `GET /api/hooks/:id` */
export function getHooks(app: AppInstance, { hooks }: { hooks: Hooks }): void {
  app.get(
    '/hooks',
    {
      config: { role: 'operator', scope: 'all' },
      schema: {
        tags,
        summary: 'List webhooks',
        description:
          'The oldest first. All of them, unless a page is asked for: then `Total-Number` says how many there are in all.',
        querystring: optionalPagingQuery.extend({ includeExecutionStats }),
        response: { 200: z.array(hookReply), ...errorResponses() },
      },
    },
    async (request, reply) => {
      const { page, page_size: pageSize, includeExecutionStats: withStats } = request.query;
      let listed = await hooks.list();
      if (page !== undefined || pageSize !== undefined) {
        describePages(request, reply, { total: listed.length });
        const { limit, offset } = sliceOf(pagingQuery.parse(request.query));
        listed = listed.slice(offset, offset + limit);
      }
      const statsOf = withStats ? await hooks.stats() : undefined;
      return listed.map((hook) => ({
        ...describeHook(hook),
        ...(statsOf && { executionStats: statsOf(hook.id) }),
      }));
    },
  );
  app.get(
    '/hooks/:id',
    {
      config: { role: 'operator', scope: 'all' },
      schema: {
        tags,
        summary: 'Get a webhook',
        description: 'With the key that its requests are signed with.',
        params: hookParams,
        querystring: z.object({ includeExecutionStats }),
        response: { 200: hookReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params: { id }, query }) => ({
      ...describeHook(await hooks.get(id)),
      ...(query.includeExecutionStats && { executionStats: (await hooks.stats())(id) }),
    }),
  );
}
