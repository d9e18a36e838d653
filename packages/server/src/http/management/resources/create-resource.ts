import { z } from 'zod';
import type { Resources } from '../../../accounts/resources/resources.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { asReply, newResource, resourceReply, scopeReply, tags } from './resource-schemas.ts';

/** `POST /api/resources` */
export function createResource(app: AppInstance, { resources }: { resources: Resources }): void {
  app.post(
    '/resources',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: {
          action: 'resource.create',
          subject: 'resource',
          details: ['name', 'indicator', 'accessTokenTtl'],
        },
        check: (fields: Partial<z.output<typeof newResource>>) => resources.refusals(fields),
      },
      schema: {
        tags,
        summary: 'Create an API resource',
        description:
          'From now on, applications may ask for access tokens for it: with its indicator as `resource`, when they sign somebody in and at the token endpoint. They are JWTs (RFC 9068) that the API verifies by the keys at `/oidc/jwks`.',
        body: newResource,
        response: {
          201: resourceReply.extend({ scopes: z.array(scopeReply).describe('None yet.') }),
          ...errorResponses('resource.resource_identifier_in_use'),
        },
      },
    },
    async ({ body }, reply) => reply.code(201).send({ ...asReply(await resources.create(body)), scopes: [] }),
  );
}
