import { z } from 'zod';
import type { Resources } from '../../../accounts/resources/resources.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { asReply, resourceParams, resourceReply, tags } from './resource-schemas.ts';

/** `PATCH /api/resources/:id/is-default` */
export function setDefaultResource(app: AppInstance, { resources }: { resources: Resources }): void {
  app.patch(
    '/resources/:id/is-default',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'resource.set-default', subject: 'resource', details: ['isDefault'] },
      },
      schema: {
        tags,
        summary: 'Make an API resource the default one',
        description:
          'Requests without `resource` are for the default one, as where a client cannot send it. There is one at most: it takes the place of any other.',
        params: resourceParams,
        body: z.object({ isDefault: z.boolean() }),
        response: {
          200: resourceReply,
          ...errorResponses('entity.not_found', 'resource.cannot_modify_management_api'),
        },
      },
    },
    async ({ params, body }) => asReply(await resources.setDefault(params.id, body.isDefault)),
  );
}
