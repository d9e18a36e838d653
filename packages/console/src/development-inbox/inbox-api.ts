import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { api, unwrap } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

/** A message in the inbox; `createdAt` is an ISO 8601 time. */
export type InboxMessage =
  paths['/api/development-inbox']['get']['responses'][200]['content']['application/json'][number];

const pollMs = 1500;

/**
 * What the inbox holds, newest first, asked for again and again while the page is visible; it is not in use while
 * another connector is live, or none.
 */
export const inboxQuery = queryOptions({
  queryKey: ['development-inbox'],
  queryFn: async () => {
    const entries = await messagesInUse();
    return { isInUse: entries !== null, entries: entries ?? [], total: entries?.length ?? 0 };
  },
  refetchInterval: pollMs,
  staleTime: 0,
});

async function messagesInUse(): Promise<InboxMessage[] | null> {
  try {
    return await unwrap(api.GET('/api/development-inbox'));
  } catch (error) {
    if (error instanceof ApiError && error.code === 'entity.not_found') return null;
    throw error;
  }
}
