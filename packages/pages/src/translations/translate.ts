import { type Html, html } from '../html.ts';
import type { Language } from '../language.ts';
import { en, type Translation } from './en.ts';
import { zhCn } from './zh-cn.ts';

/** The words of every language. */
export const translations: Readonly<Record<Language, Translation>> = { en, 'zh-CN': zhCn };

export type TextKey = keyof Translation;
type Values = Readonly<Record<string, string | number>>;
type Counted<Key> = Key extends `${infer Stem}.other` ? Stem : never;

/** The words of one language. */
export type Translate = {
  /** A text; `{name}` in it is filled in. */
  (key: TextKey, values?: Values): string;
  /** A text with markup where its `{name}` are. */
  rich: (key: TextKey, parts: Readonly<Record<string, Html | string | number>>) => Html;
  /** The form of a text that fits a number (Unicode CLDR plural rules); the number is its `{count}`. */
  count: (stem: Counted<TextKey>, count: number) => string;
  /** How long to wait, for example `2 minutes`. */
  wait: (seconds: number) => string;
  /** Puts sentences behind each other. */
  join: (sentences: readonly string[]) => string;
};

/** @example translator('en')('signIn.title') // 'Sign in' */
export function translator(language: Language): Translate {
  const texts = translations[language];
  const plurals = new Intl.PluralRules(language);

  const translate = (key: TextKey, values: Values = {}) =>
    split(texts[key])
      .map((piece) => ('name' in piece ? String(values[piece.name] ?? '') : piece.text))
      .join('');

  const rich: Translate['rich'] = (key, parts) =>
    html`${split(texts[key]).map((piece) => html`${'name' in piece ? parts[piece.name] : piece.text}`)}`;

  const count: Translate['count'] = (stem, number) =>
    translate(`${stem}.${plurals.select(number) === 'one' ? 'one' : 'other'}` as TextKey, { count: number });

  const wait: Translate['wait'] = (seconds) => {
    if (seconds < 60) return count('wait.seconds', Math.max(1, Math.ceil(seconds)));
    if (seconds < 90 * 60) return count('wait.minutes', Math.ceil(seconds / 60));
    return count('wait.hours', Math.ceil(seconds / 3600));
  };

  // Chinese stops are as wide as a space already.
  const join: Translate['join'] = (sentences) => sentences.join(language === 'zh-CN' ? '' : ' ');

  return Object.assign(translate, { rich, count, wait, join });
}

/** The pieces of a text: as it stands, and what is to be filled in. */
export function split(text: string): ({ text: string } | { name: string })[] {
  return text
    .split(/(\{\w+\})/)
    .map((piece) => (/^\{\w+\}$/.test(piece) ? { name: piece.slice(1, -1) } : { text: piece }));
}
