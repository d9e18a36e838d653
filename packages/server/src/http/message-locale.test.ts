import { expect, test } from 'vitest';
import { messageLocale } from './message-locale.ts';

test.each([
  [['zh-CN', 'en'], 'fr', 'zh-CN'],
  [[], 'fr-CA,fr;q=0.9', 'fr-CA'],
  [[], 'fr;q=0.5, de', 'de'],
  [[], '*, en_US, \u0000, ja', 'ja'],
  [[], 'x'.repeat(9000), undefined],
  [[], '', undefined],
  [[], undefined, undefined],
])('of ui_locales %j and Accept-Language %.20j comes %s', (uiLocales, acceptLanguage, locale) => {
  expect(messageLocale(uiLocales, acceptLanguage)).toBe(locale);
});
