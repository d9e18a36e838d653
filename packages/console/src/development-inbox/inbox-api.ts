import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { api, unwrap, unwrapPage } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { type ListSearch, readListSearch, readTexts } from '../lists/list-search.ts';
import { oneOf } from '../shell/address.ts';

/** A message in the inbox; `createdAt` is an ISO 8601 time. */
export type InboxMessage =
  paths['/api/development-inbox']['get']['responses'][200]['content']['application/json'][number];

const filters = ['search', 'channel', 'codeState', 'usageType'] as const;

/** What has become of a code. */
export const codeStates = ['valid', 'used', 'expired'] as const;

/** What the list has in its address. */
export type InboxSearch = ListSearch & { [Name in (typeof filters)[number]]?: string };

/** Reads the filters from an address. */
export const readInboxSearch = (search: Record<string, unknown>): InboxSearch => ({
  ...readTexts({ ...search, codeState: oneOf(codeStates, search.codeState) }, filters),
  ...readListSearch(search),
});

/** The filters as the API has them. */
export const inboxQueryOf = (search: InboxSearch) => readTexts(search, filters);

/** How often the inbox is asked for what has arrived, in milliseconds. */
export const pollMs = 1500;

/** Where everything about the inbox is kept. */
export const inboxKey = ['development-inbox'] as const;

/** A page of the messages that match. @throws ApiError */
export const readInbox = (query: object) =>
  unwrapPage<InboxMessage>(api.GET('/api/development-inbox', { params: { query } }));

/**
 * The newest messages, asked for again and again, in the background too; null while another connector is live, or none.
 */
export const arrivalsQuery = queryOptions({
  queryKey: [...inboxKey, 'arrivals'],
  queryFn: async () => {
    try {
      return (await readInbox({ page_size: 50 })).entries;
    } catch (error) {
      if (error instanceof ApiError && error.code === 'entity.not_found') return null;
      throw error;
    }
  },
  refetchInterval: pollMs,
  refetchIntervalInBackground: true,
  staleTime: 0,
});

/** Forgets every message. @throws ApiError */
export const clearInbox = () => unwrap(api.DELETE('/api/development-inbox'));
