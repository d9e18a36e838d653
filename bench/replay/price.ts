import prices from '../../packages/server/src/protection/prices/prices.json' with { type: 'json' };

const perPart: Readonly<Record<string, number>> = prices.perPart;

/** What a message of one part to a country costs, in US$, by the list that is shipped. */
export const priceOf = (country: string | undefined): number => perPart[country ?? ''] ?? prices.otherCountries;
