import { expect, test } from 'vitest';
import { defaultContentTemplates } from './default-texts.ts';
import { type LintableTemplate, lintTemplates } from './template-lint.ts';

const policy = { lifetimeSeconds: 600 };
const filler: LintableTemplate[] = ['Register', 'ForgotPassword', 'Generic'].map((usageType) => ({
  usageType,
  content: `${usageType}: {{code}}`,
}));
const lint = (content: string, given = {}) =>
  lintTemplates([{ usageType: 'SignIn', content }, ...filler], { ...policy, ...given });
const rules = (content: string, given = {}) => lint(content, given).map(({ rule }) => rule);

test('has nothing to say about our own templates', () => {
  expect(lintTemplates(defaultContentTemplates, policy)).toEqual([]);
});

test.each([
  ['{{code}}', []],
  ['{{ code }} from {{application.name}} in {{locale}}', []],
  ['Hello', ['code-missing']],
  ['{{code}} is {{ code }}', ['code-repeated']],
  ['{{code}}\n\n@example.com #{{code}}', []],
  ['{{code}} {{cod}}', ['unknown-placeholder']],
  ['{{code}} {{constructor}}', ['unknown-placeholder']],
  ['{code}', ['code-missing', 'malformed-placeholder']],
  ['#{code}', ['code-missing', 'malformed-placeholder']],
  ['{{code}', ['code-missing', 'malformed-placeholder']],
  ['{code}}', ['code-missing', 'malformed-placeholder']],
  ['code}}', ['code-missing', 'malformed-placeholder']],
  ['{{co de}}', ['code-missing', 'malformed-placeholder']],
  ['{{}}', ['code-missing', 'malformed-placeholder']],
  ['｛｛code｝｝', ['code-missing', 'malformed-placeholder']],
  ['{{{code}}}', ['malformed-placeholder']],
  ['{{code}} :-} {', []],
])('%j: %j', (content, expected) => {
  expect(rules(content)).toEqual(expected);
});

test.each([
  ['{{application.name}}: {otp}', '{otp}'],
  ['{{application.name}}: {{otp}}', '{{otp}}'],
  ['{{application.name}} in {{ locale }}', undefined],
  ['{{minutes}} minutes', undefined],
])('%j: what stands for the code is %j, and nothing that is filled with something else', (content, excerpt) => {
  const [first] = lint(content, { variables: ['minutes'] });
  expect([first?.rule, first?.excerpt]).toEqual(['code-missing', excerpt]);
});

test('a language that is none is never wished', () => {
  const locales = ['', 'zh_TW', 'de-DE-u-co-phonebk', 'Chinese (Taiwan)', '*'];
  const found = locales.map((locale) =>
    lintTemplates([{ usageType: 'SignIn', locale, content: 'In: {{code}}' }, ...filler], policy),
  );
  expect(found.map((findings) => findings.map(({ rule }) => rule))).toEqual([
    [],
    [],
    [],
    ['malformed-locale'],
    ['malformed-locale'],
  ]);
});

test('two spellings of one language are one', () => {
  const twice = ['zh-TW', 'zh_tw'].map((locale) => ({ usageType: 'SignIn', locale, content: 'In: {{code}}' }));
  expect(lintTemplates([...twice, ...filler], policy).map(({ rule }) => rule)).toEqual(['duplicate-template']);
});

test('knows further variables when told of them', () => {
  expect(rules('{{code}} {{minutes}}', { variables: ['minutes'] })).toEqual([]);
});

test.each([
  ['{{code}}, valid for 10 minutes', []],
  ['{{code}}, a 10-minute code', []],
  ['验证码{{code}}，10分钟内有效', []],
  ['{{code}}, valid for 5 minutes', ['5 minutes']],
  ['{{code}}, valid for 1 minute', ['1 minute']],
  ['{{code}}, 30 mins', ['30 mins']],
  ['验证码{{code}}，5 分钟内有效', ['5 分钟']],
  ['驗證碼{{code}}，5分鐘內有效', ['5分鐘']],
  ['{{code}}, 10 minibars', []],
])('compares the minutes of %j with the policy', (content, excerpts) => {
  const found = lint(content).filter(({ rule }) => rule === 'lifetime-mismatch');
  expect(found.map(({ excerpt }) => excerpt)).toEqual(excerpts);
});

test('takes lifetimes that are not whole minutes', () => {
  expect(rules('{{code}}, 1.5 minutes', { lifetimeSeconds: 90 })).toEqual([]);
  expect(lint('{{code}}, 2 minutes', { lifetimeSeconds: 90 })[0]?.message).toContain('1.5 minutes');
});

test.each(['@example.com #{{code}}', '@localhost #{{code}}', '@a.example.com #{{code}} @pay.example'])(
  'takes the last line %j for browsers',
  (line) => {
    expect(rules(`Code {{code}}\n${line}`)).toEqual([]);
  },
);

test.each([
  '@https://example.com #{{code}}',
  '@example.com:8080 #{{code}}',
  '@example.com/path #{{code}}',
  '@Example.com #{{code}}',
  '@example #{{code}}',
  '@example.com  #{{code}}',
  '@example.com {{code}}',
  '@example.com',
  '@ example.com #{{code}}',
  ' @example.com #{{code}}',
  '@example.com #{{code}}.',
  '@example.com #{{code}}\n',
  '@example.com #{{code}}\nThank you',
  'Go to @example.com #{{code}}',
  '@example.com #{{code}}\r',
])('refuses %j as last line for browsers', (line) => {
  expect(rules(`Code {{code}}\n${line}`)).toContain('origin-bound-code');
});

test('leaves other mentions with an at sign alone', () => {
  expect(rules('@acme: your code is {{code}}\nBye')).toEqual([]);
  expect(rules('{{code}} from help@example.com')).toEqual([]);
});

test('says how many SMS a text takes, and which character makes it more', () => {
  const text = `${'a'.repeat(154)}{{code}}`;
  expect(rules(text)).toEqual([]);
  expect(rules(text, { codeLength: 7 })).toEqual(['several-parts']);
  expect(lint(`${'a'.repeat(100)}…{{code}}`)[0]).toMatchObject({
    rule: 'several-parts',
    position: 100,
    excerpt: '…',
    message: expect.stringContaining('2 SMS'),
  });
});

test('says where something is', () => {
  expect(lint('Hi {name}, {{code}}')[0]).toMatchObject({ templateIndex: 0, position: 3, excerpt: '{name}' });
  expect(lint('{{code}}\r\nHi\n@x #{{code}}')[0]).toMatchObject({ position: 13, excerpt: '@x #{{code}}' });
});

test('finds usage types that are missing, doubled or share a template', () => {
  const findings = lintTemplates(
    [
      { usageType: 'SignIn', content: 'Code {{code}}' },
      { usageType: 'SignIn', locale: 'zh-CN', templateCode: 'SMS_1' },
      { usageType: 'SignIn', locale: 'ZH-cn', templateCode: 'SMS_1' },
      { usageType: 'Register', templateCode: { china: 'SMS_2', overseas: 'SMS_1' } },
      { usageType: 'Generic', content: ' Code  {{code}}\n' },
    ],
    policy,
  );
  expect(findings.map(({ templateIndex, rule, severity }) => [templateIndex, rule, severity])).toEqual([
    [2, 'duplicate-template', 'warning'],
    [3, 'shared-template', 'warning'],
    [4, 'shared-template', 'warning'],
    [undefined, 'missing-usage-type', 'error'],
  ]);
  expect(findings.at(-1)?.message).toContain('ForgotPassword');
});

// In steps that grow with the square of the length it would take longer than a test may.
test('reads long texts to their end', () => {
  for (const part of ['{', '}', '@', '1', 'a', '{{', '@a.', ' ', '｛']) lint(part.repeat(400_000));
});
