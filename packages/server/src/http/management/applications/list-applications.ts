import { z } from 'zod';
import type { Applications } from '../../../accounts/applications.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { applicationReply, applicationType, describeApplication, tags } from './application-schemas.ts';

/** `GET /api/applications` */
export function listApplications(app: AppInstance, { applications }: { applications: Applications }): void {
  app.get(
    '/applications',
    {
      config: { role: 'viewer', scope: 'read' },
      schema: {
        tags,
        summary: 'List applications',
        description:
          'A page of the applications, newest first; the header `Total-Number` says how many there are in all.',
        querystring: z.object({
          page: z.coerce.number().int().min(1).max(1_000_000).default(1),
          page_size: z.coerce.number().int().min(1).max(100).default(20),
          types: z
            .union([applicationType.transform((type) => [type]), z.array(applicationType)])
            .optional()
            .describe('Only applications of this type; may come several times.'),
          isThirdParty: z.enum(['true', 'false']).optional().describe('There are no applications of third parties.'),
        }),
        response: { 200: z.array(applicationReply).describe('The applications of the page.'), ...errorResponses() },
      },
    },
    async ({ query: { page, page_size: pageSize, types, isThirdParty } }, reply) => {
      const listed = await applications.list({ page, pageSize, types: isThirdParty === 'true' ? [] : types });
      return reply.header('total-number', listed.total).send(listed.applications.map(describeApplication));
    },
  );
}
