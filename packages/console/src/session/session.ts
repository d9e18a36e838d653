import { queryOptions } from '@tanstack/react-query';
import { ApiError } from '../api/api-error.ts';
import { sessionApi, unwrap } from '../api/client.ts';

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

/** Begins a session. @throws ApiError `session.invalid_credentials`, or status 429 with `retryAfter` */
export const signIn = (body: { username: string; password: string }) =>
  unwrap(sessionApi.POST('/api/console/sign-in', { body }));

/** Ends the session of this browser. @throws ApiError */
export const signOut = () => unwrap(sessionApi.POST('/api/console/sign-out'));
