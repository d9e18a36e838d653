import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { newTemplateSchema, tags, templateReply, toReply } from './email-template-schemas.ts';

const maxAtOnce = 500;

/** `PUT /api/email-templates` */
export function putEmailTemplates(
  app: AppInstance,
  { emailTemplates, experience }: Pick<Services, 'emailTemplates' | 'experience'>,
): void {
  app.put(
    '/email-templates',
    {
      config: {
        role: 'operator',
        scope: 'all',
        audit: { action: 'email-template.put', subject: 'email-template' },
      },
      schema: {
        tags,
        summary: 'Write templates of mails, in place of those for the same usage types and languages',
        description:
          'All are written or none. A mail is sent by the template for its usage type in the language that the person wishes; without one, in the fallback language of the sign-in experience; without that, by the templates of the connector. `{{code}}`, `{{locale}}` and `{{application.name}}` are filled in, and escaped in HTML.',
        body: z.object({
          templates: z.array(newTemplateSchema).min(1).max(maxAtOnce).superRefine(refuseDoubles),
        }),
        response: { 200: z.array(templateReply).describe('In the order of the request.'), ...errorResponses() },
      },
    },
    async ({ body }) => (await emailTemplates.put(body.templates)).map(toReply(await experience.read())),
  );
}

function refuseDoubles(templates: readonly z.infer<typeof newTemplateSchema>[], context: z.RefinementCtx): void {
  const keys = templates.map(({ languageTag, templateType }) => `${templateType} in ${languageTag}`);
  for (const [index, key] of keys.entries()) {
    if (keys.indexOf(key) < index)
      context.addIssue({ code: 'custom', path: [index], message: `Give ${key} only once.` });
  }
}
