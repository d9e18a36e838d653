import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  chooseLocale,
  chooseTemplate,
  noticeUsageType,
  optionalUsageTypes,
  placeholdersOf,
  renderTemplate,
  type Variables,
} from './template.ts';

const templates = [
  { usageType: 'SignIn', locale: 'zh-CN', content: 'zh-CN' },
  { usageType: 'SignIn', content: 'plain' },
  { usageType: 'SignIn', locale: 'zh', content: 'zh' },
  { usageType: 'Register', locale: 'de', content: 'de' },
  { usageType: 'Generic', locale: 'fr', content: 'generic fr' },
  { usageType: 'Generic', content: 'generic' },
];

test.each([
  ['SignIn', 'zh-CN', 'zh-CN'],
  ['SignIn', 'ZH-cn', 'zh-CN'],
  ['SignIn', 'zh-TW', 'zh'],
  ['SignIn', 'zh_CN', 'zh-CN'],
  ['SignIn', 'zh-Hans-CN-u-co-pinyin', 'zh-CN'],
  ['SignIn', ['fr', 'zh-SG'], 'zh-CN'],
  ['SignIn', ['*', '', 'x'.repeat(9000), 'de', 'zh_CN'], 'zh-CN'],
  ['SignIn', [], 'plain'],
  ['SignIn', 'zh', 'zh'],
  ['SignIn', 'fr', 'plain'],
  ['SignIn', undefined, 'plain'],
  ['Register', 'fr', 'generic fr'],
  ['Register', undefined, 'generic'],
  ['LinkAccount', 'fr-CA', 'generic fr'],
  ['Register', ['ja', 'de-AT'], 'de'],
  ['toString', 'en', 'generic'],
])('for %s in %.40j: %s', (usageType, locale, content) => {
  expect(chooseTemplate(templates, usageType, locale)).toMatchObject({ content });
});

const fallingBack = optionalUsageTypes.filter((usageType) => usageType !== noticeUsageType);
test.each(fallingBack)('%s has a template of its own, or that for Generic', (usageType) => {
  const own = { usageType, content: 'own' };
  expect(chooseTemplate(templates, usageType, 'fr')).toMatchObject({ content: 'generic fr' });
  expect(chooseTemplate([...templates, own], usageType)).toBe(own);
});

test.each([
  ['zh-TW', 'zh-Hant'],
  ['zh-HK', 'zh-Hant'],
  ['zh-Hant-HK-x-foo', 'zh-Hant'],
  ['zh-CN', 'zh'],
  ['pt-PT', 'pt-PT'],
  ['pt-BR', 'pt'],
  ['sr-Latn', 'sr-Latn'],
  ['sr', 'sr-Cyrl'],
  ['no', 'nb'],
  ['iw', 'he'],
  ['de-DE-u-co-phonebk', 'de_DE'],
  ['ja', undefined],
])('a person with %s gets the text in %s', (wish, locale) => {
  const tags = [undefined, 'zh', 'zh-Hant', 'pt', 'pt-PT', 'sr-Cyrl', 'sr-Latn', 'nb', 'he', 'de_DE'];
  const inMany = tags.map((tag) => ({ usageType: 'SignIn', locale: tag, content: '{{code}}' }));
  expect(chooseTemplate(inMany, 'SignIn', wish)?.locale).toBe(locale);
  expect(chooseLocale(inMany, 'SignIn', ['ko', wish])).toBe(locale === undefined ? 'ko' : wish);
});

test('a wish that leads to the same template as all of them is the locale of the message', () => {
  expect(chooseLocale(templates, 'SignIn', ['ja', 'zh-CN', 'fr'])).toBe('zh-CN');
  expect(chooseLocale(templates, 'Register', ['ja', 'fr', 'de'])).toBe('de');
  expect(chooseLocale(templates, 'Other', ['ja', 'fr'])).toBe('fr');
  expect(chooseLocale(templates, 'SignIn', ['ja', 'fr'])).toBe('ja');
  expect(chooseLocale(templates, 'SignIn', [])).toBeUndefined();
});

test('prefers a text in another language to none', () => {
  const german = [
    { usageType: 'Generic', locale: 'de', content: 'generic' },
    { usageType: 'SignIn', locale: 'de', content: 'sign-in' },
  ];
  expect(chooseTemplate(german, 'SignIn', 'en')).toMatchObject({ content: 'sign-in' });
  expect(chooseTemplate(german, 'Register', 'en')).toMatchObject({ content: 'generic' });
  expect(chooseTemplate(german.slice(1), 'Register', 'en')).toBeUndefined();
});

test.each([
  ['{{code}}{{ code }}', '123456123456'],
  ['{{application.name}}', 'Shop'],
  ['[{{missing}}{{application}}{{application.missing}}{{application.name.length}}]', '[]'],
  ['{{constructor}}{{__proto__}}{{toString}}{{application.constructor.name}}', ''],
  ['{{nothing}}{{nothing.at.all}}{{list}}{{list.length}}{{flag}}', ''],
  ['{{zero}}', '0'],
  ['{code} {{code} {{co de}}', '{code} {{code} {{co de}}'],
])('renders %s', (content, text) => {
  const fromJson = JSON.parse(
    '{"code":"123456","zero":0,"nothing":null,"list":["a"],"flag":true,"application":{"name":"Shop"}}',
  ) as Variables;
  expect(renderTemplate(content, fromJson)).toBe(text);
});

test('puts in any value as it is, once', () => {
  const special = fc.oneof(fc.string(), fc.constantFrom('$&', '$1', "$'", '{{code}}', '\\', '{{name}}'));
  fc.assert(
    fc.property(special, (name) => {
      expect(renderTemplate('a {{name}} z', { name, code: 'secret' })).toBe(`a ${name} z`);
    }),
  );
});

test('lists the placeholders in order', () => {
  expect(placeholdersOf('{{b}} {{ a.c }} {{b}} {d} {{e f}}')).toEqual(['b', 'a.c', 'b']);
});
