import { infiniteQueryOptions } from '@tanstack/react-query';
import { api, unwrapPage } from '../../api/client.ts';
import { protectionKey } from '../../api/protection.ts';
import type { paths } from '../../api/schema.d.ts';

/** Sends to one country that the guard stopped one after the other. */
export type Attack = paths['/api/protection/attacks']['get']['responses'][200]['content']['application/json'][number];

/** The attacks, newest first; asked again every ten seconds. */
export const attacksQuery = infiniteQueryOptions({
  queryKey: [protectionKey, 'attacks'],
  queryFn: ({ pageParam: after }) =>
    unwrapPage<Attack>(
      api.GET('/api/protection/attacks', { params: { query: { page_size: 5, ...(after !== '' && { after }) } } }),
    ),
  initialPageParam: '',
  getNextPageParam: ({ next }) => next,
  refetchInterval: 10_000,
});
