import { queryOptions } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';

/** What the server is, how it is set, and whether it is well. Takes an operator. */
export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: () => unwrap(api.GET('/api/system')),
  staleTime: 10_000,
});
