import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses, idParams } from '../../schemas.ts';
import { detailsSchema, tags, templateReply, toReply } from './email-template-schemas.ts';

/** `PATCH /api/email-templates/:id/details` */
export function changeEmailTemplate(
  app: AppInstance,
  { emailTemplates, experience }: Pick<Services, 'emailTemplates' | 'experience'>,
): void {
  app.patch(
    '/email-templates/:id/details',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'email-template.change', subject: 'email-template' },
      },
      schema: {
        tags,
        summary: 'Change what a template of mails says',
        description: 'Changes the fields that are given. An empty `replyTo` or `sendFrom` is none.',
        params: idParams,
        body: detailsSchema.partial(),
        response: { 200: templateReply, ...errorResponses('entity.not_exists_with_id') },
      },
    },
    async ({ params, body }) => toReply(await experience.read())(await emailTemplates.change(params.id, body)),
  );
}
