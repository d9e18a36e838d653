import { type CompiledQuery, sql } from 'kysely';
import { isUnmet, requirement } from './requirement.ts';
import type { Store } from './store.ts';
import { changeUser, isStillProven, type Proven } from './users.ts';
import { deleteShownBackupCodes, isStillProof } from './verifications.ts';

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

const hasNoneUnused = (userId: string) =>
  sql`not exists (select 1 from backup_codes where user_id = ${userId} and used_at is null)`;

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

/** Why codes are of no use any more: the second step is switched off, or nothing is left of what second codes go to. */
type Idle = 'skipped' | readonly ('phone' | 'email')[];

/** The statements that end the codes of a user of whom that holds by then. */
export function endingIdleBackupCodes({ db }: Store, userId: string, idle: Idle): CompiledQuery<unknown>[] {
  if (idle.length === 0) return [];
  const users = db.selectFrom('users').select('id').where('id', '=', userId);
  const who =
    idle === 'skipped'
      ? users.where('skips_second_factor', '=', 1)
      : idle.reduce((query, factor) => query.where(factor, 'is', null), users);
  return [db.deleteFrom('backup_codes').where('user_id', 'in', who).compile()];
}

/** What changing the codes of a user rests on; on no proof where an administrator does it. */
export type BackupCodesStill = Proven & {
  /** Whether there must be none that are unused. */
  isFirst?: boolean;
  /** The codes that there must be. */
  setId?: string;
};

/**
 * Changes the codes of a user in one transaction, if all holds that it rests on.
 * @returns whether it did
 */
export async function changeBackupCodes(
  store: Store,
  { userId, now }: { userId: string; now: number },
  { provenAt, proofId, isFirst = false, setId }: BackupCodesStill,
  changing: readonly CompiledQuery<unknown>[],
): Promise<boolean> {
  const ofUser = sql`select 1 from backup_codes where user_id = ${userId}`;
  const conditions = [
    sql`exists (select 1 from users where id = ${userId})`,
    ...(provenAt === undefined ? [] : [isStillProven(userId, provenAt)]),
    ...(proofId === undefined ? [] : [isStillProof(userId, proofId)]),
    ...(isFirst ? [hasNoneUnused(userId)] : []),
    ...(setId === undefined ? [] : [sql`exists (${ofUser} and set_id = ${setId})`]),
  ];
  try {
    await store.atomically([
      // Takes the lock of the user.
      changeUser(store, userId, { updated_at: now }),
      requirement(store, sql.join(conditions, sql` and `)),
      ...changing,
    ]);
    return true;
  } catch (error) {
    if (isUnmet(error)) return false;
    throw error;
  }
}

/**
 * Takes a code that is unused, together with what is done by it: all of it or none.
 * @returns whether there was such a code
 */
export async function takeBackupCode(
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
  try {
    await store.atomically([taking, requirement(store, isTaken), ...doing]);
    return true;
  } catch (error) {
    if (isUnmet(error)) return false;
    throw error;
  }
}
