/** A session that ended while the administrator was at work: requests wait here until it is begun anew. */
let waiting: PromiseWithResolvers<void> | undefined;
const listeners = new Set<() => void>();

function change(next: typeof waiting): void {
  waiting = next;
  for (const listener of listeners) listener();
}

/** Resolves when the administrator has signed in again. */
export function signedInAgain(): Promise<void> {
  if (!waiting) change(Promise.withResolvers<void>());
  return (waiting as PromiseWithResolvers<void>).promise;
}

/** Lets the waiting requests go on. */
export function resumeSession(): void {
  waiting?.resolve();
  change(undefined);
}

/** Gives the waiting requests up; they stay pending, since the page that asked goes away. */
export function abandonSession(): void {
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
