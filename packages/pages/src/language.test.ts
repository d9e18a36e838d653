import { expect, test } from 'vitest';
import { chooseLanguage } from './language.ts';

const settings = { autoDetect: true, fallbackLanguage: 'en' } as const;

test.each([
  ['zh-CN', undefined, 'zh-CN'],
  ['zh', undefined, 'zh-CN'],
  ['ZH-Hans-CN', undefined, 'zh-CN'],
  ['zh-TW', undefined, 'zh-CN'],
  ['fr-CA de zh en', undefined, 'zh-CN'],
  ['en', 'zh-CN', 'en'],
  ['fr', 'zh-CN,zh;q=0.9,en;q=0.8', 'zh-CN'],
  [undefined, 'de-DE,de;q=0.9,en;q=0.8,zh;q=0.7', 'en'],
  [undefined, 'en;q=0.1, zh ; q=0.5', 'zh-CN'],
  [undefined, 'zh;q=0, en;q=0.1', 'en'],
  [undefined, 'zhuang', 'en'],
  [undefined, '*', 'en'],
  [undefined, ',;q=,;;', 'en'],
  [undefined, 'zh;q=nonsense', 'en'],
  ['', '', 'en'],
  [undefined, undefined, 'en'],
])('of ui_locales %j and Accept-Language %j comes %s', (uiLocales, acceptLanguage, language) => {
  expect(chooseLanguage({ uiLocales, acceptLanguage, ...settings })).toBe(language);
});

test('the header does not count where the operator says so; ui_locales do', () => {
  const fixed = { autoDetect: false, fallbackLanguage: 'zh-CN', acceptLanguage: 'en' } as const;
  expect(chooseLanguage(fixed)).toBe('zh-CN');
  expect(chooseLanguage({ ...fixed, uiLocales: 'en' })).toBe('en');
});
