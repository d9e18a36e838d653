import { type Channel, channels } from '@sesame/connector-kit';
import { type ListSearch, readListSearch, readTexts } from '../lists/list-search.ts';
import { type Outcome, outcomes } from '../lists/outcomes.ts';
import { oneOf, oneOfNamed } from '../shell/address.ts';

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
  'failing',
  'userId',
] as const;

/** What kinds of failure there are. */
export const failureKinds = ['recipient', 'limit', 'configuration', 'unclear'] as const;
export type FailureKind = (typeof failureKinds)[number];
/** Finds messages that lack something: a connector, a code, a kind. */
export const none = 'none';

/** The filters of the list, as they stand in the address. */
export type MessageFilters = {
  outcome?: Outcome;
  kind?: FailureKind | typeof none;
  channel?: Channel;
  /** Only tests, or none of them. */
  tests?: 'true' | 'false';
} & { [Name in (typeof texts)[number]]?: string };
export type MessageSearch = MessageFilters & ListSearch;

/** Reads the filters from an address; what is none of them is left out. `state` is what the outcome was called before. */
export function readMessageSearch(search: Record<string, unknown>): MessageSearch {
  const outcome = oneOf(outcomes, search.outcome ?? search.state);
  return {
    ...(outcome && { outcome }),
    ...oneOfNamed('kind', [...failureKinds, none], search),
    ...oneOfNamed('channel', channels, search),
    ...oneOfNamed('tests', ['true', 'false'], search),
    ...readTexts({ ...search, country: countryIn(search.country) }, texts),
    ...readListSearch(search),
  };
}

/** Two letters, as countries have them. */
const countryIn = (value: unknown) => (/^[a-z]{2}$/i.test(String(value)) ? String(value).toUpperCase() : undefined);

/** Any part of a number or an address, as it was typed; it takes the place of a whole one that a link had. */
export const recipientTyped = (typed: string): { phone: undefined; email: undefined; search: string | undefined } => ({
  phone: undefined,
  email: undefined,
  search: typed || undefined,
});
