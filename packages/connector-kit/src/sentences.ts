/**
 * The sentences of a connector in another language, by the English ones. `{name}` in both stands for what differs each
 * time: `{ 'Acme answered with {status}.': 'Acme 的答复为 {status}。' }`.
 */
export type Sentences = { [english: string]: string };

/** What of a text could be said in another language, and the rest of it as it was. */
export type Translated = { text: string; rest: string };

/**
 * Says a text sentence by sentence from its beginning, as far as they are known; of several that fit, the longest, and
 * then the one with the most words of its own.
 * `undefined` where not even the first is known.
 * @example translateSentences('No credit. (id 7)', { 'No credit.': '余额不足。' }); // { text: '余额不足。', rest: '(id 7)' }
 */
export function translateSentences(text: string, sentences: Sentences): Translated | undefined {
  const said: string[] = [];
  let rest = text.trim();
  while (rest !== '') {
    const found = firstIn(rest, sentences);
    if (!found) break;
    said.push(found.text);
    rest = rest.slice(found.length).trimStart();
  }
  return said.length > 0 ? { text: said.join(''), rest } : undefined;
}

function firstIn(text: string, sentences: Sentences): { text: string; length: number } | undefined {
  let best: { text: string; length: number; own: number } | undefined;
  for (const [english, translation] of Object.entries(sentences)) {
    // Of hundreds, most differ from the first word on, and need no pattern.
    const match = text.startsWith(english.split('{', 1)[0] ?? '') && patternOf(english).exec(text);
    if (!match) continue;
    const { length } = match[0];
    const own = english.replace(place, '').length;
    if (best && (length < best.length || (length === best.length && own <= best.own))) continue;
    const values = match.groups ?? {};
    best = { text: translation.replace(place, (as, name: string) => values[name] ?? as), length, own };
  }
  return best;
}

const place = /\{([a-zA-Z]+)\}/g;
const patterns = new Map<string, RegExp>();

function patternOf(english: string): RegExp {
  const known = patterns.get(english);
  if (known) return known;
  const source = english.split(place).map((part, index) => (index % 2 ? `(?<${part}>.+?)` : escaped(part)));
  const pattern = new RegExp(`^${source.join('')}(?=\\s|$)`, 's');
  patterns.set(english, pattern);
  return pattern;
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');

/** What each code of these tables of refusals means, in the language of the sentences. */
export function meaningsIn(
  sentences: Sentences,
  ...tables: Iterable<readonly [code: string | number, { meaning: string }]>[]
): { [providerCode: string]: string } {
  return Object.fromEntries(
    tables.flatMap((table) =>
      [...table].flatMap(([code, { meaning }]) => {
        const translated = translateSentences(meaning, sentences);
        return translated ? [[String(code), translated.text]] : [];
      }),
    ),
  );
}
