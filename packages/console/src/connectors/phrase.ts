/** The text of a connector in a language; English where it has none. */
export function phraseIn(phrases: { en: string; [language: string]: string }, language: string): string {
  return phrases[language] ?? phrases[language.split('-')[0] ?? ''] ?? phrases.en;
}
