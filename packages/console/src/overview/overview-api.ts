import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapList } from '../api/client.ts';
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

/** Whether a provider ever took a message: a test, or a real one. */
export const hasSentQuery = queryOptions({
  queryKey: ['messages', 'has-sent'],
  queryFn: async () => {
    const counts = await Promise.all(
      (['accepted', 'delivered'] as const).map((state) =>
        unwrapList(api.GET('/api/messages', { params: { query: { state, page_size: 1 } } })),
      ),
    );
    return counts.some(({ total }) => total > 0);
  },
});

/** Whether there is an application. */
export const hasApplicationQuery = queryOptions({
  queryKey: ['applications', 'any'],
  queryFn: async () => {
    const { total } = await unwrapList(api.GET('/api/applications', { params: { query: { page_size: 1 } } }));
    return total > 0;
  },
});
