import {
  endpointOr,
  mailboxGuard,
  optionalText,
  requiredText,
  type Template,
  templatesGuard,
} from '@sesame/connector-kit';
import { z } from 'zod';

/** Where the API is. */
export const defaultEndpoint = 'https://api.postmarkapp.com';

/** Checks a configuration; one that was made for Logto's connector of the same id is valid as it is. */
export const configGuard = z.object({
  serverToken: requiredText().regex(/^[\x21-\x7e]+$/, 'A server token has no spaces.'),
  fromEmail: mailboxGuard,
  endpoint: endpointOr(defaultEndpoint),
  webhookCredentials: optionalText,
  templates: templatesGuard({
    templateAlias: requiredText().regex(
      /^[A-Za-z][\w.-]*$/,
      'An alias has letters, digits, dots, hyphens and underscores.',
    ),
  }),
});

/** A checked configuration. */
export type PostmarkConfig = z.output<typeof configGuard>;

/** A mail that is kept at Postmark under its alias; without one it is written here. */
export type PostmarkTemplate = Template & { templateAlias?: string };
