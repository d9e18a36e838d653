/** The languages that the pages are in (BCP 47). */
export const languages = [
  'en',
  'zh-CN',
  'zh-TW',
  'es',
  'pt-BR',
  'fr',
  'de',
  'it',
  'nl',
  'pl',
  'cs',
  'ru',
  'uk',
  'tr',
  'ar',
  'fa',
  'he',
  'hi',
  'bn',
  'id',
  'vi',
  'th',
  'ja',
  'ko',
] as const;
export type Language = (typeof languages)[number];

/** The scripts of today whose lines begin on the right. */
const rightToLeft = new Set(['Arab', 'Hebr', 'Thaa', 'Nkoo', 'Syrc', 'Adlm', 'Rohg']);

const findDirection = (language: string): Direction =>
  rightToLeft.has(new Intl.Locale(language).maximize().script ?? '') ? 'rtl' : 'ltr';

/** Each text that is filled in asks for it. */
const known = new Map<string, Direction>(languages.map((language) => [language, findDirection(language)]));

type Direction = 'ltr' | 'rtl';

/** Where a line in a language (BCP 47) begins, as the `dir` of HTML says it. */
export const directionOf = (language: string): Direction => known.get(language) ?? findDirection(language);
