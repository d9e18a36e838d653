import Provider, { type KoaContextWithOIDC } from 'oidc-provider';
import { type Alongside, nothingAlongside, type Store } from '../store/store.ts';

const waiting = new WeakMap<KoaContextWithOIDC, Alongside>();

/** Where browsers come that sign in. */
const routes = new Set(['authorization', 'resume']);

/**
 * Keeps what a sign-in writes until its session is written, or else until the answer is about to go out: so it is one
 * transaction instead of one for each record, and none where the request fails.
 * @returns whether it waits
 */
export function writeLater({ statements, locks }: Alongside): boolean {
  const { ctx } = Provider;
  if (!ctx || !routes.has(ctx.oidc?.route)) return false;
  const before = waitingWrites();
  waiting.set(ctx, {
    statements: [...before.statements, ...statements],
    locks: [...before.locks, ...locks],
  });
  return true;
}

/** What waits in the request under way. */
export const waitingWrites = (): Alongside => (Provider.ctx && waiting.get(Provider.ctx)) ?? nothingAlongside;

/** It is written. */
export const forgetWaitingWrites = (): void => void (Provider.ctx && waiting.delete(Provider.ctx));

/** Writes what is left before the answer goes out. */
export function writeWaiting(store: Store) {
  return async (ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const left = waiting.get(ctx);
    if (left) await store.atomically(left.statements, left.locks);
  };
}
