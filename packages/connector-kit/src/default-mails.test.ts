import { describe, expect, test } from 'vitest';
import { defaultMails, defaultMailsIn, defaultMailsOfAllLanguages } from './default-mails.ts';
import { defaultTextLocales, defaultUsageTypes } from './default-texts.ts';
import { renderMail } from './mail.ts';
import { chooseTemplate, codeUsageTypes } from './template.ts';

const variables = { code: '123456', application: { name: 'Acme & <Sons>' } };

describe.each(defaultTextLocales)('our mails in %s', (locale) => {
  const mails = defaultMailsIn(locale);

  test('are for every usage type, each in its own words, with the code first in the subject', () => {
    expect(mails.map(({ usageType }) => usageType)).toEqual([...defaultUsageTypes]);
    expect(new Set(mails.map(({ content }) => content)).size).toBe(mails.length);
    for (const mail of mails) expect(renderMail(mail, variables).subject).toMatch(/^123456 .*Acme & <Sons>/);
  });

  test('say the same in both parts, escaped in HTML, and load nothing', () => {
    for (const mail of mails) {
      const { text, html } = renderMail(mail, variables);
      const paragraphs = text.split('\n\n');
      expect(paragraphs.slice(0, 1).concat(paragraphs[2] ?? '')).toEqual(['Acme & <Sons>', '123456']);
      for (const paragraph of paragraphs) {
        expect(html).toContain(`>${paragraph.replace('&', '&amp;').replace('<', '&lt;').replace('>', '&gt;')}</td>`);
      }
      const direction = ['ar', 'fa', 'he'].includes(locale) ? 'rtl' : 'ltr';
      expect(html).toContain(`<html lang="${locale}" dir="${direction}">`);
      expect(html).not.toMatch(/<img|<script|https?:|url\(|\{\{/);
      expect(html.length).toBeLessThan(10_000);
    }
  });
});

test('there is a mail for each usage type that a code is for, and English where a language has none', () => {
  for (const usageType of codeUsageTypes) {
    expect(chooseTemplate(defaultMailsOfAllLanguages, usageType, ['uk-UA', 'en'])?.locale).toBe('uk');
    expect(chooseTemplate(defaultMailsOfAllLanguages, usageType, ['sw'])?.locale).toBeUndefined();
  }
  expect(defaultMailsIn('tlh')).toEqual([]);
  expect(defaultMails[0]?.content).toContain('Enter this code to sign in:');
});
