/** A connector and what it says in other languages. */
export type Translated = {
  readme: string;
  translations?:
    | { [language: string]: { readme?: string | undefined; meanings?: { [code: string]: string } | undefined } }
    | undefined;
};

/** The guide in the language of the Console, and the language that it is in. */
export function guideOf(
  { readme, translations }: Translated,
  language: string,
): { markdown: string; language: string } {
  const translated = translations?.[language]?.readme;
  return translated === undefined ? { markdown: readme, language: 'en' } : { markdown: translated, language };
}
