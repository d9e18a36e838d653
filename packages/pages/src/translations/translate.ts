import { type Html, html } from '../html.ts';
import { directionOf } from '../language.ts';
import { type CountedStem, type Phrases, type TextKey, textsOf } from './texts.ts';

type Values = Readonly<Record<string, string | number>>;

/** The words of one language. */
export type Translate = {
  /** A text; `{name}` in it is filled in. */
  (key: TextKey, values?: Values): string;
  /** A text with markup where its `{name}` are. */
  rich: (key: TextKey, parts: Readonly<Record<string, Html | string | number>>) => Html;
  /** The form of a text that fits a number (Unicode CLDR plural rules); the number is its `{count}`. */
  count: (stem: CountedStem, count: number) => string;
  /** How long to wait, for example `2 minutes`. */
  wait: (seconds: number) => string;
  /** Puts sentences behind each other. */
  join: (sentences: readonly string[]) => string;
};

/** Their stops are as wide as a space already. */
const withoutSpaces: ReadonlySet<string> = new Set(['zh-CN', 'zh-TW', 'ja']);

/**
 * The words of a language; `phrases` stand in for some of them.
 * @example translator({ language: 'en' })('signIn.title') // 'Sign in'
 */
export function translator({ language, phrases }: { language: string; phrases?: Phrases | undefined }): Translate {
  const [own, texts] = [phrases, textsOf(language)] as [Record<string, string> | undefined, Record<string, string>];
  const textOf = (key: string): string | undefined => own?.[key] ?? texts[key];
  // Where lines begin on the right, what is filled in must not be torn apart by what stands around it (UAX #9).
  const isolate = (value: string | number = '') =>
    directionOf(language) === 'rtl' && value !== '' ? `\u2068${value}\u2069` : String(value);

  const fill = (key: string, values: Values) =>
    split(textOf(key) ?? '')
      .map((piece) => ('name' in piece ? isolate(values[piece.name]) : piece.text))
      .join('');

  const translate = (key: TextKey, values: Values = {}) => fill(key, values);

  const rich: Translate['rich'] = (key, parts) =>
    html`${split(textOf(key) ?? '').map((piece) => html`${'name' in piece ? parts[piece.name] : piece.text}`)}`;

  const count: Translate['count'] = (stem, number) => {
    const key = `${stem}.${pluralsOf(language).select(number)}`;
    return fill(textOf(key) !== undefined ? key : `${stem}.other`, { count: number });
  };

  const wait: Translate['wait'] = (seconds) => {
    if (seconds < 60) return count('wait.seconds', Math.max(1, Math.ceil(seconds)));
    if (seconds < 90 * 60) return count('wait.minutes', Math.ceil(seconds / 60));
    return count('wait.hours', Math.ceil(seconds / 3600));
  };

  const join: Translate['join'] = (sentences) => sentences.join(withoutSpaces.has(language) ? '' : ' ');

  return Object.assign(translate, { rich, count, wait, join });
}

const plurals = new Map<string, Intl.PluralRules>();

function pluralsOf(language: string): Intl.PluralRules {
  const known = plurals.get(language) ?? new Intl.PluralRules(language);
  plurals.set(language, known);
  return known;
}

/** The pieces of a text: as it stands, and what is to be filled in. */
export function split(text: string): ({ text: string } | { name: string })[] {
  return text
    .split(/(\{\w+\})/)
    .map((piece) => (/^\{\w+\}$/.test(piece) ? { name: piece.slice(1, -1) } : { text: piece }));
}
