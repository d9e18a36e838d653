import { expect, test } from 'vitest';
import { defaultMails, defaultMailsIn } from './default-mails.ts';
import { translationOf } from './mail-translation.ts';
import type { Template } from './template.ts';

const [ours = { usageType: '' }] = defaultMails as Template[];

test.each<[wishes: string[], locale: string | undefined]>([
  [['de-AT'], 'de'],
  [['zh-HK', 'en'], 'zh-TW'],
  [['tlh', 'ja'], 'ja'],
  [['en-GB', 'de'], undefined],
  [['tlh'], undefined],
  [[], undefined],
])('who wishes %j gets our mail in %s', (wishes, locale) => {
  const expected = defaultMailsIn(locale ?? '').find(({ usageType }) => usageType === ours.usageType);
  expect(translationOf(ours, wishes)).toEqual(expected);
});

test('there is one for each of our mails, and it keeps whom the mail is from', () => {
  for (const mail of defaultMails as Template[]) expect(translationOf(mail, ['fr'])?.usageType).toBe(mail.usageType);
  expect(translationOf({ ...ours, sendFrom: 'Acme' }, ['fr'])).toMatchObject({ sendFrom: 'Acme', locale: 'fr' });
});

test.each<[string, Partial<Template>]>([
  ['another subject', { subject: '{{code}}' }],
  ['another text', { content: `${ours.content}!` }],
  ['a language', { locale: 'en' }],
  ['HTML', { contentType: 'text/html' }],
  ['another use', { usageType: 'Register' }],
])('a text with %s of somebody’s own stays as it is', (_, change) => {
  expect(translationOf({ ...ours, ...change }, ['de'])).toBeUndefined();
});
