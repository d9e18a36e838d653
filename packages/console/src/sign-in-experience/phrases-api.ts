import { queryOptions } from '@tanstack/react-query';
import { fromTree, type PhraseTree, toTree } from '../../../pages/src/translations/phrase-tree.ts';
import { ApiError, issuesOf, refusedFields } from '../api/api-error.ts';
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

/**
 * Stores what differs; what others changed elsewhere stays.
 * @returns what is stored then @throws ApiError at the field at fault, `phrases.<language>.<key>`
 */
export async function savePhrases(before: OwnPhrases, after: OwnPhrases): Promise<OwnPhrases> {
  const tags = [...new Set([...Object.keys(before), ...Object.keys(after)])].filter(
    (tag) => JSON.stringify(before[tag] ?? {}) !== JSON.stringify(after[tag] ?? {}),
  );
  if (tags.length === 0) return after;
  const stored = await fetchPhrases();
  for (const languageTag of tags) {
    const own = merge(stored[languageTag], before[languageTag], after[languageTag]);
    const params = { path: { languageTag } };
    if (Object.keys(own).length > 0) {
      await unwrap(api.PUT('/api/custom-phrases/{languageTag}', { params, body: treeOf(own) })).catch((error) => {
        throw placed(error, languageTag);
      });
    } else if (stored[languageTag]) {
      await unwrap(api.DELETE('/api/custom-phrases/{languageTag}', { params }));
    }
  }
  return fetchPhrases();
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

function placed(error: unknown, languageTag: string): unknown {
  const issues = error instanceof ApiError ? issuesOf(error) : [];
  if (issues.length === 0) return error;
  return refusedFields(issues.map(({ path, message }) => ({ path: `phrases.${languageTag}.${path}`, message })));
}
