import { sql } from 'kysely';
import { statement } from './statement.ts';
import type { Store } from './store.ts';
import type { PassedChecksTable, UsedChecksTable } from './tables/guard.ts';

/** Whether an answer to a human check is used up. */
export const isCheckUsed = async ({ db }: Store, digest: string): Promise<boolean> =>
  (await db.selectFrom('used_checks').select('digest').where('digest', '=', digest).executeTakeFirst()) !== undefined;

/**
 * Uses an answer to a human check up and notes who passed with it, in place of what was left of a check before: both or
 * neither. @returns whether nobody had used it before
 */
export async function usePassedCheck(store: Store, used: UsedChecksTable, passed: PassedChecksTable): Promise<boolean> {
  const { subject: _, ...rest } = passed;
  const using = store.db.insertInto('used_checks').values(used).compile();
  const passing = store.db
    .insertInto('passed_checks')
    .values(passed)
    .onConflict((conflict) => conflict.column('subject').doUpdateSet(rest))
    .compile();
  try {
    await store.atomically([using, passing]);
    return true;
  } catch (error) {
    if (isTaken(error)) return false;
    throw error;
  }
}

const isTaken = (error: unknown) =>
  error instanceof Error &&
  ((error as { constraint?: unknown }).constraint === 'used_checks_pkey' ||
    error.message.includes('UNIQUE constraint failed: used_checks.digest'));

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

/** Gives one message back. */
export async function giveCheckedMessageBack({ db }: Store, subject: string): Promise<void> {
  const row = db.updateTable('passed_checks').where('subject', '=', subject);
  await row.set((column) => ({ messages_left: column('messages_left', '+', 1) })).execute();
}

/** Takes all that is left of a check that was passed, if anything is. */
export async function takeWholeCheck(
  { db }: Store,
  subject: string,
  now: number,
): Promise<PassedChecksTable | undefined> {
  const row = db.deleteFrom('passed_checks').where('subject', '=', subject).where('expires_at', '>', now);
  const [taken] = await row.returningAll().execute();
  return taken && taken.messages_left > 0 ? taken : undefined;
}

/** Gives back what was taken, unless another check was passed since. */
export async function giveWholeCheckBack({ db }: Store, taken: PassedChecksTable): Promise<void> {
  await db
    .insertInto('passed_checks')
    .values(taken)
    .onConflict((conflict) => conflict.column('subject').doNothing())
    .execute();
}

/** The check that somebody passed, while it holds. */
export const findPassedCheck = ({ db }: Store, subject: string, now: number): Promise<PassedChecksTable | undefined> =>
  db
    .selectFrom('passed_checks')
    .selectAll()
    .where('subject', '=', subject)
    .where('expires_at', '>', now)
    .executeTakeFirst();

/** The statement that forgets that somebody passed a check. */
export const forgettingPassedCheck = statement<{ subject: string }>(
  (slot) => sql`delete from passed_checks where subject = ${slot(({ subject }) => subject)}`,
);
