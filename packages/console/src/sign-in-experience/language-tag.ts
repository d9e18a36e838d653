/** A language tag as the standard writes it (BCP 47), from what a person typed; `undefined` where it is none. */
export function canonicalTag(text: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(text.trim().replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

/** The language of the texts that an address is about. */
export function readLanguage({ language }: Record<string, unknown>): { language?: string } {
  const tag = typeof language === 'string' ? canonicalTag(language) : undefined;
  return tag === undefined ? {} : { language: tag };
}
