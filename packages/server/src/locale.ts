/** What buffers for language tags should take (RFC 5646, section 4.4.1). */
const maxLength = 35;
/** More than any browser or application asks for. */
const maxLocales = 10;

/** A well-formed language tag (RFC 5646, section 2.1), without the grandfathered ones. */
const languageTag = new RegExp(
  [
    '^(?:(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{4,8})', // language
    '(?:-[a-z]{4})?', // script
    '(?:-(?:[a-z]{2}|\\d{3}))?', // region
    '(?:-(?:[a-z\\d]{5,8}|\\d[a-z\\d]{3}))*', // variants
    '(?:-[a-wyz\\d](?:-[a-z\\d]{2,8})+)*', // extensions
    '(?:-x(?:-[a-z\\d]{1,8})+)?', // private use
    '|x(?:-[a-z\\d]{1,8})+)$',
  ].join(''),
  'i',
);

/**
 * A language tag (BCP 47), as it was given; `undefined` for everything else and for what is longer than any real one.
 * Whatever is stored, logged or handed to connectors as a locale has come through here.
 */
export function parseLocale(text: string): string | undefined {
  return text.length <= maxLength && languageTag.test(text) ? text : undefined;
}

/** The language tags of a wish such as `ui_locales`: with spaces between, the best first. What is none is left out. */
export function parseLocales(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  return text.split(' ', maxLocales).flatMap((part) => parseLocale(part) ?? []);
}
