/** Things one after the other with what the language puts between them: "a, b, c", or "a、b、c". */
export const listText = (language: string, each: readonly string[]): string =>
  new Intl.ListFormat(language, { type: 'conjunction', style: 'narrow' }).format(each);
