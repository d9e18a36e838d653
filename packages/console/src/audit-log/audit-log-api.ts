import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrapList } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { pageSize } from '../lists/paging.ts';

/** A change; `at` is in milliseconds since the epoch. */
export type Entry = paths['/api/audit-log']['get']['responses'][200]['content']['application/json'][number];

/** A page of the changes, newest first, and how many there are in all. */
export const auditLogQuery = (page: number) =>
  queryOptions({
    queryKey: ['audit-log', page],
    queryFn: () => unwrapList(api.GET('/api/audit-log', { params: { query: { page, page_size: pageSize } } })),
    placeholderData: keepPreviousData,
    staleTime: 0,
  });
