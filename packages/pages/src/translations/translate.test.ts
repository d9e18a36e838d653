import { describe, expect, test } from 'vitest';
import { html } from '../html.ts';
import { languages } from '../language.ts';
import { en } from './en.ts';
import { split, type TextKey, translations, translator } from './translate.ts';

const placeholders = (text: string) =>
  split(text)
    .flatMap((piece) => ('name' in piece ? [piece.name] : []))
    .sort();

describe.each(languages)('the words in %s', (language) => {
  const texts = translations[language];

  test('are those that English has', () => {
    expect(Object.keys(texts)).toEqual(Object.keys(en));
  });

  test.each(Object.keys(en) as TextKey[])('%s is filled in with the same, and is not empty', (key) => {
    expect(placeholders(texts[key])).toEqual(placeholders(en[key]));
    expect(texts[key].trim()).not.toBe('');
  });
});

describe('the words in Chinese', () => {
  test('are not those in English', () => {
    const same = (Object.keys(en) as TextKey[]).filter((key) => translations['zh-CN'][key] === en[key]);
    expect(same).toEqual([]);
  });

  test('have no Western stops after Chinese', () => {
    expect(Object.values(translations['zh-CN']).filter((text) => /\p{Script=Han}[.,:?!]/u.test(text))).toEqual([]);
  });
});

describe('translating', () => {
  const t = translator('en');

  test('fills in values as they are', () => {
    expect(t('continueTo', { application: '{phone} & <b>' })).toBe('to continue to {phone} & <b>');
  });

  test('puts markup into a text, and escapes the rest', () => {
    const { markup } = t.rich('register.legal', { terms: html`<a href="/t">terms</a>`, privacy: '<i>' });
    expect(markup).toBe('By going on you agree to the <a href="/t">terms</a> and the &lt;i&gt;.');
  });

  test.each([
    [0, '1 second'],
    [1, '1 second'],
    [59.2, '60 seconds'],
    [60, '1 minute'],
    [61, '2 minutes'],
    [5400, '2 hours'],
    [86_400, '24 hours'],
  ])('%s seconds are %s', (seconds, words) => {
    expect(t.wait(seconds)).toBe(words);
  });

  test('counts', () => {
    expect(t.count('problem.triesLeft', 1)).toBe('You have 1 try left.');
    expect(t.count('problem.triesLeft', 9)).toBe('You have 9 tries left.');
    expect(translator('zh-CN').count('problem.triesLeft', 1)).toBe('您还可以尝试 1 次。');
  });
});
