import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList, unwrapPage } from '../api/client.ts';
import { followMs } from '../api/following.ts';
import type { paths } from '../api/schema.d.ts';
import type { MessageSearch } from './message-search.ts';

/** A message as it is recorded; times are milliseconds since the epoch. */
export type Message = paths['/api/messages']['get']['responses'][200]['content']['application/json'][number];
/** A message by itself, with what its provider reported. */
export type FollowedMessage = paths['/api/messages/{id}']['get']['responses'][200]['content']['application/json'];
type Query = NonNullable<paths['/api/messages']['get']['parameters']['query']>;

/** Most reports and answers come within minutes, in any order. */
const followedMs = 10 * 60_000;
/** Nobody has said yet what became of it. Providers may for three days. */
const openStates: readonly string[] = ['sending', 'accepted', 'unclear'];
const openMs = 3 * 24 * 60 * 60_000;

/** The filters as the API has them. */
export const messageQueryOf = ({
  connector,
  outcome,
  phone,
  email,
  channel,
  search,
  error,
  kind,
  providerCode,
  usageType,
  country,
  connectorId,
  tests,
  failing,
  userId,
}: MessageSearch) => ({
  outcome,
  phone,
  email,
  channel,
  search,
  error,
  errorKind: kind,
  providerCode,
  usageType,
  country,
  connectorId,
  connectorFactoryId: connector,
  tests,
  failing,
  userId,
});

/** A page of the messages that match. @throws ApiError */
export const readMessages = (query: Query) => unwrapPage(api.GET('/api/messages', { params: { query } }));

/** The newest messages that match, and how many match in all. */
export const messageListQuery = (search: MessageSearch) => {
  const query = { ...messageQueryOf(search), page_size: 20 };
  return queryOptions({
    queryKey: ['messages', 'newest', query],
    queryFn: () => unwrapList(api.GET('/api/messages', { params: { query } })),
  });
};

/** A message, followed while something may still be said of it. */
export const messageQuery = (id: string) =>
  queryOptions({
    queryKey: ['messages', 'one', id],
    queryFn: () => unwrap(api.GET('/api/messages/{id}', { params: { path: { id } } })),
    refetchInterval: ({ state }) => (isFollowed(state.data) ? followMs : false),
  });

/** How often messages are read anew: not at all once all of them are over. */
export const followingMs = (messages: readonly Message[]): number | undefined =>
  messages.some(isFollowed) ? followMs : undefined;

const isFollowed = (message: Message | undefined): boolean =>
  message !== undefined &&
  !['failed', 'suppressed'].includes(message.state) &&
  Date.now() - message.createdAt < (openStates.includes(message.outcome) ? openMs : followedMs);

/** Tests go through a connector that need not be saved. */
export const isTest = ({ connectorId, connectorFactoryId }: Message): boolean =>
  connectorId === null && connectorFactoryId !== null;
