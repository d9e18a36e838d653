/** Editors, `echo` and files with secrets end a text with a line break that nobody means. */
const withoutLineEnd = (text: string) => text.replace(/[\r\n]+$/, '');

/** What somebody means by the text of a variable: editors of Windows begin a file with a mark that nobody sees. */
export const meantBy = (text: string): string => withoutLineEnd(text).replace(/^\ufeff/, '');

/** How older versions read the same text, where they read it otherwise: with the mark alone, or as it was. */
export function olderReadingsOf(text: string): string[] {
  const meant = meantBy(text);
  const others = [withoutLineEnd(text), text].filter((reading) => reading !== meant);
  return meant === '' ? [] : [...new Set(others)];
}
