import { z } from 'zod';
import type { Services } from '../../../services.ts';
import type { AppInstance } from '../../app-instance.ts';
import { errorResponses } from '../../schemas.ts';
import { newTemplateSchema, tags, templatePlaceSchema, templateReply, toReply } from './email-template-schemas.ts';

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
        audit: { action: 'email-template.put', subject: 'email-template', details: ['removed'] },
      },
      schema: {
        tags,
        summary:
          'Write templates of mails, in place of those for the same usage types and languages, and remove others',
        description:
          'All is done or nothing. A mail is sent by the template for its usage type in the language that the person wishes; without one, in the fallback language of the sign-in experience; without that, by the templates of the connector. `{{code}}`, `{{locale}}` and `{{application.name}}` are filled in, and escaped in HTML.',
        body: z
          .object({
            templates: z.array(newTemplateSchema).max(maxAtOnce),
            removed: z
              .array(templatePlaceSchema)
              .max(maxAtOnce)
              .optional()
              .describe('Which to remove in the same step; one that is not there is none the less gone.'),
          })
          .superRefine(refuseDoubles),
        response: { 200: z.array(templateReply).describe('In the order of the request.'), ...errorResponses() },
      },
    },
    async ({ body }) => (await emailTemplates.put(body.templates, body.removed)).map(toReply(await experience.read())),
  );
}

type Place = z.infer<typeof templatePlaceSchema>;
type Lists = { templates: readonly Place[]; removed?: readonly Place[] | undefined };

function refuseDoubles({ templates, removed = [] }: Lists, context: z.RefinementCtx): void {
  const named = Object.entries({ templates, removed }).flatMap(([list, places]) =>
    places.map(({ languageTag, templateType }, index) => ({
      ...{ key: `${templateType} in ${languageTag}`, path: [list, index] },
    })),
  );
  if (named.length === 0)
    context.addIssue({ code: 'custom', path: ['templates'], message: 'Give a template at least.' });
  const keys = named.map(({ key }) => key);
  for (const [index, { key, path }] of named.entries()) {
    if (keys.indexOf(key) < index) context.addIssue({ code: 'custom', path, message: `Give ${key} only once.` });
  }
}
