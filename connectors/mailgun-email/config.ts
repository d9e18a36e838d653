import {
  asciiDomain,
  endpointOr,
  headerText,
  mailboxGuard,
  optionalText,
  requiredText,
  type Template,
} from '@sesame/connector-kit';
import { z } from 'zod';

/** Where the API is; domains in the EU have another. */
export const defaultEndpoint = 'https://api.mailgun.net';

const headers = { subject: headerText.optional(), replyTo: headerText.optional() };
/** A mail that is written here. */
const written = z.object({ html: z.string().min(1), text: z.string().optional(), ...headers });
/** A mail that is kept at Mailgun, and what its variables are beside those of the message. */
const kept = z.object({
  template: requiredText(),
  variables: z.record(z.string(), z.unknown()).optional(),
  ...headers,
});

const needed = ['Register', 'SignIn', 'ForgotPassword'];

const deliveries = z
  .record(
    z.string().min(1),
    z.union([written, kept], { error: 'Give "html", or the name of a "template" at Mailgun.' }),
  )
  .refine(
    (given) => 'Generic' in given || needed.every((usageType) => usageType in given),
    'Add a delivery for Generic; it stands in for all that have none of their own.',
  );

/** A mail for a usage type: what every template has, and what Mailgun alone does. */
export type MailgunTemplate = Template & {
  /** The part of text, where it is not to be made of the HTML. */
  plain?: string | undefined;
  /** The name of the template at Mailgun. */
  kept?: string | undefined;
  variables?: Record<string, unknown> | undefined;
};

/** Checks a configuration; one that was made for Logto's connector of the same id is valid as it is. */
export const configGuard = z
  .object({
    endpoint: endpointOr(defaultEndpoint),
    domain: requiredText()
      .transform((domain) => asciiDomain(domain))
      .pipe(z.string().regex(/^[a-z\d-]+(?:\.[a-z\d-]+)+$/i, 'Give the domain alone, for example mg.example.com.')),
    apiKey: requiredText().regex(/^[\x21-\x7e]+$/, 'An API key has no spaces.'),
    from: mailboxGuard,
    webhookSigningKey: optionalText,
    deliveries,
  })
  .transform((config) => ({ ...config, templates: Object.entries(config.deliveries).map(templateOf) }));

function templateOf([usageType, delivery]: [
  string,
  z.output<typeof written> | z.output<typeof kept>,
]): MailgunTemplate {
  const { subject, replyTo } = delivery;
  return 'html' in delivery
    ? { usageType, subject, replyTo, content: delivery.html, contentType: 'text/html', plain: delivery.text }
    : { usageType, subject, replyTo, kept: delivery.template, variables: delivery.variables };
}

/** A checked configuration. */
export type MailgunConfig = z.output<typeof configGuard>;
