/** A session that ended while the administrator was at work: requests wait here until it is begun anew. */
let waiting: PromiseWithResolvers<void> | undefined;
const listeners = new Set<() => void>();

function change(next: typeof waiting): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** How often the session was begun and left since the page was loaded: what a request belongs to. */
export type SessionMark = Readonly<{ begun: number; left: number }>;
let now: SessionMark = { begun: 0, left: 0 };
export const sessionNow = (): SessionMark => now;

/**
 * Resolves when the administrator has signed in again: at once where that was since a request was made, whose answer came
 * late; never where the session was left since, as then the page that asked is gone.
 * @param made what a request belongs to that found no session
 */
export function signedInAgain(made: SessionMark): Promise<void> {
  if (made.left !== now.left) return new Promise(() => {});
  if (made.begun !== now.begun) return Promise.resolve();
  if (!waiting) change(Promise.withResolvers<void>());
  return (waiting as PromiseWithResolvers<void>).promise;
}

/** Lets the waiting requests go on, in a session that was begun. */
export function resumeSession(): void {
  now = { ...now, begun: now.begun + 1 };
  waiting?.resolve();
  change(undefined);
}

/** Gives the waiting requests up, and those that are under way; they stay pending, since the page that asked goes away. */
export function abandonSession(): void {
  now = { ...now, left: now.left + 1 };
  change(undefined);
}

/** For `useSyncExternalStore`: whether requests are waiting. */
export const expiry = {
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => void listeners.delete(listener);
  },
  isWaiting: () => waiting !== undefined,
};
