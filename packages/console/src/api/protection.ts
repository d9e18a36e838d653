import { infiniteQueryOptions, type QueryClient, queryOptions } from '@tanstack/react-query';
import { api, unwrap, unwrapPage } from './client.ts';
import type { paths } from './schema.d.ts';

type Reply<Path extends keyof paths> = paths[Path] extends {
  get: { responses: { 200: { content: { 'application/json': infer Body } } } };
}
  ? Body
  : never;

/** What sends of codes by SMS may cost, and who gets them. */
export type FraudPolicy = Reply<'/api/sign-in-exp'>['fraudPolicy'];
/** What is left out stays as it is. */
export type FraudPolicyChange = Partial<FraudPolicy>;
/** What happens in each country; times are milliseconds since the epoch. */
export type Happening = Reply<'/api/protection/countries'>;
/** Sends to one country that the guard stopped one after the other. */
export type Attack = Reply<'/api/protection/attacks'>[number];
/** What SMS cost. */
export type Prices = Reply<'/api/protection/prices'>;

/** The first of the keys of everything that is asked of the guard. */
export const protectionKey = 'protection';

/** The policy as it is stored. */
export const fraudPolicyQuery = queryOptions({
  queryKey: ['sign-in-exp'],
  queryFn: () => unwrap(api.GET('/api/sign-in-exp')),
  select: ({ fraudPolicy }) => fraudPolicy,
});

/** What happened in the last hours, asked again every ten seconds. */
export const happeningQuery = (hours: number) =>
  queryOptions({
    queryKey: [protectionKey, 'countries', hours],
    queryFn: () => unwrap(api.GET('/api/protection/countries', { params: { query: { hours } } })),
    refetchInterval: 10_000,
  });

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

/** What SMS to each country cost. */
export const pricesQuery = queryOptions({
  queryKey: [protectionKey, 'prices'],
  queryFn: () => unwrap(api.GET('/api/protection/prices')),
});

/** Opens or closes a country. @throws ApiError */
export const serveCountry = (country: string, isServed: boolean) =>
  unwrap(api.PUT('/api/protection/countries/{country}', { params: { path: { country } }, body: { isServed } }));

/** Changes the policy. @throws ApiError with the fields at fault */
export const changeFraudPolicy = async (fraudPolicy: FraudPolicyChange): Promise<FraudPolicy> =>
  (await unwrap(api.PATCH('/api/sign-in-exp', { body: { fraudPolicy } }))).fraudPolicy;

/** Whether a policy serves a country. */
export const isServed = ({ countries: { mode, list } }: Pick<FraudPolicy, 'countries'>, country: string): boolean =>
  list.some((each) => each === country) === (mode === 'allow');

/**
 * The countries of a policy that serves these of all: a list of those that are open, or the shorter one of those that
 * are not.
 */
export function countriesOf(served: readonly string[], all: readonly string[]): FraudPolicy['countries'] {
  const closed = all.filter((country) => !served.includes(country));
  const countries =
    closed.length <= served.length ? { mode: 'deny', list: closed } : { mode: 'allow', list: [...served] };
  return countries as FraudPolicy['countries'];
}

/** Has everything read anew that becomes old when the policy is changed. */
export const readPolicyAnew = (queries: QueryClient) =>
  Promise.all(['sign-in-exp', protectionKey].map((key) => queries.invalidateQueries({ queryKey: [key] })));
