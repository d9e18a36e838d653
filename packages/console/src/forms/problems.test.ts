import type { TFunction } from 'i18next';
import i18next from 'i18next';
import { beforeAll, expect, test } from 'vitest';
import { ApiError, refusedFields } from '../api/api-error.ts';
import { en } from '../i18n/en.ts';
import { zhCN } from '../i18n/zh-cn.ts';
import { allProblems, cssSentences, isAbout, problemsOf } from './problems.ts';

const options = { interpolation: { prefix: '%{', suffix: '}', escapeValue: false } };
let t: TFunction;
beforeAll(async () => {
  const resources = { en: { translation: en }, 'zh-CN': { translation: zhCN } };
  t = await i18next.init({ ...options, lng: 'zh-CN', resources });
});

const refusal = (code: string, data: unknown) =>
  new ApiError({ status: 400, code, message: 'Refused.', data: data as Record<string, unknown> });

test('every field has its sentence, in the language of the person where the code or the field says enough', () => {
  const rules = [{ code: 'password_rejected.too_short', interpolation: { min: 8 } }];
  const issues = [
    { path: 'primaryPhone', message: 'Give a phone number.' },
    { path: 'username', message: 'Taken.', code: 'user.username_already_in_use' },
    { path: 'password', message: 'Use 8.', code: 'password.rejected', rules },
    { path: 'customData', message: 'Write JSON.' },
    { path: 'profile.gender', message: 'Expected a text.' },
  ];
  expect(problemsOf(t, refusal('guard.invalid_input', { issues }))).toEqual([
    { path: 'primaryPhone', message: zhCN.forms.invalid.primaryPhone },
    { path: 'username', message: zhCN.shell.errors.codes.user.username_already_in_use },
    { path: 'password', message: '请至少使用 8 个字符。' },
    { path: 'customData', message: zhCN.forms.invalid.customData },
    { path: 'profile.gender', message: 'Expected a text.' },
  ]);
  const taken = { issues: [{ path: 'username', message: 'Taken.' }] };
  expect(problemsOf(t, refusal('user.username_already_in_use', taken))).toEqual([
    { path: 'username', message: zhCN.shell.errors.codes.user.username_already_in_use },
  ]);
  expect(problemsOf(t, refusal('user.username_already_in_use', undefined))).toHaveLength(1);
  expect(problemsOf(t, refusal('password.rejected', rules))).toEqual([
    { path: 'password', message: '请至少使用 8 个字符。' },
  ]);
});

test('several problems of one field are one, a line each', () => {
  const issue = (line: number) => ({ path: 'customCss', message: 'No.', reason: 'at-rule', line, found: '@import' });
  const error = refusal('guard.invalid_input', {
    issues: [{ path: 'supportEmail', message: 'No.' }, issue(1), issue(2)],
  });
  const lines = '第 1 行：不能使用 @import。\n第 2 行：不能使用 @import。';
  expect(problemsOf(t, error)).toEqual([
    { path: 'supportEmail', message: zhCN.forms.invalid.supportEmail },
    { path: 'customCss', message: lines },
  ]);
  expect(cssSentences(t, error).join('\n')).toBe(lines);
});

test('what the Console knows by itself stands beside what the server refuses, and says it better', () => {
  const own = [
    { path: 'termsOfUseUrl', message: 'A link.' },
    { path: 'methods', message: 'A code or a password.' },
  ];
  const told = [
    { path: 'termsOfUseUrl', message: 'Give an address.' },
    { path: 'signIn.methods.0', message: 'Choose.' },
    { path: 'supportEmail', message: 'An address.' },
  ];
  expect(allProblems(t, refusedFields(told), own).map(({ path }) => path)).toEqual([
    'termsOfUseUrl',
    'methods',
    'supportEmail',
  ]);
  // Where the server was not reached, it is not the fields that failed.
  expect(allProblems(t, refusal('network.unreachable', {}), own)).toEqual([]);
});

test.each([
  ['primaryPhone', 'primaryPhone', true],
  ['oidcClientMetadata.redirectUris.0', 'redirectUris', true],
  ['branding.name', 'name', true],
  ['phrases.de.signIn.title', 'phrases', true],
  ['username', 'name', false],
  ['oidcClientMetadata.redirectUris.0', 'oidcClientMetadata.redirectUris.1', false],
])('whether %s is about %s: %s', (path, field, is) => {
  expect(isAbout({ path }, field)).toBe(is);
});
