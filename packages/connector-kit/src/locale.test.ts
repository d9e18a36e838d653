import { expect, test } from 'vitest';
import { canonicalLocale, createMatchLocale, matchLocale } from './locale.ts';

test.each([
  ['zh-TW', ['zh-CN', 'zh-Hant', 'en'], 'zh-Hant'],
  ['zh-TW', ['en', 'zh-CN', 'zh-HK'], 'zh-HK'],
  ['zh-HK', ['zh', 'zh-TW'], 'zh-TW'],
  ['zh-MO', ['zh-CN', 'zh-TW', 'zh-HK'], 'zh-HK'],
  ['zh-Hant-HK-x-foo', ['zh-CN', 'zh-TW'], 'zh-TW'],
  ['zh-Hant', ['zh-CN', 'zh-TW'], 'zh-TW'],
  ['zh_TW', ['zh_CN', 'zh_TW'], 'zh_TW'],
  ['zh-SG', ['zh-TW', 'zh-CN'], 'zh-CN'],
  ['zh-Hans-HK', ['zh-HK', 'zh-CN'], 'zh-CN'],
  ['zh', ['zh-TW', 'zh-CN'], 'zh-CN'],
  ['zh-yue-HK', ['zh-CN', 'zh-TW'], 'zh-TW'],
  ['zh-cmn-Hans', ['en', 'zh'], 'zh'],
  ['pt', ['pt-PT', 'pt-BR'], 'pt-BR'],
  ['pt-PT', ['pt-BR', 'pt-PT'], 'pt-PT'],
  ['pt-AO', ['pt-BR', 'pt-PT'], 'pt-PT'],
  ['pt-PT', ['en', 'pt-BR'], 'pt-BR'],
  ['sr-Latn', ['sr', 'sr-Latn'], 'sr-Latn'],
  ['sr-ME', ['sr', 'sr-Latn'], 'sr-Latn'],
  ['sr', ['sr-Latn', 'sr-Cyrl'], 'sr-Cyrl'],
  ['sh', ['sr', 'sr-Latn'], 'sr-Latn'],
  ['no', ['en', 'nb'], 'nb'],
  ['nb-NO', ['en', 'no'], 'no'],
  ['nn', ['en', 'nb'], 'nb'],
  ['iw', ['en', 'he'], 'he'],
  ['he-IL', ['en', 'iw'], 'iw'],
  ['in-ID', ['en', 'id'], 'id'],
  ['ji', ['en', 'yi'], 'yi'],
  ['tl', ['en', 'fil'], 'fil'],
  ['es-MX', ['es', 'es-419'], 'es-419'],
  ['es-ES', ['es-419', 'es'], 'es'],
  ['en-AU', ['en-US', 'en-GB'], 'en-GB'],
  ['fr-BE', ['fr-CA', 'fr-FR'], 'fr-FR'],
  ['de-DE-u-co-phonebk', ['en', 'de'], 'de'],
  ['de-AT', ['en', 'de-DE-u-co-phonebk'], 'de-DE-u-co-phonebk'],
  ['DE', ['en', 'de'], 'de'],
])('who wishes %s gets of %j: %s', (wish, available, expected) => {
  expect(matchLocale([wish], available)).toBe(expected);
});

test.each([
  [['fr', 'de-AT', 'en'], ['en', 'de'], 'de'],
  [['fr', 'zh-TW', 'en'], ['en', 'zh-CN', 'zh-TW'], 'zh-TW'],
  [['pt-PT', 'en'], ['en', 'pt-BR'], 'pt-BR'],
  [['*', '', 'x', 'x-private', 'a b', 'klingonish9', '\u0000', 'ja'], ['en', 'ja'], 'ja'],
])('of the wishes %j the first that can be met counts', (wishes, available, expected) => {
  expect(matchLocale(wishes, available)).toBe(expected);
});

test('the other script of Chinese is better than none, and worse than another wish', () => {
  expect(matchLocale(['zh-TW'], ['en', 'zh-CN'])).toBe('zh-CN');
  expect(matchLocale(['zh-TW', 'en'], ['en', 'zh-CN'])).toBe('en');
  expect(matchLocale(['zh-CN'], ['en', 'zh-HK'])).toBe('zh-HK');
});

test.each([
  [['fr'], ['en', 'zh-CN']],
  [['uk'], ['en', 'ru']],
  [['az-Arab'], ['en', 'az']],
  [['x'.repeat(9000), 'en-x'], ['en']],
  [[], ['en']],
  [['en'], []],
  [['en'], ['none of them', '']],
])('who wishes none of them gets none: %#', (wishes, available) => {
  expect(matchLocale(wishes, available)).toBeUndefined();
});

test.each([
  ['zh_Hant_TW', 'zh-Hant-TW'],
  [' EN-us ', 'en-US'],
  ['zh_HK.UTF-8', 'zh-HK'],
  ['de_DE@euro', 'de-DE'],
  ['en-US-u-islamcal', 'en-US'],
  ['zh-yue-HK', 'yue-HK'],
  ['es-419', 'es-419'],
  ['und', undefined],
  ['x-whatever', undefined],
  ['*', undefined],
])('%s is read as %s', (text, expected) => {
  expect(canonicalLocale(text)).toBe(expected);
});

test('what is more than it keeps is looked up all the same', () => {
  const matchLocale = createMatchLocale(2);
  expect(matchLocale(['pt-AO', 'fr'], ['pt-BR', 'pt-PT'])).toBe('pt-PT');
  expect(matchLocale(['es-MX', 'de-AT'], ['en', 'de'])).toBe('de');
  expect(matchLocale(['zh_Hant_TW'], ['zh-CN', 'zh-Hant'])).toBe('zh-Hant');
  expect(matchLocale(['ja'], ['en'])).toBeUndefined();
  expect(matchLocale(['pt-AO'], ['pt-BR', 'pt-PT'])).toBe('pt-PT');
});
