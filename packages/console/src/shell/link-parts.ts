const address = /https:\/\/[^\s<>"'`{}|\\^，。；：！？、（）《》「」]+/g;
/** What ends a sentence or a bracket rather than an address. */
const after = /(?:[.,;:!?…*_]|&quot;|\)(?<!\([^)]*\)))+$/;

type Part = { words: string; href?: string };

/**
 * A text in parts, of which those with `href` are addresses to go to: https alone, without credentials, and shown as
 * they are, so that nobody is led elsewhere than it says.
 */
export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(address)) {
    const words = found.replace(after, '');
    const url = URL.parse(words);
    if (!url?.hostname.includes('.') || url.username || url.password) continue;
    if (index > end) parts.push({ words: text.slice(end, index) });
    parts.push({ words, href: url.href });
    end = index + words.length;
  }
  if (end < text.length) parts.push({ words: text.slice(end) });
  return parts;
}
