import type { Store } from './store.ts';
import type { PassedChecksTable, UsedChecksTable } from './tables/guard.ts';

/** Uses an answer to a human check up. @returns whether nobody had before */
export async function useCheckOnce({ db }: Store, used: UsedChecksTable): Promise<boolean> {
  const inserted = await db
    .insertInto('used_checks')
    .values(used)
    .onConflict((conflict) => conflict.column('digest').doNothing())
    .returning('digest')
    .execute();
  return inserted.length > 0;
}

/** Notes who passed a check, in place of what was left of one before. */
export async function recordPassedCheck({ db }: Store, passed: PassedChecksTable): Promise<void> {
  const { subject: _, ...rest } = passed;
  await db
    .insertInto('passed_checks')
    .values(passed)
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(rest))
    .execute();
}

/** Takes one message off a check that was passed. @returns whether one was left */
export async function takeCheckedMessage({ db }: Store, subject: string, now: number): Promise<boolean> {
  const taken = await db
    .updateTable('passed_checks')
    .set((row) => ({ messages_left: row('messages_left', '-', 1) }))
    .where('subject', '=', subject)
    .where('messages_left', '>', 0)
    .where('expires_at', '>', now)
    .returning('subject')
    .execute();
  return taken.length > 0;
}

/** Takes all that is left of a check that was passed. @returns how many messages it was good for */
export async function takeWholeCheck({ db }: Store, subject: string, now: number): Promise<number> {
  const row = db.deleteFrom('passed_checks').where('subject', '=', subject).where('expires_at', '>', now);
  const [taken] = await row.returning('messages_left').execute();
  return Number(taken?.messages_left ?? 0);
}

/** The check that somebody passed, while it holds. */
export const findPassedCheck = ({ db }: Store, subject: string, now: number): Promise<PassedChecksTable | undefined> =>
  db
    .selectFrom('passed_checks')
    .selectAll()
    .where('subject', '=', subject)
    .where('expires_at', '>', now)
    .executeTakeFirst();

/** Forgets that somebody passed a check. */
export async function deletePassedCheck({ db }: Store, subject: string): Promise<void> {
  await db.deleteFrom('passed_checks').where('subject', '=', subject).execute();
}
