import { match } from '@formatjs/intl-localematcher';
import { remember } from './remember.ts';

/** A BCP 47 language tag, for example `zh-CN`. */
export type Locale = string;

/** ICU takes longer to read a tag than the rest of a send takes, and few tags and wishes come again and again. */
const maxRememberedTags = 500;
const maxTagLength = 100;

/**
 * The one of the languages that are there which suits a person best: as ICU matches, by likely scripts and with CLDR's
 * distances between languages, scripts and regions. `zh-HK` gets `zh-TW` rather than `zh-CN`, `pt-AO` gets `pt-PT`, `no`
 * gets `nb`. Who reads one script of Chinese makes out the other, if nothing else that the person wishes is there.
 * @param wishes the best first; what is no language tag is passed over, as `canonicalLocale` reads them
 * @returns as `available` spells it; `undefined` where no wish can be met
 * @see https://www.rfc-editor.org/rfc/rfc4647 and https://unicode.org/reports/tr35/#LanguageMatching
 * @example matchLocale(['zh_HK', 'en'], ['en', 'zh-CN', 'zh-Hant']) // 'zh-Hant'
 */
export const matchLocale = createMatchLocale(50_000);

/**
 * Makes `matchLocale`. The library keeps every tag that it compares for good, about 300 bytes each, and strangers send
 * tags: once there are as many as this, others are looked up as RFC 4647 says in its section 3.4, which keeps nothing.
 */
export function createMatchLocale(maxTags: number) {
  const known = new Set<string>();
  const isKnown = (tag: string) => known.has(tag) || (known.size < maxTags && known.add(tag).has(tag));

  function find(wishes: readonly string[], available: readonly Locale[]): Locale | undefined {
    const wished = wishes.flatMap((wish) => canonicalLocale(wish) ?? []);
    const offered = wished.length === 0 ? [] : available.flatMap((tag) => canonicalLocale(tag) ?? []);
    if (offered.length === 0) return undefined;
    if (wished.some((tag) => /^zh\b/.test(tag))) wished.push('zh', 'zh-Hant');
    const algorithm = wished.every(isKnown) ? 'best fit' : 'lookup';
    const found = match(wished, offered, 'und', { algorithm });
    return available.find((tag) => canonicalLocale(tag) === found);
  }

  const findRemembered = remember(maxRememberedTags, (wishes: string, available: string) =>
    find(JSON.parse(wishes) as string[], JSON.parse(available) as string[]),
  );

  return function matchLocale<Tag extends Locale>(
    wishes: readonly string[],
    available: readonly Tag[],
  ): Tag | undefined {
    if (wishes.length === 0 || available.length === 0) return undefined;
    const wished = JSON.stringify(wishes);
    const isShort = wished.length <= maxTagLength;
    return (isShort ? findRemembered(wished, JSON.stringify(available)) : find(wishes, available)) as Tag | undefined;
  };
}

/**
 * Language, script and region of a tag in their canonical spelling, without its extensions: `zh-TW` for `zh_TW`, `de-DE`
 * for `de-DE-u-co-phonebk`, `he` for `iw`, `zh-HK` for the `zh_HK.UTF-8` of an environment. `undefined` for what is no
 * tag of a language.
 */
export const canonicalLocale = (text: string): Locale | undefined =>
  (text.length > maxTagLength ? readLocale : readRemembered)(text);

const readRemembered = remember(maxRememberedTags, readLocale);

function readLocale(text: string): Locale | undefined {
  const tag = text
    .trim()
    .replace(/[.@].*$/s, '')
    .replaceAll('_', '-')
    // The extended languages of RFC 5646 are languages of their own by now.
    .replace(/^[a-z]{2,3}-(?=[a-z]{3}(-|$))/i, '');
  try {
    const { language, script, region } = new Intl.Locale(tag);
    return language && language !== 'und' ? [language, script, region].filter(Boolean).join('-') : undefined;
  } catch {
    return undefined;
  }
}
