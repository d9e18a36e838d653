import type { IncomingMessage, ServerResponse } from 'node:http';
import type { KoaContextWithOIDC } from 'oidc-provider';

const context = Symbol('context');

type Request = IncomingMessage & { [context]?: KoaContextWithOIDC };

/** Notes what a request was given by Koa, for `letGo`. */
export function noteContext(ctx: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> {
  (ctx.req as Request)[context] = ctx;
  return next();
}

/**
 * Takes apart what oidc-provider has made for a request that it has answered, as soon as the connection is done with the
 * answer. Each context has a getter of its own, and V8 keeps getters among what is old: whatever a context leads to would
 * grow old with it, and have the whole heap collected again and again (decision 0073).
 */
export function letGo(request: Request, response: ServerResponse): void {
  const ctx = request[context];
  if (!ctx) return;
  delete request[context];
  const takeApart = () => {
    for (const part of [ctx.oidc ?? {}, ctx])
      for (const key of Reflect.ownKeys(part)) Reflect.set(part, key, undefined);
  };
  // Until then Koa may hear of a connection that breaks off.
  if (response.closed) takeApart();
  else response.once('close', takeApart);
}
