import list from './price-list.json' with { type: 'json' };

const perPart: Readonly<Record<string, number>> = list.perPart;

/** Where the prices that are shipped come from, and of when they are. */
export const priceList = { source: list.source, date: list.date, currency: list.currency };

/** What an SMS of one part to a country costs by the list that is shipped, in US$. */
export const listPriceOf = (country: string | undefined): number => perPart[country ?? ''] ?? list.otherCountries;
