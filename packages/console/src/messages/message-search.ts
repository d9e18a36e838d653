import { type ListSearch, readListSearch, readTexts } from '../lists/list-search.ts';
import { type Outcome, outcomes } from '../lists/outcomes.ts';

const texts = ['phone', 'search', 'error', 'providerCode', 'usageType', 'country', 'connector', 'connectorId'] as const;

/** What kinds of failure there are. */
export const failureKinds = ['recipient', 'limit', 'configuration', 'unclear'] as const;
export type FailureKind = (typeof failureKinds)[number];

/** The filters of the list, as they stand in the address. */
export type MessageFilters = { outcome?: Outcome; kind?: FailureKind } & { [Name in (typeof texts)[number]]?: string };
export type MessageSearch = MessageFilters & ListSearch;

/** Reads the filters from an address; what is none of them is left out. `state` is what the outcome was called before. */
export function readMessageSearch(search: Record<string, unknown>): MessageSearch {
  const outcome = outcomes.find((each) => each === (search.outcome ?? search.state));
  const kind = failureKinds.find((each) => each === search.kind);
  return { ...(outcome && { outcome }), ...(kind && { kind }), ...readTexts(search, texts), ...readListSearch(search) };
}

/** A whole number is looked up by an index; anything else is a part of one, as it was typed. */
export function numberTyped(typed: string): Pick<MessageFilters, 'phone' | 'search'> {
  const bare = typed.replace(/[\s().-]/g, '');
  if (bare === '') return { phone: undefined, search: undefined } as object;
  return /^\+\d{8,15}$/.test(bare)
    ? ({ phone: bare, search: undefined } as object)
    : ({ phone: undefined, search: typed } as object);
}
