import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Administrators } from '../admin/administrators.ts';
import { ApiError } from '../errors.ts';
import { checkFromConsole } from './console/same-site.ts';
import { readSessionCookie } from './console/session-cookie.ts';

/** A hook that lets a request through, or throws. */
export type Authenticate = (request: FastifyRequest, reply: FastifyReply) => Promise<void>;
type Deps = { administrators: Pick<Administrators, 'authenticateSession'>; settings: { publicUrl: string } };

/**
 * A hook that lets requests pass with a session of the Console, looked up each time.
 * @returns the hook; it throws ApiError `auth.unauthorized`, and `auth.forbidden` for a change from anywhere else
 */
export function createSessionAuthenticate({ administrators, settings }: Deps): Authenticate {
  return async (request, reply) => {
    const token = readSessionCookie(request, settings.publicUrl);
    const found = token === undefined ? undefined : await administrators.authenticateSession(token);
    if (!found) throw new ApiError('auth.unauthorized');
    checkFromConsole(request, settings.publicUrl);
    reply.header('cache-control', 'no-store');
    request.caller = { type: 'administrator', ...found };
  };
}

/**
 * Sends requests with a session of the Console to one hook, and all others, those with an access token too, to the
 * other.
 */
export function eitherSessionOr(
  bySession: Authenticate,
  otherwise: Authenticate,
  { publicUrl }: { publicUrl: string },
): Authenticate {
  return (request, reply) => {
    const isToken = request.headers.authorization !== undefined;
    const hasSession = !isToken && readSessionCookie(request, publicUrl) !== undefined;
    return hasSession ? bySession(request, reply) : otherwise(request, reply);
  };
}
