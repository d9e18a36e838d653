import { readFileSync } from 'node:fs';
import { languages } from '../language.ts';
import { en } from './en.ts';

/** A text of the pages. */
export type TextKey = keyof typeof en;

type StemOf<Key> = Key extends `${infer Stem}.other` ? Stem : never;

/** A text that has a form for each kind of number (Unicode CLDR plural rules). */
export type CountedStem = StemOf<TextKey>;

type CountedKey = `${CountedStem}.${Intl.LDMLPluralRule}`;

/** The words of the pages in one language; of the forms for numbers, those that the language tells apart. */
export type Texts = Readonly<
  Record<Exclude<TextKey, CountedKey> | `${CountedStem}.other`, string> & Partial<Record<CountedKey, string>>
>;

/** Words that stand in for those of the pages, by the same keys. */
export type Phrases = Readonly<Partial<Record<TextKey | CountedKey, string>>>;

const read = new Map<string, Texts>([['en', en]]);

/** The words of a language, read when it is first wanted; those of English where we have none. */
export function textsOf(language: string): Texts {
  const known = read.get(language);
  if (known) return known;
  if (!languages.some((tag) => tag === language)) return en;
  const texts = JSON.parse(readFileSync(new URL(`./${language}.json`, import.meta.url), 'utf8')) as Texts;
  read.set(language, texts);
  return texts;
}

/** The keys that a language has words for: those of English, with the forms for numbers that it tells apart. */
export function textKeysOf(language: string): string[] {
  return keysWith(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
}

function keysWith(categories: readonly string[]): string[] {
  return Object.keys(en).flatMap((key) => {
    const [, stem, category] = /^(.*)\.(one|other)$/.exec(key) ?? [];
    if (stem === undefined) return [key];
    return category === 'other' ? categories.map((name) => `${stem}.${name}`) : [];
  });
}

/** Every key that phrases may have: those of English, with each form for numbers that any language has. */
export const phraseKeys: readonly string[] = keysWith(['zero', 'one', 'two', 'few', 'many', 'other']);

/** What a text is filled in with, as `{name}`. */
export function placeholdersOf(key: string): string[] {
  const texts: Readonly<Record<string, string>> = en;
  return (texts[key] ?? texts[key.replace(/\.\w+$/, '.other')] ?? '').match(/\{\w+\}/g) ?? [];
}
