import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CompiledQuery } from 'kysely';
import { scopesOpening } from '../accounts/resources/management-scopes.ts';
import { mayAs, roles } from '../admin/roles.ts';
import { ApiError } from '../errors.ts';
import { isUnmet } from '../store/requirement.ts';
import { requireRole, requireScope } from '../store/still-allowed.ts';
import type { Store } from '../store/store.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** As `stillAllowed`. Only of what is behind `guard`. */
    stillAllowed: (store: Store) => CompiledQuery<unknown>[];
  }
}

/**
 * Makes a change that takes its time before it is written, such as one with a digest of a password or the check of a
 * configuration by its connector: whoever asks may be removed meanwhile, and then nothing is written.
 * @param change gets the statements to put into its transaction
 * @throws ApiError as for a request that comes after the removal
 */
export async function whileAllowed<T>(
  store: Store,
  request: FastifyRequest,
  reply: FastifyReply,
  change: (still: CompiledQuery<unknown>[]) => Promise<T>,
): Promise<T> {
  try {
    return await change(request.stillAllowed(store));
  } catch (error) {
    if (!isUnmet(error)) throw error;
    await request.admit(reply);
    // They were removed and are back already.
    throw new ApiError('auth.unauthorized');
  }
}

/** The statements that undo their transaction unless whoever asks still may. */
export function stillAllowed(
  store: Store,
  { caller, routeOptions: { config } }: FastifyRequest,
): CompiledQuery<unknown>[] {
  if (caller?.type === 'application') return [requireScope(store, caller, scopesOpening(config.scope ?? 'all'))];
  if (!caller?.session) throw new ApiError('auth.unauthorized');
  const asking = { administratorId: caller.administrator.id, sessionId: caller.session.id };
  const needed = config.role ?? 'owner';
  return [
    requireRole(
      store,
      asking,
      roles.filter((role) => mayAs(role, needed)),
    ),
  ];
}
