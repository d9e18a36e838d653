import { acceptedTags } from '@sesame/pages';
import { parseLocale } from '../locale.ts';

/**
 * The language of messages: what the application or the browser likes best, whether or not the pages have it.
 * @param acceptLanguage the header of the request (RFC 9110, section 12.5.4)
 */
export function messageLocale(uiLocales: readonly string[], acceptLanguage = ''): string | undefined {
  const [locale] = [...uiLocales, ...acceptedTags(acceptLanguage)].flatMap((tag) => parseLocale(tag) ?? []);
  return locale;
}
