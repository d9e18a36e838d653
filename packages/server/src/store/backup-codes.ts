import { type CompiledQuery, type SqlBool, sql } from 'kysely';
import { requirement } from './requirement.ts';
import { unlessUnmet } from './second-factors.ts';
import type { Store } from './store.ts';
import { deleteShownBackupCodes } from './verifications.ts';

/** What is kept of the backup codes of a user that were made together. Times are milliseconds since the epoch. */
export type BackupCodeSet = { id: string; userId: string; digests: readonly string[]; createdAt: number };

/** The codes that a user has, and how many of them are unused; undefined where there are none at all. */
export async function findBackupCodes(
  { db }: Store,
  userId: string,
): Promise<{ id: string; createdAt: number; left: number; lastUsedAt: number | null } | undefined> {
  return db
    .selectFrom('backup_codes')
    .select(({ fn }) => [
      'set_id as id',
      fn.min<number>('created_at').as('createdAt'),
      fn.max<number | null>('used_at').as('lastUsedAt'),
      fn.countAll<number>().filterWhere('used_at', 'is', null).as('left'),
    ])
    .where('user_id', '=', userId)
    .groupBy('set_id')
    .executeTakeFirst();
}

/**
 * The statements that give a user codes who has none that are unused, for a transaction that holds the lock of the user;
 * `isUnmet` tells that there are some. What else was shown to the user, and not kept, is forgotten.
 */
export const givingFirstBackupCodes = (store: Store, set: BackupCodeSet): CompiledQuery<unknown>[] => [
  requirement(store, hasNoneUnused(set.userId)),
  ...replacingBackupCodes(store, set),
  deleteShownBackupCodes(store, set.userId),
];

/** The statements that put new codes in place of those before, for a transaction that holds the lock of the user. */
export const replacingBackupCodes = (
  store: Store,
  { id, userId, digests, createdAt }: BackupCodeSet,
): CompiledQuery<unknown>[] => [
  endingBackupCodes(store, userId),
  store.db
    .insertInto('backup_codes')
    .values(
      digests.map((digest) => ({
        user_id: userId,
        digest,
        set_id: id,
        created_at: createdAt,
        used_at: null,
        used_by: null,
      })),
    )
    .compile(),
];

/** The statement that ends the codes of a user. */
export const endingBackupCodes = ({ db }: Store, userId: string): CompiledQuery<unknown> =>
  db.deleteFrom('backup_codes').where('user_id', '=', userId).compile();

/** Why codes are of no use any more: the second step is switched off, or nothing is left of these to come second. */
type Idle = 'skipped' | readonly ('phone' | 'email' | 'totp')[];

/** The statements that end the codes of a user of whom that holds by then. */
export function endingIdleBackupCodes({ db }: Store, userId: string, idle: Idle): CompiledQuery<unknown>[] {
  if (idle.length === 0) return [];
  const users = db.selectFrom('users').select('id').where('id', '=', userId);
  const who =
    idle === 'skipped'
      ? users.where('skips_second_factor', '=', 1)
      : idle.reduce(
          (query, factor) =>
            factor === 'totp'
              ? query.where(
                  'id',
                  'not in',
                  db.selectFrom('authenticators').select('user_id').where('user_id', '=', userId),
                )
              : query.where(factor, 'is', null),
          users,
        );
  return [db.deleteFrom('backup_codes').where('user_id', 'in', who).compile()];
}

/** Whether a user has no code that is unused. */
export const hasNoneUnused = (userId: string) =>
  sql<SqlBool>`not exists (select 1 from backup_codes where user_id = ${userId} and used_at is null)`;

/** Whether these are the codes of a user. */
export const areBackupCodes = (userId: string, setId: string) =>
  sql<SqlBool>`exists (select 1 from backup_codes where user_id = ${userId} and set_id = ${setId})`;

/**
 * Takes a code that is unused, together with what is done by it: all of it or none.
 * @returns whether there was such a code
 */
export function takeBackupCode(
  store: Store,
  taken: { userId: string; digest: string; usedBy: string; now: number },
  doing: readonly CompiledQuery<unknown>[],
): Promise<boolean> {
  const { userId, digest, usedBy, now } = taken;
  const taking = store.db
    .updateTable('backup_codes')
    .set({ used_at: now, used_by: usedBy })
    .where('user_id', '=', userId)
    .where('digest', '=', digest)
    .where('used_at', 'is', null)
    .compile();
  const isTaken = sql`exists (select 1 from backup_codes where user_id = ${userId} and used_by = ${usedBy})`;
  return unlessUnmet(store, [taking, requirement(store, isTaken), ...doing]);
}
