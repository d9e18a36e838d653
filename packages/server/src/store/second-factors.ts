import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { isUnmet, requirement } from './requirement.ts';
import type { Store } from './store.ts';
import { changeUser, isStillProven, type Proven } from './users.ts';
import { isStillProof } from './verifications.ts';

/** What changing what comes second of a user rests on; on no proof where an administrator does it. */
export type FactorsStill = Proven & {
  /** What else has to hold. */
  holds?: readonly RawBuilder<SqlBool>[];
};

/**
 * Changes what comes second of a user in one transaction, under the user's lock, if all holds that it rests on.
 * @returns whether it did
 */
export function changeFactors(
  store: Store,
  { userId, now }: { userId: string; now: number },
  { provenAt, proofId, holds = [] }: FactorsStill,
  changing: readonly CompiledQuery<unknown>[],
): Promise<boolean> {
  const conditions = [
    sql`exists (select 1 from users where id = ${userId})`,
    ...(provenAt === undefined ? [] : [isStillProven(userId, provenAt)]),
    ...(proofId === undefined ? [] : [isStillProof(userId, proofId)]),
    ...holds,
  ];
  return unlessUnmet(store, [
    changeUser(store, userId, { updated_at: now }),
    requirement(store, sql.join(conditions, sql` and `)),
    ...changing,
  ]);
}

/** Does all of it or none. @returns whether all was done, and no requirement among it was unmet */
export async function unlessUnmet(store: Store, statements: readonly CompiledQuery<unknown>[]): Promise<boolean> {
  try {
    await store.atomically(statements);
    return true;
  } catch (error) {
    if (isUnmet(error)) return false;
    throw error;
  }
}
