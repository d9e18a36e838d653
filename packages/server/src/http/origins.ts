import type { FastifyInstance, FastifyRequest } from 'fastify';
import { parseLocales } from '../locale.ts';
import { type Origin, origin } from '../webhooks/origin.ts';

const maxUserAgentLength = 512;

/** Lets webhooks say which request an event came of. */
export function tellOrigins(app: FastifyInstance): void {
  // After the body was read: what reads it goes on without what was set before.
  app.addHook('preHandler', (request, _reply, done) => origin.run(() => originOf(request), done));
}

function originOf({ client, headers, method, url, params, routeOptions }: FastifyRequest): Origin {
  const isManagement = routeOptions.config.role !== undefined;
  return {
    ip: client.address || undefined,
    userAgent: headers['user-agent']?.slice(0, maxUserAgentLength),
    locales: parseLocales(headers['accept-language']),
    operation: isManagement
      ? {
          method,
          path: url.split('?', 1)[0] ?? '',
          matchedRoute: routeOptions.url ?? '',
          params: { ...(params as Record<string, string>) },
        }
      : undefined,
  };
}
