import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type OperationScope, scopesOpening } from '../accounts/resources/management-scopes.ts';
import { mayAs, type Role } from '../admin/roles.ts';
import { ApiError } from '../errors.ts';
import type { Authenticate } from './authenticate-session.ts';
import { ExportStream } from './long-lists/export.ts';
import { maskNumbers } from './mask-numbers.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least role of an administrator that the operation takes. */
    role?: Role;
    /** What the operation asks of an access token; everything where nothing is said. */
    scope?: OperationScope;
    /** The reply holds nobody's number, so that viewers get it as it is. */
    holdsNumbers?: false;
  }
}

/**
 * Puts what is registered in the scope of `app` from now on behind a proof of who is calling, and behind the role that
 * each operation names. Viewers get every reply with its phone numbers masked. What
 * access tokens may do is decided where they are verified.
 */
export function guard(app: FastifyInstance, authenticate: Authenticate): void {
  app.addHook('onRequest', async (request, reply) => {
    await authenticate(request, reply);
    // An operation that names no role is for owners; a test fails for one.
    takeRole(request, request.routeOptions.config.role ?? 'owner');
  });
  app.addHook('onSend', (request, reply, payload, done) => {
    const isShown = seesNumbers(request) || request.routeOptions.config.holdsNumbers === false;
    const isAsItIs = payload === null || payload === undefined || payload instanceof ExportStream;
    if (isShown || isAsItIs) return done(null, payload);
    // What is not at hand as a whole could not be masked.
    if (typeof payload !== 'string') return done(forbidden('operator'));
    done(null, maskNumbers(payload, String(reply.getHeader('content-type')).includes('json')));
  });
}

/** Whether whoever asks may see phone numbers and codes, and find people by them. */
export const seesNumbers = ({ caller }: FastifyRequest): boolean =>
  caller?.type !== 'administrator' || mayAs(caller.administrator.role, 'operator');

/** @throws ApiError `auth.forbidden` for an administrator with a lesser role; what takes an owner takes the scope `all` */
export function takeRole({ caller }: FastifyRequest, needed: Role): void {
  if (caller?.type === 'application' && needed === 'owner' && !caller.mayAll) {
    throw new ApiError('auth.forbidden', { requiredScopes: scopesOpening('all') });
  }
  if (caller?.type === 'administrator' && !mayAs(caller.administrator.role, needed)) throw forbidden(needed);
}

const forbidden = (requiredRole: Role) => new ApiError('auth.forbidden', { requiredRole });
