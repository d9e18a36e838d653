import { type RawBuilder, sql } from 'kysely';
import { whole } from './parameters.ts';
import type { Store } from './store.ts';
import { windowIsOver } from './windows.ts';

/** How many attempts a key may have in a window. */
export type AttemptLimit = { key: string; maxAttempts: number };

/** One attempt, and the limits that it counts under. */
export type SignInAttempt = {
  id: string;
  now: number;
  windowMs: number;
  limits: readonly AttemptLimit[];
};

/**
 * Charges an attempt to every key, before the password is looked at, in one transaction: when a key is full, the others
 * get theirs back.
 * @returns milliseconds until an attempt would be allowed; 0 when this one is
 */
export async function chargeSignInAttempt(store: Store, attempt: SignInAttempt): Promise<number> {
  const keys = attempt.limits.map(({ key }) => key);
  const isOfAttempt = sql`key in (${sql.join(keys)}) and last_attempt_id = ${attempt.id}`;
  const [charged] = await store.atomically([
    charge(attempt).compile(store.db),
    sql`update sign_in_attempts set attempts = attempts - 1
      where ${isOfAttempt} and ${isRefused(isOfAttempt, keys.length)}`.compile(store.db),
    // Refused attempts leave no rows, or anybody could make as many as there are names.
    sql`delete from sign_in_attempts where ${isOfAttempt} and attempts <= 0`.compile(store.db),
  ]);
  const full = keys.filter((key) => !charged?.some((row) => row.key === key));
  if (full.length === 0) return 0;
  const { opened } = await store.db
    .selectFrom('sign_in_attempts')
    .select((row) => row.fn.max('window_started_at').as('opened'))
    .where('key', 'in', full)
    .executeTakeFirstOrThrow();
  return Math.max(1, Math.min(attempt.windowMs, opened + attempt.windowMs - attempt.now));
}

/** Whether the attempt could not be charged to each of its keys. */
const isRefused = (isOfAttempt: RawBuilder<unknown>, keys: number) =>
  sql`(select count(*) from sign_in_attempts where ${isOfAttempt}) < ${keys}`;

function charge({ id, now, windowMs, limits }: SignInAttempt) {
  const over = windowIsOver('sign_in_attempts', now, whole(windowMs));
  const ordered = inOrder(limits);
  const rows = ordered.map(({ key }) => sql`(${key}, ${now}, 1, ${id})`);
  const limitOfRow = ordered.map(({ key, maxAttempts }) => sql`when ${key} then ${whole(maxAttempts)}`);
  return sql<{ key: string }>`
    insert into sign_in_attempts (key, window_started_at, attempts, last_attempt_id) values ${sql.join(rows)}
    on conflict (key) do update set
      window_started_at = case when ${over} then excluded.window_started_at else sign_in_attempts.window_started_at end,
      attempts = case when ${over} then 1 else sign_in_attempts.attempts + 1 end,
      last_attempt_id = excluded.last_attempt_id
    where ${over} or sign_in_attempts.attempts < case excluded.key ${sql.join(limitOfRow, sql` `)} end
    returning key`;
}

/** Takes one attempt off each key: it was no guess. */
export async function giveBackSignInAttempt({ db, atomically }: Store, limits: readonly AttemptLimit[]): Promise<void> {
  const taking = db.updateTable('sign_in_attempts').set({ attempts: sql`attempts - 1` });
  await atomically(inOrder(limits).map(({ key }) => taking.where('key', '=', key).where('attempts', '>', 0).compile()));
}

/** Forgets the attempts of a key, after a right password. */
export async function clearSignInAttempts(store: Store, key: string): Promise<void> {
  await store.db.deleteFrom('sign_in_attempts').where('key', '=', key).execute();
}

/** PostgreSQL locks the rows in this order; one order for everybody, so that no two attempts wait for each other. */
const inOrder = (limits: readonly AttemptLimit[]) => limits.toSorted((a, b) => (a.key < b.key ? -1 : 1));
