import { readFileSync } from 'node:fs';
import type { Language } from '../language.ts';
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

const read = new Map<Language, Texts>([['en', en]]);

/** The words of a language, read when it is first wanted. */
export function textsOf(language: Language): Texts {
  const known = read.get(language);
  if (known) return known;
  const texts = JSON.parse(readFileSync(new URL(`./${language}.json`, import.meta.url), 'utf8')) as Texts;
  read.set(language, texts);
  return texts;
}

/** The keys that a language has words for: those of English, with the forms for numbers that it tells apart. */
export function textKeysOf(language: Language): string[] {
  const categories = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
  return Object.keys(en).flatMap((key) => {
    const [, stem, category] = /^(.*)\.(one|other)$/.exec(key) ?? [];
    if (stem === undefined) return [key];
    return category === 'other' ? categories.map((name) => `${stem}.${name}`) : [];
  });
}
