import {
  endpointOr,
  headerText,
  mailboxGuard,
  mailTemplateShape,
  requiredText,
  templatesGuard,
} from '@sesame/connector-kit';
import { z } from 'zod';

/** Where the API is; accounts in the EU have another. */
export const defaultEndpoint = 'https://api.sendgrid.com';

/** Checks a configuration; one that was made for Logto's connector of the same id is valid as it is. */
export const configGuard = z.object({
  apiKey: requiredText().regex(/^\S+$/, 'An API key has no spaces.'),
  fromEmail: mailboxGuard,
  fromName: headerText.optional(),
  endpoint: endpointOr(defaultEndpoint),
  // What others call contentType is `type` here.
  templates: templatesGuard({ ...mailTemplateShape, type: mailTemplateShape.contentType }).transform((templates) =>
    templates.map(({ type, ...template }) => ({ ...template, contentType: template.contentType ?? type })),
  ),
});

/** A checked configuration. */
export type SendGridConfig = z.output<typeof configGuard>;
