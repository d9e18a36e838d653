import { chooseTemplateOnce, translationOf } from '@sesame/connector-kit';
import type { EmailTemplates } from './email-templates.ts';
import type { Wish } from './new-message.ts';
import { readTemplates } from './templates.ts';

/**
 * What goes before the templates of the connector: the administrators' own for a mail, or one of ours that the connector
 * was left with, in the language of the person. Where there is neither, the connector chooses among its own.
 */
export async function ownTemplate(
  emailTemplates: EmailTemplates,
  { recipient, usageType, locales }: Wish,
  templates: unknown,
) {
  if (recipient.channel !== 'Email') return undefined;
  const own = await emailTemplates.choose(usageType, locales);
  const left = own ? undefined : chooseTemplateOnce(readTemplates(templates), usageType, locales);
  return own ?? (left && translationOf(left, locales));
}
