import { toApiError } from '../api/api-error.ts';

const name = 'CodeNotFetched';

/** Tells code of the Console that could not be fetched from code that broke. */
export function watchFetchedCode(): void {
  // https://vite.dev/guide/build#load-error-handling
  window.addEventListener('vite:preloadError', ({ payload }) => {
    // By the words of the browser the router would load the page anew, which leads out of it where the server is away.
    Object.assign(payload, { name, message: 'A part of the Console could not be fetched.' });
  });
}

/** Whether the connection is to blame, or that the server has another Console by now. */
export const isNotFetched = (error: unknown): boolean => error instanceof Error && error.name === name;

/** Which words say of it why it is not there. */
export const wordsFor = (error: unknown): 'notFetched' | 'crashed' => (isNotFetched(error) ? 'notFetched' : 'crashed');

/** Whether the server has another Console than this one: what this one has not fetched yet is gone. */
export async function isOutdated(): Promise<boolean> {
  const own = document.querySelector('script[type="module"]')?.getAttribute('src') ?? '';
  const reply = await fetch('/console', { cache: 'no-store' });
  return reply.ok && !(await reply.text()).includes(own);
}

/** Loads the page anew, if that can work. @throws ApiError where the server does not answer */
export async function loadAnew(): Promise<void> {
  try {
    await fetch('/livez', { cache: 'no-store' });
  } catch (error) {
    throw toApiError(error);
  }
  window.location.reload();
}
