/** What stands between two sentences: Chinese full stops bring their own room. */
export const sentenceSpace = (language: string): string => (language.startsWith('zh') ? '' : ' ');
