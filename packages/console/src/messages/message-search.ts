import { type Channel, channels } from '@sesame/connector-kit';
import { type ListSearch, readListSearch, readTexts } from '../lists/list-search.ts';
import { type Outcome, outcomes } from '../lists/outcomes.ts';

const texts = [
  'phone',
  'email',
  'search',
  'error',
  'providerCode',
  'usageType',
  'country',
  'connector',
  'connectorId',
] as const;

/** What kinds of failure there are. */
export const failureKinds = ['recipient', 'limit', 'configuration', 'unclear'] as const;
export type FailureKind = (typeof failureKinds)[number];

/** The filters of the list, as they stand in the address. */
export type MessageFilters = { outcome?: Outcome; kind?: FailureKind; channel?: Channel } & {
  [Name in (typeof texts)[number]]?: string;
};
export type MessageSearch = MessageFilters & ListSearch;

/** Reads the filters from an address; what is none of them is left out. `state` is what the outcome was called before. */
export function readMessageSearch(search: Record<string, unknown>): MessageSearch {
  const outcome = outcomes.find((each) => each === (search.outcome ?? search.state));
  const kind = failureKinds.find((each) => each === search.kind);
  const channel = channels.find((each) => each === search.channel);
  return {
    ...(outcome && { outcome }),
    ...(kind && { kind }),
    ...(channel && { channel }),
    ...readTexts(search, texts),
    ...readListSearch(search),
  };
}

/** Any part of a number or an address, as it was typed; it takes the place of a whole one that a link had. */
export const recipientTyped = (typed: string): { phone: undefined; email: undefined; search: string | undefined } => ({
  phone: undefined,
  email: undefined,
  search: typed || undefined,
});
