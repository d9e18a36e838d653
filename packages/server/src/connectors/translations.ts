import type { ConnectorMetadata } from '@sesame/connector-kit';

type Translations = ConnectorMetadata['translations'];

/** The same, with each guide in place of its path. */
export async function inlineTranslations(
  translations: Translations,
  inline: (guide: string) => Promise<string>,
): Promise<Translations> {
  if (!translations) return undefined;
  const inlined = Object.entries(translations).map(async ([language, { readme, ...rest }]) => {
    return [language, { ...rest, ...(readme !== undefined && { readme: await inline(readme) }) }] as const;
  });
  return Object.fromEntries(await Promise.all(inlined));
}
