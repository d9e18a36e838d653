import { knownUsageTypes, lintTemplates } from '@sesame/connector-kit';
import { z } from 'zod';
import { languageTagSchema } from '../../../experience/phrase-schema.ts';
import type { SignInExperience } from '../../../experience/sign-in-experience.ts';
import type { EmailTemplate } from '../../../messaging/email-templates.ts';
import { onLines, onOneLine } from '../../../plain-text.ts';

/** How the documentation groups them. */
export const tags = ['Email templates'];

/** A mail of the size that mail programs cut, and some more: a mail with pictures in it is refused. */
const maxContent = 150_000;
const maxHeader = 998;

const header = z
  .string()
  .max(maxHeader)
  .regex(...onOneLine);

/** What a mail says. */
export const detailsSchema = z.object({
  subject: header,
  content: z
    .string()
    .max(maxContent)
    .regex(...onLines)
    .describe('The text or the HTML. The other part of the mail is made from it.'),
  contentType: z
    .enum(['text/html', 'text/plain'])
    .optional()
    .describe('Without it, what has elements that are closed is HTML.'),
  replyTo: header.optional().describe('Where answers go: `Name <address>` or an address. May hold variables.'),
  sendFrom: header.optional().describe('Who it is from, in place of the sender of the connector. May hold variables.'),
});

const languageTag = languageTagSchema.describe('A language tag (BCP 47).');
const templateType = z.enum(knownUsageTypes).describe('The usage type.');

/** What a template is for. */
export const templatePlaceSchema = z.object({ languageTag, templateType });

/** A template that is to be written. */
export const newTemplateSchema = templatePlaceSchema.extend({ details: detailsSchema });

/** Which templates. */
export const filterSchema = templatePlaceSchema.partial();

export const templateReply = z.object({
  tenantId: z.literal('default'),
  id: z.string(),
  languageTag: z.string(),
  templateType: z.string(),
  details: detailsSchema,
  createdAt: z.number().int().describe('Milliseconds since the epoch.'),
  findings: z
    .array(
      z.object({
        severity: z.enum(['error', 'warning']),
        rule: z.string(),
        message: z.string(),
        field: z.string().describe('What of the details it is about.'),
      }),
    )
    .describe('What is wrong or doubtful about it. A template with `code-missing` is never sent.'),
});

type CodePolicy = Pick<SignInExperience, 'verificationCodePolicy'>;

/** A template as replies show it, with what there is to say about it by the rules for codes. */
export function toReply({ verificationCodePolicy }: CodePolicy) {
  const { expirationDuration, codeLength } = verificationCodePolicy;
  const policy = { lifetimeSeconds: expirationDuration, codeLength };
  return (template: EmailTemplate): z.input<typeof templateReply> => {
    const { templateType: usageType, languageTag: locale, details } = template;
    const findings = lintTemplates([{ usageType, locale, ...details }], policy)
      .filter(({ templateIndex }) => templateIndex !== undefined)
      .map(({ severity, rule, message, field = 'content' }) => ({ severity, rule, message, field }));
    return { tenantId: 'default', ...template, findings };
  };
}
