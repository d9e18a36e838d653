import type { z } from 'zod';
import type { Resources } from '../../../accounts/resources/resources.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { asReply, resourceChange, resourceParams, resourceReply, tags } from './resource-schemas.ts';

/** `PATCH /api/resources/:id` */
export function updateResource(app: AppInstance, { resources }: { resources: Resources }): void {
  app.patch(
    '/resources/:id',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'resource.update', subject: 'resource', details: ['name', 'accessTokenTtl'] },
        check: (fields: z.output<typeof resourceChange>, { params }) =>
          resources.refusals(fields, (params as z.infer<typeof resourceParams>).id),
      },
      schema: {
        tags,
        summary: 'Change an API resource',
        description: 'Changes the fields that are given. The indicator stays. Tokens that are out stay as they are.',
        params: resourceParams,
        body: resourceChange,
        response: {
          200: resourceReply,
          ...errorResponses('entity.not_found', 'resource.cannot_modify_management_api'),
        },
      },
    },
    async ({ params, body }) => asReply(await resources.update(params.id, body)),
  );
}
