import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../api/client.ts';
import { nextReadMs, timed } from '../api/following.ts';
import type { paths } from '../api/schema.d.ts';
import { rangeOf } from '../lists/figure-period.ts';

type Reply<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

export type Figures = Reply<'/api/dashboard/verification'> & { days: number };
/** How far messages came, and how many of them something went wrong with. */
export type Funnel = Figures['total'];

const timeZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The figures of the messages of a period, in the time zone of the browser. */
export const figuresQuery = (days: number) =>
  queryOptions({
    queryKey: ['dashboard', 'verification', days],
    queryFn: () =>
      timed(async () => {
        const query = { ...rangeOf(Date.now(), days), timeZone: timeZone() };
        // What is shown while another period is read says of which it is.
        return { days, ...(await unwrap(api.GET('/api/dashboard/verification', { params: { query } }))) };
      }),
    refetchInterval: ({ state: { data } }) => nextReadMs(data?.tookMs),
    placeholderData: keepPreviousData,
  });

/** Why messages of a period did not get through. */
export const reasonsQuery = (days: number) =>
  queryOptions({
    queryKey: ['dashboard', 'failure-reasons', days],
    queryFn: () =>
      timed(async () => {
        const range = rangeOf(Date.now(), days);
        return { ...range, ...(await unwrap(api.GET('/api/dashboard/failure-reasons', { params: { query: range } }))) };
      }),
    refetchInterval: ({ state: { data } }) => nextReadMs(data?.tookMs),
    placeholderData: keepPreviousData,
  });
export type Reason = Reply<'/api/dashboard/failure-reasons'>['reasons'][number];

/** How many users there are, are new and are active; for so many days back, in the time zone of the browser. */
export const userFiguresQuery = (days: number) =>
  queryOptions({
    queryKey: ['dashboard', 'users', days],
    queryFn: async (): Promise<UserFigures> => {
      const query = { days, timeZone: timeZone() };
      const [total, created, active] = await Promise.all([
        unwrap(api.GET('/api/dashboard/users/total')),
        unwrap(api.GET('/api/dashboard/users/new', { params: { query } })),
        unwrap(api.GET('/api/dashboard/users/active', { params: { query } })),
      ]);
      return { total, created, active };
    },
    placeholderData: keepPreviousData,
  });

export type UserFigures = {
  total: Reply<'/api/dashboard/users/total'>;
  created: Reply<'/api/dashboard/users/new'>;
  active: Reply<'/api/dashboard/users/active'>;
};

/** Why messages fail at the moment; looked at again every half minute. */
export const failuresQuery = queryOptions({
  queryKey: ['messages', 'failures'],
  queryFn: () => unwrap(api.GET('/api/dashboard/failures')),
  refetchInterval: 30_000,
});
/** What else somebody has to look after now; what is wrong with connectors, `failuresQuery` says in more words. */
export const alertsQuery = queryOptions({
  queryKey: ['dashboard', 'alerts'],
  queryFn: async () => (await unwrap(api.GET('/api/dashboard/alerts'))).alerts,
  refetchInterval: 60_000,
});
export type Alert = Reply<'/api/dashboard/alerts'>['alerts'][number];
export type FailureReason = Reply<'/api/dashboard/failures'>['reasons'][number];

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
