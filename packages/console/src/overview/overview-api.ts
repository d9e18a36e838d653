import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { startOfPeriod } from './figures.ts';
import type { Period } from './periods.ts';

/** That of the browser: its days are those of whoever looks. */
const timeZone = new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The figures of the last days, today included. */
export const figuresQuery = (days: Period) =>
  queryOptions({
    queryKey: ['dashboard', 'verification', days],
    queryFn: async () => {
      const until = Date.now();
      const query = { from: startOfPeriod(until, days), until, timeZone };
      // What is shown while another period is read says of which it is.
      return { days, ...(await unwrap(api.GET('/api/dashboard/verification', { params: { query } }))) };
    },
    placeholderData: keepPreviousData,
  });

/** Why messages of the last days did not arrive. */
export const failureReasonsQuery = (days: Period) =>
  queryOptions({
    queryKey: ['dashboard', 'failure-reasons', days],
    queryFn: async () => {
      const from = startOfPeriod(Date.now(), days);
      return { from, ...(await unwrap(api.GET('/api/dashboard/failure-reasons', { params: { query: { from } } }))) };
    },
    placeholderData: keepPreviousData,
  });
export type UntakenReason =
  paths['/api/dashboard/failure-reasons']['get']['responses'][200]['content']['application/json']['reasons'][number];

/** How many users there are, how many are new, and how many sign in. */
export const userFiguresQuery = queryOptions({
  queryKey: ['dashboard', 'users'],
  queryFn: async () => {
    const params = { query: { timeZone } };
    const [total, recent, active] = await Promise.all([
      unwrap(api.GET('/api/dashboard/users/total')),
      unwrap(api.GET('/api/dashboard/users/new', { params })),
      unwrap(api.GET('/api/dashboard/users/active', { params })),
    ]);
    return { total, recent, active };
  },
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
