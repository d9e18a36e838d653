import { defaultMails, defaultMailsIn } from './default-mails.ts';
import { defaultTextLocales } from './default-texts.ts';
import { matchLocale } from './locale.ts';
import type { Template } from './template.ts';

/** Whether a template is one of `defaultMails` as it came: for every language, with our subject and text. */
export const isOurMail = ({ usageType, locale, subject, content, contentType }: Template): boolean =>
  !locale &&
  contentType !== 'text/html' &&
  defaultMails.some(
    (mail) => mail.usageType === usageType && mail.subject === subject && mail.content === content?.trimEnd(),
  );

const translations = new Map(defaultTextLocales.map((locale) => [locale, defaultMailsIn(locale)]));
/** Templates stay the same for many messages. */
const known = new WeakMap<Template, boolean>();

/**
 * One of our mails in a language of the wishes, for whoever left `defaultMails` as they came.
 * @param wishes language tags (BCP 47), the best first
 * @returns nothing for a text of somebody's own, and for who wishes English or no language that we have
 */
export function translationOf<T extends Template>(template: T, wishes: readonly string[]): T | undefined {
  const isOurs = known.get(template) ?? isOurMail(template);
  known.set(template, isOurs);
  if (!isOurs) return undefined;
  const locale = matchLocale(wishes, defaultTextLocales);
  const mail = translations.get(locale ?? 'en')?.find(({ usageType }) => usageType === template.usageType);
  return mail && mail.locale !== 'en' ? { ...template, ...mail } : undefined;
}
