/** The languages that the pages are in. */
export const languages = ['en', 'zh-CN'] as const;
export type Language = (typeof languages)[number];

/** What a person and an operator wish for. */
export type LanguageWishes = {
  /** `ui_locales` of the sign-in (OpenID Connect Core 1.0, 3.1.2.1): tags with spaces between, the best first. */
  uiLocales?: string | undefined;
  /** The header of the request (RFC 9110, 12.5.4). */
  acceptLanguage?: string | undefined;
  /** Whether the header counts. */
  autoDetect: boolean;
  fallbackLanguage: Language;
};

/** The first language of the wishes that the pages are in. */
export function chooseLanguage({ uiLocales, acceptLanguage, autoDetect, fallbackLanguage }: LanguageWishes): Language {
  const wished = [...(uiLocales ?? '').split(/\s+/), ...(autoDetect ? acceptedTags(acceptLanguage ?? '') : [])];
  for (const tag of wished) {
    const language = languageOf(tag);
    if (language) return language;
  }
  return fallbackLanguage;
}

/** All Chinese is Chinese to us: who reads one script makes out the other. */
function languageOf(tag: string): Language | undefined {
  const [primary] = tag.toLowerCase().split('-');
  return languages.find((language) => language.split('-')[0] === primary);
}

/** The tags of an `Accept-Language` header, the best first. They may be anything. */
export function acceptedTags(header: string): string[] {
  return header
    .slice(0, 1000)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.split(';').map((text) => text.trim());
      const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2);
      return { tag, weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .sort((one, other) => other.weight - one.weight)
    .map(({ tag }) => tag);
}
