import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { sessionApi, unwrap } from '../api/client.ts';
import type { paths } from '../api/schema.d.ts';

/** What an administrator may do, from the least to the most: viewer, operator, owner. */
export type Role = Session['administrator']['role'];
type Session = paths['/api/console/session']['get']['responses'][200]['content']['application/json'];

/** The session of this browser; `null` when nobody is signed in. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    try {
      return await unwrap(sessionApi.GET('/api/console/session'));
    } catch (error) {
      if (error instanceof ApiError && error.status === 401) return null;
      throw error;
    }
  },
  staleTime: Number.POSITIVE_INFINITY,
});

/**
 * Begins a session. @throws ApiError `session.invalid_credentials`, `session.code_required` for two steps,
 * `session.invalid_code`, or status 429 with `retryAfter`
 */
export const signIn = (body: { username: string; password: string; code?: string }) =>
  unwrap(sessionApi.POST('/api/console/sign-in', { body }));

/** Turns the offer of two-step sign-in down. @throws ApiError */
export const declineTwoStep = () => unwrap(sessionApi.POST('/api/console/two-step/decline'));

/** Ends the session of this browser. @throws ApiError */
export const signOut = () => unwrap(sessionApi.POST('/api/console/sign-out'));
