import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chooseTemplate, optionalUsageTypes, placeholdersOf, renderTemplate, type Variables } from './template.ts';

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
  ['SignIn', 'zh', 'zh'],
  ['SignIn', 'fr', 'plain'],
  ['SignIn', undefined, 'plain'],
  ['Register', 'fr', 'generic fr'],
  ['Register', undefined, 'generic'],
  ['LinkAccount', 'fr-CA', 'generic fr'],
  ['toString', 'en', 'generic'],
])('for %s in %s: %s', (usageType, locale, content) => {
  expect(chooseTemplate(templates, usageType, locale)).toMatchObject({ content });
});

test.each(optionalUsageTypes)('%s has a template of its own, or that for Generic', (usageType) => {
  const own = { usageType, content: 'own' };
  expect(chooseTemplate(templates, usageType, 'fr')).toMatchObject({ content: 'generic fr' });
  expect(chooseTemplate([...templates, own], usageType)).toBe(own);
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
