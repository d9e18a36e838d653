/** Phrases as the API takes and shows them: `{ signIn: { title: … } }` for `signIn.title`. */
export type PhraseTree = { [name: string]: string | PhraseTree };

/** A tree by whole keys; a text that is empty is none. */
export function fromTree(tree: PhraseTree, path: readonly string[] = []): Record<string, string> {
  const pairs = Object.entries(tree).flatMap(([name, value]) => {
    const own = [...path, name];
    if (typeof value !== 'string') return Object.entries(fromTree(value, own));
    return value === '' ? [] : [[own.join('.'), value]];
  });
  return Object.fromEntries(pairs);
}

/** Phrases by whole keys as a tree. */
export function toTree(phrases: Iterable<readonly [key: string, text: string]>): PhraseTree {
  const root: PhraseTree = {};
  for (const [key, text] of phrases) {
    const names = key.split('.');
    const last = names.pop() as string;
    let place = root;
    for (const name of names) {
      place[name] ??= {};
      place = place[name] as PhraseTree;
    }
    place[last] = text;
  }
  return root;
}
