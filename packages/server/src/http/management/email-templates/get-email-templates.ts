import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams } from '../../schemas.ts';
import { filterSchema, tags, templateReply, toReply } from './email-template-schemas.ts';

/** `GET /api/email-templates` and `GET /api/email-templates/:id` */
export function getEmailTemplates(
  app: AppInstance,
  { emailTemplates, experience }: Pick<Services, 'emailTemplates' | 'experience'>,
): void {
  const config = { role: 'viewer', scope: 'read', holdsNumbers: false } as const;

  app.get(
    '/email-templates',
    {
      config,
      schema: {
        tags,
        summary: 'List the templates of mails by language and usage type',
        description: 'They go before the templates in the configuration of the live email connector.',
        querystring: filterSchema,
        response: { 200: z.array(templateReply), ...errorResponses() },
      },
    },
    async ({ query }) => (await emailTemplates.list(query)).map(toReply(await experience.read())),
  );

  app.get(
    '/email-templates/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Get a template of mails',
        params: idParams,
        response: { 200: templateReply, ...errorResponses('entity.not_exists_with_id') },
      },
    },
    async ({ params }) => toReply(await experience.read())(await emailTemplates.get(params.id)),
  );
}
