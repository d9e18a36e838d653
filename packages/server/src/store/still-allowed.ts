import { type CompiledQuery, sql } from 'kysely';
import { type Asking, hasSession } from './administrator-lock.ts';
import { requirement } from './requirement.ts';
import type { Store } from './store.ts';
import type { AdministratorRole } from './tables/administrators.ts';

/** A statement that undoes its transaction unless the session is open, of an administrator with one of these roles. */
export const requireRole = (
  store: Store,
  asking: Asking,
  roles: readonly AdministratorRole[],
): CompiledQuery<unknown> =>
  requirement(
    store,
    sql`exists (select 1 from administrators as asking where asking.id = ${asking.administratorId}
      and asking.role in (${sql.join(roles)}) and ${hasSession(asking)})`,
  );

/**
 * A statement that undoes its transaction unless the application is the one that it was, and has one of these scopes of
 * the Management API.
 */
export function requireScope(
  store: Store,
  { id, instance }: { id: string; instance?: string | undefined },
  scopes: readonly string[],
): CompiledQuery<unknown> {
  const granted = scopes.map((scope) => sql`' ' || coalesce(management_scopes, 'all') || ' ' like ${`% ${scope} %`}`);
  const isSame = instance === undefined ? sql`` : sql` and instance = ${instance}`;
  return requirement(
    store,
    sql`exists (select 1 from applications where id = ${id} and is_admin = 1${isSame} and (${sql.join(granted, sql` or `)}))`,
  );
}
