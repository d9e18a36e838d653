import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseLocale, parseLocales } from './locale.ts';

test.each([
  ...['en', 'zh-CN', 'zh-Hans-CN', 'zh-yue-HK', 'sl-rozaj-biske-1994', 'es-419', 'de-CH-x-phonebk', 'x-whatever'],
  ...['en-US-u-islamcal', 'qaa-Qaaa-QM-x-southern', 'hy-Latn-IT-arevela', 'de-CH-1901', 'ZH-cn'],
])('%s is a language tag', (tag) => {
  expect(parseLocale(tag)).toBe(tag);
});

test.each([
  ...[
    '',
    ' ',
    'e',
    '*',
    'en_US',
    'en-',
    '-en',
    'en--US',
    'en-US-',
    'en\n',
    'en\u0000',
    '\u0001en',
    'de-419-DE',
    'a-DE',
  ],
  ...[
    'en us',
    'zh-CN;q=1',
    '中文',
    'en-\u0435',
    `en-${'a'.repeat(9)}`,
    `zh-${'abcdefgh-'.repeat(1000)}CN`,
    '__proto__',
  ],
])('%j is none', (text) => {
  expect(parseLocale(text)).toBeUndefined();
});

test('whatever the platform takes for a tag is one', () => {
  const part = fc.stringMatching(/^[a-zA-Z0-9]{1,8}$/);
  const texts = fc.array(part, { minLength: 1, maxLength: 5 }).map((parts) => parts.join('-'));
  fc.assert(
    fc.property(texts, (text) => {
      const isTag = isTagForIntl(text) && text.length <= 35;
      fc.pre(isTag);
      expect(parseLocale(text)).toBe(text);
    }),
    { numRuns: 300, seed: 20_261_126 },
  );
});

function isTagForIntl(text: string): boolean {
  try {
    return Intl.getCanonicalLocales(text).length === 1;
  } catch {
    return false;
  }
}

test('of a wish the tags are left, ten at most', () => {
  expect(parseLocales('zh-CN \u0000 en x_y fr')).toEqual(['zh-CN', 'en', 'fr']);
  expect(parseLocales('en '.repeat(3000))).toHaveLength(10);
  expect(parseLocales('x'.repeat(9000))).toEqual([]);
  expect(parseLocales(['en', 'fr'])).toEqual([]);
  expect(parseLocales(7)).toEqual([]);
  expect(parseLocales(undefined)).toEqual([]);
});

test.each([
  ['fr;q=0.5, de', ['de', 'fr']],
  ['en;q=0.1, zh ; q=0.5', ['zh', 'en']],
  ['zh;q=0, en;Q=0.1', ['en']],
  ['zh;q=nonsense, de;q=7, en;q=0.3', ['en']],
  ['zh-TW,zh;q=0.9,en-US;q=0.8,en;q=0.7', ['zh-TW', 'zh', 'en-US', 'en']],
  [',;q=,;;*', []],
  ['zh_CN', ['zh-CN']],
  ['zh_Hant_TW.UTF-8 de_DE@euro', ['zh-Hant-TW', 'de-DE']],
  ['de-DE-u-co-phonebk zh-Hant-HK-x-foo', ['de-DE-u-co-phonebk', 'zh-Hant-HK-x-foo']],
  ['de-DE-u-ca-gregory-co-phonebk-hc-h23-nu-latn', ['de-DE']],
  [`en-${'a'.repeat(9)} zh-${'abcdefgh-'.repeat(1000)}CN fr`, ['fr']],
  ['x-private en', ['en']],
])('of %.50j are left: %j', (text, expected) => {
  expect(parseLocales(text)).toEqual(expected);
});

test('whatever is left of a wish is a tag, and short', () => {
  const character = fc.constantFrom(...'aAzZ09-_;,=q.@* \u0000é');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(character, { maxLength: 80 }).map((all) => all.join('')),
      ),
      (text) => {
        for (const tag of parseLocales(text)) expect(parseLocale(tag)).toBe(tag);
      },
    ),
    { numRuns: 1000, seed: 20_261_126 },
  );
});
