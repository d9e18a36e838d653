import { AsyncLocalStorage } from 'node:async_hooks';

/** The request that an event came of. */
export type Origin = {
  ip?: string | undefined;
  userAgent?: string | undefined;
  /** The languages that the browser wishes, the best first (BCP 47). */
  locales?: readonly string[] | undefined;
  /** Of the Management API: what was called. */
  operation?: { method: string; path: string; matchedRoute: string; params: Record<string, string> } | undefined;
};

/**
 * Where the work at hand comes from, looked at only when an event is told: handing it through every room would show in
 * every signature what concerns none of them.
 */
export const origin = new AsyncLocalStorage<() => Origin>();
