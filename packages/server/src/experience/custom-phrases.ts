import type { Phrases } from '@sesame/pages';
import { createSettingsDocument, type SettingsDeps } from './settings-document.ts';

/** The operator's own words for the hosted pages, by language (BCP 47); of a language that has none of ours, all there are. */
export type CustomPhrases = Readonly<Record<string, Phrases>>;

/** How many languages may have words of the operator's own. */
export const maxPhraseLanguages = 100;

/** Replaces the words of a language; `null` takes them away. */
type Change = Readonly<Record<string, Phrases | null>>;

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
