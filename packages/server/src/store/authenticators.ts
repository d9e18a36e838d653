import { type CompiledQuery, sql } from 'kysely';
import { whole } from './parameters.ts';
import { requirement } from './requirement.ts';
import { unlessUnmet } from './second-factors.ts';
import type { Store } from './store.ts';
import type { AuthenticatorsTable } from './tables/users.ts';
import { changeUser } from './users.ts';

/** The authenticator app of a user, if there is one. */
export const findAuthenticatorOf = ({ db }: Store, userId: string): Promise<AuthenticatorsTable | undefined> =>
  db.selectFrom('authenticators').selectAll().where('user_id', '=', userId).executeTakeFirst();

/**
 * The statements that give a user an authenticator app, and undo their transaction where there is one already. Whoever
 * sets one up is asked for its codes, also after having switched the second step off.
 */
export const addingAuthenticator = (store: Store, row: AuthenticatorsTable): CompiledQuery<unknown>[] => [
  // Takes the lock of the user before the row, as whoever replaces one does.
  changeUser(store, row.user_id, { skips_second_factor: 0 }),
  store.db
    .insertInto('authenticators')
    .values(row)
    .onConflict((conflict) => conflict.column('user_id').doNothing())
    .compile(),
  requirement(store, isAuthenticator(row.user_id, row.id)),
];

/** The statement that takes the authenticator app of a user away. */
export const endingAuthenticator = ({ db }: Store, userId: string): CompiledQuery<unknown> =>
  db.deleteFrom('authenticators').where('user_id', '=', userId).compile();

/** Whether this is the authenticator app of the user. */
export const isAuthenticator = (userId: string, id: string) =>
  sql<boolean>`exists (select 1 from authenticators where user_id = ${userId} and id = ${id})`;

/**
 * Takes a time step of an app, unless it or a later one was taken already, together with what is done by it: all of it or
 * none.
 * @param taken.usedBy the verification that it makes
 * @returns whether it was taken
 */
export function takeTimeStep(
  store: Store,
  taken: { userId: string; id: string; timeStep: number; usedBy: string; now: number },
  doing: readonly CompiledQuery<unknown>[],
): Promise<boolean> {
  const { userId, id, timeStep, usedBy, now } = taken;
  const taking = store.db
    .updateTable('authenticators')
    .set({ last_time_step: timeStep, last_used_at: now, used_by: usedBy })
    .where('user_id', '=', userId)
    .where('id', '=', id)
    .where('last_time_step', '<', whole(timeStep))
    .compile();
  const isTaken = sql`exists (select 1 from authenticators where user_id = ${userId} and used_by = ${usedBy})`;
  return unlessUnmet(store, [taking, requirement(store, isTaken), ...doing]);
}
