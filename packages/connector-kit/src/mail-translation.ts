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

/** Templates stay the same for many messages: what became of each in a language. */
const known = new WeakMap<Template, Map<string, Template>>();

/**
 * One of our mails in a language of the wishes, for whoever left `defaultMails` as they came.
 * @param wishes language tags (BCP 47), the best first
 * @returns nothing for a text of somebody's own, and for who wishes English or no language that we have
 */
export function translationOf<T extends Template>(template: T, wishes: readonly string[]): T | undefined {
  const translated = known.get(template) ?? translate(template);
  known.set(template, translated);
  if (translated.size === 0) return undefined;
  return translated.get(matchLocale(wishes, defaultTextLocales) ?? 'en') as T | undefined;
}

function translate(template: Template): Map<string, Template> {
  const translated = new Map<string, Template>();
  if (!isOurMail(template)) return translated;
  for (const locale of defaultTextLocales.filter((each) => each !== 'en')) {
    const mail = defaultMailsIn(locale).find(({ usageType }) => usageType === template.usageType);
    if (mail) translated.set(locale, { ...template, ...mail });
  }
  return translated;
}
