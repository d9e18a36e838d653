import { describe, expect, test } from 'vitest';
import { defaultTextLocales } from './default-texts.ts';
import { renderMail } from './mail.ts';
import { countParts } from './message-parts.ts';
import { noticeActors, noticeChanges, noticeWords } from './notice-words.ts';
import { noticeTemplates } from './notices.ts';
import { chooseTemplate, renderTemplate } from './template.ts';
import { lintTemplates } from './template-lint.ts';

const all = (locale: string) =>
  noticeChanges.flatMap((change) => noticeActors.map((by) => noticeWords(change, by, [locale])));

describe.each(defaultTextLocales)('our notices in %s', (locale) => {
  test('say each change in words of their own', () => {
    const words = all(locale);
    expect(new Set(words.map(({ change }) => change)).size).toBe(noticeChanges.length);
    expect(new Set(words.map(({ advice }) => advice)).size).toBe(noticeActors.length);
    expect(words.every((said) => said.locale === locale && said.change !== '' && said.advice !== '')).toBe(true);
  });

  test('each take one SMS', () => {
    const texts = all(locale).map((words) => renderTemplate(noticeTemplates.Sms.content, words));
    expect(texts.filter((text) => countParts(text).parts !== 1)).toEqual([]);
  });
});

test('English is said to who speaks no language that there are words in', () => {
  expect(noticeWords('phone-changed', 'operator', ['sw'])).toEqual({
    locale: 'en',
    change: 'The phone number of your account was changed.',
    advice: 'An administrator did this.',
  });
});

test('a mail says in its subject what was done', () => {
  const words = noticeWords('password-changed', 'user', ['de']);
  const mail = renderMail(noticeTemplates.Email, { ...words, application: { name: 'Acme' } });
  expect(mail.subject).toBe('Acme: Ihr Passwort wurde geändert.');
  expect(mail.text).toContain(words.advice);
});

describe('a template of a notice', () => {
  const lint = (content: string, more: object = {}) =>
    lintTemplates([{ usageType: 'AccountChanged', content, ...more }], { lifetimeSeconds: 600 })
      .filter(({ rule }) => rule !== 'missing-usage-type')
      .map(({ rule, excerpt }) => [rule, excerpt]);

  test('needs no code, and takes none', () => {
    expect(lint(noticeTemplates.Sms.content)).toEqual([]);
    expect(lint(noticeTemplates.Email.content, { subject: noticeTemplates.Email.subject })).toEqual([]);
    expect(lint('Something was changed within 5 minutes.')).toEqual([]);
    expect(lint('{{ code }} {{change}}')).toEqual([['unknown-placeholder', '{{ code }}']]);
    expect(lint('{{change}}', { subject: '{{code}}' })).toEqual([['unknown-placeholder', '{{code}}']]);
    expect(lint('{{changes}}')).toEqual([['unknown-placeholder', '{{changes}}']]);
  });

  test('is counted in SMS with what fills it', () => {
    expect(lint(`{{change}} {{advice}} ${'x'.repeat(100)}`)).toEqual([['several-parts', undefined]]);
  });

  test('is never that of a code', () => {
    const generic = { usageType: 'Generic', content: 'Code: {{code}}' };
    expect(chooseTemplate([generic], 'AccountChanged', ['en'])).toBeUndefined();
    expect(chooseTemplate([generic, noticeTemplates.Sms], 'AccountChanged')).toBe(noticeTemplates.Sms);
  });
});
