import { type FormItem, matchLocale } from '@sesame/connector-kit';

/** The text of a connector in a language; English where it has none. */
export function phraseIn(phrases: { en: string; [language: string]: string }, language: string): string {
  return entryIn(phrases, language) ?? phrases.en;
}

/** A form item with its texts in a language; each that it does not have there stays in English. */
export function itemIn(item: FormItem, language: string): FormItem {
  const texts = entryIn(item.translations ?? {}, language) ?? {};
  const names = ['label', 'description', 'tooltip', 'placeholder'] as const;
  return { ...item, ...Object.fromEntries(names.flatMap((name) => (texts[name] ? [[name, texts[name]]] : []))) };
}

function entryIn<Entry>(entries: { [language: string]: Entry }, language: string): Entry | undefined {
  const met = matchLocale([language], Object.keys(entries));
  return met === undefined ? undefined : entries[met];
}
