import { expect, test } from 'vitest';
import { localeWishes } from './locale-wishes.ts';

test.each([
  [['zh-CN', 'en'], 'fr', undefined, ['zh-CN', 'en', 'fr']],
  [[], 'fr-CA,fr;q=0.9', undefined, ['fr-CA', 'fr']],
  [['de'], 'fr', 'ja', ['de', 'ja', 'fr']],
  [[], 'fr', 'pt_BR', ['pt-BR', 'fr']],
  [[], '*, zh_CN, \u0000, ja', '!', ['zh-CN', 'ja']],
  [[], 'x'.repeat(9000), 'x'.repeat(9000), []],
  [[], '', '', []],
  [[], undefined, undefined, []],
])(
  'of ui_locales %j, Accept-Language %.20j and the account in %.20j comes %j',
  (uiLocales, acceptLanguage, locale, expected) => {
    const user = { profile: locale === undefined ? {} : { locale } };
    expect(localeWishes({ uiLocales, acceptLanguage, user })).toEqual(expected);
  },
);
