import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type OperationScope, scopesOpening } from '../accounts/resources/management-scopes.ts';
import { mayAs, type Role } from '../admin/roles.ts';
import { ApiError } from '../errors.ts';
import type { Platform } from '../platform.ts';
import type { Store } from '../store/store.ts';
import type { Authenticate } from './authenticate-session.ts';
import { askBeforeBody } from './before-body.ts';
import { ExportStream } from './long-lists/export.ts';
import { maskNumbers } from './mask-numbers.ts';
import { stillAllowed } from './while-allowed.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The least role of an administrator that the operation takes. */
    role?: Role;
    /** What the operation asks of an access token; everything where nothing is said. */
    scope?: OperationScope;
    /** The reply holds nobody's number, so that viewers get it as it is. */
    holdsNumbers?: false;
  }
  interface FastifyRequest {
    /** Asks who is calling and whether they still may, and throws as the first time. Only of what is behind `guard`. */
    admit: (reply: FastifyReply) => Promise<void>;
  }
}

/**
 * Puts what is registered in the scope of `app` from now on behind a proof of who is calling, and behind the role that
 * each operation names. Viewers get every reply with its phone numbers masked. What access tokens may do is decided where
 * they are verified.
 */
export function guard(app: FastifyInstance, authenticate: Authenticate): void {
  app.decorateRequest('admit', async function (this: FastifyRequest, reply: FastifyReply) {
    await authenticate(this, reply);
    // An operation that names no role is for owners; a test fails for one.
    takeRole(this, this.routeOptions.config.role ?? 'owner');
  });
  app.decorateRequest('stillAllowed', function (this: FastifyRequest, store: Store) {
    return stillAllowed(store, this);
  });
  askBeforeBody(app, (request, reply) => request.admit(reply));
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

/** Whether whoever asks may set connectors up, and so see what is secret about them. */
export const seesConnectors = ({ caller }: FastifyRequest): boolean =>
  caller?.type === 'application' ? caller.mayAll : caller !== undefined && mayAs(caller.administrator.role, 'operator');

/** @throws ApiError `auth.forbidden` for an administrator with a lesser role; what takes an owner takes the scope `all` */
export function takeRole({ caller }: FastifyRequest, needed: Role): void {
  if (caller?.type === 'application' && needed === 'owner' && !caller.mayAll) {
    throw new ApiError('auth.forbidden', { requiredScopes: scopesOpening('all') });
  }
  if (caller?.type === 'administrator' && !mayAs(caller.administrator.role, needed)) throw forbidden(needed);
}

/** How long an answer goes on without asking again, in milliseconds. */
const admittedMs = 1_000;

/**
 * For answers that take long, and longer where the client reads slowly: what asks again whether whoever began it still
 * may, with no lesser role. It throws what `admit` throws.
 * @param everyMs how often at most; what writes asks before each part
 */
export function createStillAdmitted(
  request: FastifyRequest,
  reply: FastifyReply,
  { now }: Pick<Platform, 'now'>,
  everyMs: number = admittedMs,
): () => Promise<void> {
  const begunAs = request.caller?.type === 'administrator' ? request.caller.administrator.role : undefined;
  let askedAt = now();
  return async () => {
    if (now() - askedAt < everyMs) return;
    askedAt = now();
    await request.admit(reply);
    if (begunAs) takeRole(request, begunAs);
  };
}

const forbidden = (requiredRole: Role) => new ApiError('auth.forbidden', { requiredRole });
