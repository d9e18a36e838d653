import { queryOptions } from '@tanstack/react-query';
import { fromTree, type PhraseTree, toTree } from '../../../pages/src/translations/phrase-tree.ts';
import { api, unwrap } from '../api/client.ts';

/** The operator's own words by language and key, as `phrases.de['signIn.title']`. */
export type OwnPhrases = Readonly<Record<string, Readonly<Record<string, string>>>>;

/** The words that are stored. */
export const phrasesQuery = queryOptions({ queryKey: ['custom-phrases'], queryFn: fetchPhrases });

/** Our words in a language. */
export const defaultPhrasesQuery = (languageTag: string) =>
  queryOptions({
    queryKey: ['default-phrases', languageTag],
    queryFn: () => unwrap(api.GET('/api/custom-phrases/{languageTag}/defaults', { params: { path: { languageTag } } })),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** One of our texts. */
export type DefaultText = { key: string; text: string; placeholders: string[] };

async function fetchPhrases(): Promise<OwnPhrases> {
  const found = await unwrap(api.GET('/api/custom-phrases'));
  return Object.fromEntries(
    found.map(({ languageTag, translation }) => [languageTag, fromTree(translation as PhraseTree)]),
  );
}

/** The words of a language as the API takes them. */
export const treeOf = (own: OwnPhrases[string] = {}): PhraseTree => toTree(Object.entries(own));

/** What differs, by language, on top of what is stored now: what others changed elsewhere stays. */
export async function phrasesChange(before: OwnPhrases, after: OwnPhrases) {
  const tags = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (tag) => JSON.stringify(before[tag] ?? {}) !== JSON.stringify(after[tag] ?? {}),
  );
  if (tags.length === 0) return { stored: after, customPhrases: undefined };
  const now = await fetchPhrases();
  const merged = Object.fromEntries(tags.map((tag) => [tag, merge(now[tag], before[tag], after[tag])]));
  const customPhrases = Object.fromEntries(tags.map((tag) => [tag, treeOf(merged[tag])]));
  return { stored: { ...now, ...merged }, customPhrases };
}

function merge(stored: OwnPhrases[string] = {}, before: OwnPhrases[string] = {}, after: OwnPhrases[string] = {}) {
  const changed = [...Object.keys(before), ...Object.keys(after)].filter((key) => before[key] !== after[key]);
  const merged: Record<string, string> = { ...stored };
  for (const key of changed) {
    const text = after[key]?.trim();
    if (text) merged[key] = text;
    else delete merged[key];
  }
  return merged;
}
