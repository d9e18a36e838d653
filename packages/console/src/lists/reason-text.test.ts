import i18next from 'i18next';
import { expect, test } from 'vitest';
import { en } from '../i18n/en.ts';
import { formatTime } from '../shell/format-time.ts';
import { reasonText } from './reason-text.ts';

const english = i18next.createInstance();
await english.init({ resources: { en: { translation: en } }, lng: 'en', interpolation: { prefix: '%{', suffix: '}' } });
const { t } = english;
const textOf = (rule: string, scope: string, value: number | null, limit: number | null) =>
  reasonText(t, { rule, scope, value, limit }, 'en');

const block = 'block:+4915112';
test.each([
  ['a budget that is more than full', 'unverified', block, 15.9, 15, / 16, at most 15$/],
  ['a budget that one more does not fit into', 'unverified', block, 14.2, 15, / 15, at most 15$/],
  ['a limit between two numbers', 'unverified', block, 6.6, 7.4, / 7, at most 7$/],
  ['a cap by cost', 'cap', 'cap:day/DE/cost/EUR', 5.05, 5, / €5\.05, at most €5\.00$/],
  ['a cap by cost whose currency was not kept', 'cap', 'cap:day/DE/cost', 5.05, 5, / 5\.05, at most 5\.00$/],
  ['a rule without figures', 'never', 'number:+49 ••• 75', null, null, /never pass\.$/],
])('%s', (_, rule, scope, value, limit, text) => {
  expect(textOf(rule, scope, value, limit)).toMatch(text);
});

test('those who are signed in are called the same, at home and elsewhere', () => {
  for (const scope of ['signed-in', 'signed-in:at-home']) {
    expect(textOf('unverified', scope, 20, 20)).toContain('accounts that cannot be asked for a check');
  }
});

test('what is closed is said to be until then', () => {
  const until = Date.UTC(2026, 10, 27, 18);
  expect(textOf('closed', block, 15.9, until)).toMatch(
    new RegExp(`: the range \\+4915112…\\. Until ${formatTime(until, 'en')}$`),
  );
});
