import { canonicalLocale } from '@sesame/connector-kit';

/** What buffers for language tags should take (RFC 5646, section 4.4.1). */
const maxLength = 35;
/** More than any browser or application asks for. */
const maxLocales = 10;
/** What more of them is there is not read. */
const maxTextLength = 16_384;
const maxWishes = 100;

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

/**
 * The languages that somebody wishes, the best first: of `ui_locales` (OpenID Connect Core 1.0, section 3.1.2.1), of an
 * `Accept-Language` header with its weights (RFC 9110, section 12.5.4), or of a single tag. What is none is passed
 * over; ten at most are left, as `parseLocale` lets them pass. An underscore is read as a hyphen.
 */
export function parseLocales(text: unknown): string[] {
  if (typeof text !== 'string') return [];
  return text
    .slice(0, maxTextLength)
    .replace(/\s{0,9};\s{0,9}/g, ';')
    .split(/[\s,]+/, maxWishes)
    .map(readWish)
    .filter(({ weight }) => weight > 0 && weight <= 1)
    .sort((one, other) => other.weight - one.weight)
    .flatMap(({ tag }) => (canonicalLocale(tag) && parseLocale(withHyphens(tag))) || [])
    .slice(0, maxLocales);
}

function readWish(part: string): { tag: string; weight: number } {
  const [tag = '', ...parameters] = part.split(';');
  const weight = parameters.find((parameter) => /^q=/i.test(parameter))?.slice(2);
  return { tag, weight: weight === undefined ? 1 : Number(weight) };
}

/** A tag with more extensions than fit goes without them: no language hangs on them. */
function withHyphens(tag: string): string {
  const hyphenated = tag.replace(/[.@].*$/, '').replaceAll('_', '-');
  return hyphenated.length <= maxLength ? hyphenated : hyphenated.replace(/-[a-z\d]-.*$/i, '');
}
