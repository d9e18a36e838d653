import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { startOfPeriod } from './figures.ts';

/** The figures of the last days, today included. */
export const figuresQuery = (days: number) =>
  queryOptions({
    queryKey: ['dashboard', 'verification', days],
    queryFn: () => {
      const until = Date.now();
      const query = { from: startOfPeriod(until, days), until };
      return unwrap(api.GET('/api/dashboard/verification', { params: { query } }));
    },
    placeholderData: keepPreviousData,
  });

/** Why messages fail at the moment; looked at again every half minute. */
export const failuresQuery = queryOptions({
  queryKey: ['messages', 'failures'],
  queryFn: () => unwrap(api.GET('/api/dashboard/failures')),
  refetchInterval: 30_000,
});
export type FailureReason =
  paths['/api/dashboard/failures']['get']['responses'][200]['content']['application/json']['reasons'][number];

/** Whether the provider of a connector ever took a message: a test, or a real one. */
export const hasSentQuery = (connectorFactoryId: string | undefined) =>
  queryOptions({
    queryKey: ['messages', 'has-sent', connectorFactoryId],
    queryFn: async () => {
      if (connectorFactoryId === undefined) return false;
      const counts = await Promise.all(
        (['accepted', 'delivered'] as const).map((state) =>
          unwrapList(api.GET('/api/messages', { params: { query: { state, connectorFactoryId, page_size: 1 } } })),
        ),
      );
      return counts.some(({ total }) => total > 0);
    },
  });

/** Whether there is an application that people sign in to; credentials for the API are none. */
export const hasApplicationQuery = queryOptions({
  queryKey: ['applications', 'any'],
  queryFn: async () => {
    const { total } = await unwrapList(
      api.GET('/api/applications', { params: { query: { page_size: 1, types: ['Traditional', 'SPA', 'Native'] } } }),
    );
    return total > 0;
  },
});
