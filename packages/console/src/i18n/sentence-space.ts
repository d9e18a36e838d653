/** What stands between two sentences: Chinese full stops bring their own room. */
export const sentenceSpace = (language: string): string => (language.startsWith('zh') ? '' : ' ');

/** Sentences one after the other, as the language writes them; what there is none of is left out. */
export const sentences = (language: string, each: readonly (string | false | undefined)[]): string =>
  each.filter(Boolean).join(sentenceSpace(language));
