import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, unwrap } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';
import { styleNonce } from '../csp.ts';

type Body = NonNullable<paths['/api/sign-in-exp/preview']['post']['requestBody']>['content']['application/json'];

/** What a preview shows. */
export type Previewed = Required<Pick<Body, 'change' | 'page' | 'language' | 'phrases' | 'colorScheme'>>;
/** The pages that a preview can show, in the order in which people meet them. */
export const previewPages = [
  'sign-in',
  'register',
  'code',
  'second-step',
  'forgot-password',
  'new-password',
] as const satisfies Previewed['page'][];
/** The looks that a preview has. */
export const colorSchemes = ['light', 'dark'] as const satisfies Previewed['colorScheme'][];

/** A hosted page as it would be. @throws ApiError `guard.invalid_input` while the change cannot be made */
export const previewQuery = (previewed: Previewed) =>
  queryOptions({
    queryKey: ['preview', previewed],
    queryFn: ({ signal }) =>
      unwrap(api.POST('/api/sign-in-exp/preview', { body: { ...previewed, nonce: styleNonce() }, signal })),
    placeholderData: keepPreviousData,
    staleTime: Number.POSITIVE_INFINITY,
    // Images make these large.
    gcTime: 10_000,
  });
