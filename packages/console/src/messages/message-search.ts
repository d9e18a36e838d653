import { type ListSearch, readListSearch, readTexts } from '../lists/list-search.ts';
import { type Outcome, outcomes } from '../lists/outcomes.ts';

const texts = ['phone', 'search', 'error', 'usageType', 'country', 'connector', 'connectorId'] as const;

/** The filters of the list, as they stand in the address. */
export type MessageFilters = { outcome?: Outcome } & { [Name in (typeof texts)[number]]?: string };
export type MessageSearch = MessageFilters & ListSearch;

/** Reads the filters from an address; what is none of them is left out. `state` is what the outcome was called before. */
export function readMessageSearch(search: Record<string, unknown>): MessageSearch {
  const outcome = outcomes.find((each) => each === (search.outcome ?? search.state));
  return { ...(outcome && { outcome }), ...readTexts(search, texts), ...readListSearch(search) };
}

/** A whole number is looked up by an index; anything else is a part of one, as it was typed. */
export function numberTyped(typed: string): Pick<MessageFilters, 'phone' | 'search'> {
  const bare = typed.replace(/[\s().-]/g, '');
  if (bare === '') return { phone: undefined, search: undefined } as object;
  return /^\+\d{8,15}$/.test(bare)
    ? ({ phone: bare, search: undefined } as object)
    : ({ phone: undefined, search: typed } as object);
}
