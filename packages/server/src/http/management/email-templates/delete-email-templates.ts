import { z } from 'zod';
import { ApiError } from '../../../errors.ts';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams, noContent } from '../../schemas.ts';
import { filterSchema, tags } from './email-template-schemas.ts';

/** `DELETE /api/email-templates/:id` and `DELETE /api/email-templates` */
export function deleteEmailTemplates(app: AppInstance, { emailTemplates }: Pick<Services, 'emailTemplates'>): void {
  const config = {
    role: 'operator',
    scope: 'all',
    audit: { action: 'email-template.delete', subject: 'email-template' },
  } as const;

  app.delete(
    '/email-templates/:id',
    {
      config,
      schema: {
        tags,
        summary: 'Delete a template of mails',
        params: idParams,
        response: { 204: noContent, ...errorResponses('entity.not_exists_with_id') },
      },
    },
    async ({ params }, reply) => {
      await emailTemplates.delete(params.id);
      return reply.code(204).send(null);
    },
  );

  app.delete(
    '/email-templates',
    {
      config,
      schema: {
        tags,
        summary: 'Delete the templates of mails of a language, of a usage type, or both',
        querystring: filterSchema,
        response: {
          200: z.object({ rowCount: z.number().int().describe('How many there were.') }),
          ...errorResponses('connector.email_connector.bulk_deletion_no_filter'),
        },
      },
    },
    async ({ query }) => {
      if (Object.values(query).every((value) => value === undefined)) {
        throw new ApiError('connector.email_connector.bulk_deletion_no_filter');
      }
      return { rowCount: await emailTemplates.deleteAll(query) };
    },
  );
}
