import { describe, expect, test } from 'vitest';
import { html } from '../html.ts';
import { languages } from '../language.ts';
import { en } from './en.ts';
import { textKeysOf, textsOf } from './texts.ts';
import { split, translator } from './translate.ts';

const placeholders = (text: string) =>
  split(text)
    .flatMap((piece) => ('name' in piece ? [piece.name] : []))
    .sort();

const english: Record<string, string> = en;
/** The English text of a key, or of a form for numbers that English does not have. */
const englishOf = (key: string) => english[key] ?? english[key.replace(/\.\w+$/, '.other')] ?? '';

/** Scripts that a text in the language is written in, where it is another than that of English. */
const scripts: Record<string, RegExp> = {
  ...{ 'zh-CN': /\p{sc=Han}/u, 'zh-TW': /\p{sc=Han}/u, ja: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}]/u },
  ...{ ko: /\p{sc=Hangul}/u, ru: /\p{sc=Cyrillic}/u, uk: /\p{sc=Cyrillic}/u, ar: /\p{sc=Arabic}/u },
  ...{
    fa: /\p{sc=Arabic}/u,
    he: /\p{sc=Hebrew}/u,
    hi: /\p{sc=Devanagari}/u,
    bn: /\p{sc=Bengali}/u,
    th: /\p{sc=Thai}/u,
  },
};

describe.each(languages)('the words in %s', (language) => {
  const texts = textsOf(language) as Record<string, string>;

  test('are those that English has, with the forms for numbers of the language', () => {
    expect(Object.keys(texts).sort()).toEqual(textKeysOf(language).sort());
  });

  test('are filled in with the same, and none is empty', () => {
    const wrong = Object.entries(texts).filter(([key, text]) => {
      const [filled, wanted] = [placeholders(text).join(), placeholders(englishOf(key)).join()];
      // A form for one number alone may say it in words.
      const isAlike = filled === wanted || (/\.(zero|one|two)$/.test(key) && filled === '' && wanted === 'count');
      return text === '' || text !== text.trim() || !isAlike;
    });
    expect(wrong).toEqual([]);
  });

  test.runIf(language !== 'en')('are its own', () => {
    const own = Object.keys(texts).filter((key) => texts[key] !== english[key] && placeholders(key).length === 0);
    expect(own.length).toBeGreaterThan(Object.keys(texts).length * 0.95);
    const script = scripts[language];
    if (script) expect(Object.keys(texts).filter((key) => !script.test(texts[key] ?? ''))).toEqual([]);
  });
});

test('the words in Chinese and Japanese have no Western stops after their letters', () => {
  for (const language of ['zh-CN', 'zh-TW', 'ja'] as const) {
    const letters = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}][.,:?!]/u;
    expect(Object.values(textsOf(language)).filter((text) => letters.test(text))).toEqual([]);
  }
});

test('the words in French have spaces that no line breaks at before signs of two parts', () => {
  const texts = Object.values(textsOf('fr'));
  expect(texts.filter((text) => /[^\u00a0]:(?!\/)|[^\u202f][;?!]/.test(text))).toEqual([]);
});

test('the words in Arabic and Persian have the signs of their script', () => {
  for (const language of ['ar', 'fa'] as const) {
    expect(Object.values(textsOf(language)).filter((text) => /[,;?]/.test(text))).toEqual([]);
  }
});

test('no noun stands beside a number that it would have to agree with, but in the forms for numbers', () => {
  for (const language of ['pl', 'cs', 'ru', 'uk'] as const) {
    const texts = Object.entries(textsOf(language)).filter(([key]) => !/\.(one|few|many|other)$/.test(key));
    // "From 6 digits" and "6 of these" are the same for any number.
    const bound = texts.filter(([, text]) => /(?<!(из|із) )\{(count|limit)\} (?!z |из|із)\p{L}/u.test(text));
    expect(bound).toEqual([]);
  }
});

test.each(languages)('the words in %s have no quotation marks of a typewriter, and no stray spaces', (language) => {
  expect(Object.values(textsOf(language)).filter((text) => /["']| {2}| [.,]/.test(text))).toEqual([]);
});

describe('translating', () => {
  const t = translator({ language: 'en' });

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
    expect(translator({ language: 'zh-CN' }).count('problem.triesLeft', 1)).toBe('您还可以尝试 1 次。');
  });

  test('puts other words in place of its own, also where they are counted', () => {
    const phrases = { 'signIn.title': 'Come in, {x}', 'wait.seconds.other': '{count} ticks' };
    const own = translator({ language: 'en', phrases });
    expect([own('signIn.title'), own.wait(5), own.wait(1)]).toEqual(['Come in, ', '5 ticks', '1 second']);
    expect(own.rich('signIn.title', {}).markup).toBe('Come in, ');
  });

  test('keeps what is filled in together where lines begin on the right', () => {
    expect(translator({ language: 'ar' })('continueTo', { application: 'Shop (UK)' })).toContain(
      '\u2068Shop (UK)\u2069',
    );
  });
});
