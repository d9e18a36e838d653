import type { TFunction } from 'i18next';
import type { Total } from '../api/client.ts';

/** How many there are, where that is not counted to the last: “about 5 million”, “more than 10,000”. */
export function inexactTotal(t: TFunction, language: string, { total, totalIs }: Total): string | undefined {
  if (totalIs === 'exact') return undefined;
  const compact = { notation: 'compact', compactDisplay: 'long', maximumSignificantDigits: 2 } as const;
  const format = new Intl.NumberFormat(language, totalIs === 'about' ? compact : {});
  return t(totalIs === 'about' ? 'lists.about' : 'lists.atLeast', { number: format.format(total) });
}
