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

const rightToLeft: ReadonlySet<Language> = new Set(['ar', 'fa', 'he']);

/** Where a line begins, as the `dir` of HTML says it. */
export const directionOf = (language: Language): 'ltr' | 'rtl' => (rightToLeft.has(language) ? 'rtl' : 'ltr');
