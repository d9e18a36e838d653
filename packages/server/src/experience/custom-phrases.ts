import type { Phrases } from '@sesame/pages';
import { refusedField } from '../refusals.ts';
import { createSettingsDocument, type SettingsDeps } from './settings-document.ts';

/**
 * The operator's own words for the hosted pages, by language (BCP 47); of a language that has none of ours, all there
 * are.
 */
export type CustomPhrases = Readonly<Record<string, Phrases>>;

/** How many languages may have words of the operator's own. */
export const maxPhraseLanguages = 100;

/** Replaces the words of a language; `null` takes them away. */
type Change = Readonly<Record<string, Phrases | null>>;

/** @throws ApiError `guard.invalid_input` where a change would give more languages words than may have some */
export function requireRoom(stored: CustomPhrases, change: Change): void {
  const after = { ...stored, ...change };
  const languages = Object.keys(after).filter((tag) => after[tag] !== null);
  if (languages.length <= Math.max(maxPhraseLanguages, Object.keys(stored).length)) return;
  throw refusedField('customPhrases', `Words in ${maxPhraseLanguages} languages at most; take some away first.`);
}

/** Reads and changes the operator's own words. */
export const createCustomPhrases = (deps: SettingsDeps) =>
  createSettingsDocument<CustomPhrases, Change>(deps, 'custom-phrases', {
    defaults: {},
    refusalsOf: () => [],
    merge: (base, change) => {
      const merged = { ...base, ...((change ?? {}) as Change) };
      return Object.fromEntries(Object.entries(merged).filter(([, phrases]) => phrases !== null)) as CustomPhrases;
    },
  });
export type CustomPhrasesStore = ReturnType<typeof createCustomPhrases>;
