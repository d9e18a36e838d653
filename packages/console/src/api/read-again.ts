import { QueryCache, type QueryClient } from '@tanstack/react-query';
import { toApiError } from './api-error.ts';

/** Whether a failure may pass by itself: a refusal stays one. */
export const mayPass = (error: unknown): boolean => [0, 502, 503, 504].includes(toApiError(error).status);

/** How often a server is asked that did not answer, in milliseconds. */
const askAgainMs = 3000;

/** What was read. What could not be, because the server was away, is read again as soon as it is back. */
export function cacheThatReadsAgain(queries: () => QueryClient): QueryCache {
  let isAsking = false;
  async function ask(): Promise<void> {
    const reply = await fetch('/readyz', { cache: 'no-store' }).catch(() => undefined);
    if (!reply?.ok) {
      setTimeout(ask, askAgainMs);
      return;
    }
    isAsking = false;
    await queries().refetchQueries({
      type: 'active',
      predicate: ({ state: { error } }) => error !== null && mayPass(error),
    });
  }
  return new QueryCache({
    onError: (error) => {
      if (isAsking || !mayPass(error)) return;
      isAsking = true;
      setTimeout(ask, askAgainMs);
    },
  });
}
