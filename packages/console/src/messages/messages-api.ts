import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { pageSize } from '../lists/paging.ts';
import type { MessageSearch } from './message-search.ts';

/** A message as it is recorded; times are milliseconds since the epoch. */
export type Message = paths['/api/messages']['get']['responses'][200]['content']['application/json'][number];

const followMs = 2000;

/** A page of the messages that match, newest first, and how many match in all. */
export const messageListQuery = ({ connector, page, ...filters }: MessageSearch) => {
  const query = {
    ...filters,
    ...(connector && { connectorFactoryId: connector }),
    page: page ?? 1,
    page_size: pageSize,
  };
  return queryOptions({
    queryKey: ['messages', 'list', query],
    queryFn: () => unwrapList(api.GET('/api/messages', { params: { query } })),
    placeholderData: keepPreviousData,
  });
};

/** A message, followed until the provider has answered. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['messages', 'one', id],
    queryFn: () => unwrap(api.GET('/api/messages/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (state.data?.state === 'sending' ? followMs : false),
  });

/** Tests go through a connector that need not be saved. */
export const isTest = ({ connectorId, connectorFactoryId }: Message): boolean =>
  connectorId === null && connectorFactoryId !== null;
