import { queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapPage } from '../../api/client.ts';
import type { paths } from '../../api/schema.d.ts';
import { type ListSearch, readListSearch, readTexts } from '../../lists/list-search.ts';
import { oneOfNamed } from '../../shell/address.ts';

type Operations = paths['/api/suppressions'];

/** An address that gets no mail; times are milliseconds since the epoch. */
export type Suppression = Operations['get']['responses'][200]['content']['application/json'][number];

/** Who keeps mail from an address. */
export const deciders = ['provider', 'administrator'] as const satisfies Suppression['by'][];

/** What the list has in its address. */
export type SuppressionSearch = ListSearch & { search?: string; by?: Suppression['by'] };

/** Reads it from an address; what is none of it is left out. */
export const readSuppressionSearch = (search: Record<string, unknown>): SuppressionSearch => ({
  ...readTexts(search, ['search']),
  ...oneOfNamed('by', deciders, search),
  ...readListSearch(search),
});

/** What becomes old when an address is added or lifted; the first of the keys of the list. */
export const suppressionsKey = 'suppressions';

/** A page of the addresses that match. @throws ApiError */
export const readSuppressions = (query: object) =>
  unwrapPage<Suppression>(api.GET('/api/suppressions', { params: { query } }));

/** What keeps mail from an address; null where nothing does. */
export const suppressionQuery = (email: string) =>
  queryOptions({
    queryKey: [suppressionsKey, 'one', email],
    queryFn: async () => (await readSuppressions({ email })).entries[0] ?? null,
  });

/** Keeps mail from an address. @throws ApiError at the field at fault */
export const addSuppression = (body: { email: string; reason: string }): Promise<Suppression> =>
  unwrap(api.POST('/api/suppressions', { body }));

/** Lets mail go to an address again. */
export const liftSuppression = (email: string) =>
  unwrap(api.DELETE('/api/suppressions/{email}', { params: { path: { email } } }));
