import type { Resources } from '../../../accounts/resources/resources.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { asReply, resourceParams, resourceReply, tags } from './resource-schemas.ts';

/** `GET /api/resources/:id` */
export function getResource(app: AppInstance, { resources }: { resources: Resources }): void {
  app.get(
    '/resources/:id',
    {
      config: { role: 'viewer', scope: 'read', holdsNumbers: false },
      schema: {
        tags,
        summary: 'Get an API resource',
        description: 'The resource with this id.',
        params: resourceParams,
        response: { 200: resourceReply, ...errorResponses('entity.not_found') },
      },
    },
    async ({ params }) => asReply(await resources.get(params.id)),
  );
}
