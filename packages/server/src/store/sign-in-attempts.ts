import { sql } from 'kysely';
import { whole } from './parameters.ts';
import { type Optional, type Slot, statement } from './statement.ts';
import type { Alongside, Store } from './store.ts';
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
export async function chargeSignInAttempt(store: Store, unordered: SignInAttempt): Promise<number> {
  const attempt = { ...unordered, limits: inOrder(unordered.limits) };
  const keys = attempt.limits.map(({ key }) => key);
  /** Whether it was charged to each key, so that there is nothing to take back. */
  const isIdle: Optional['isIdle'] = ([charged]) => charged?.rows.length === keys.length;
  const [charged] = await store.atomically(
    [
      charge(store, attempt),
      { ...giveBackRefused(store, attempt), isIdle },
      // Refused attempts leave no rows, or anybody could make as many as there are names.
      { ...deleteUnused(store, attempt), isIdle },
    ],
    keys,
  );
  const full = keys.filter((key) => !charged.some((row) => row.key === key));
  if (full.length === 0) return 0;
  const { opened } = await store.db
    .selectFrom('sign_in_attempts')
    .select((row) => row.fn.max('window_started_at').as('opened'))
    .where('key', 'in', full)
    .executeTakeFirstOrThrow();
  return Math.max(1, Math.min(attempt.windowMs, opened + attempt.windowMs - attempt.now));
}

const countOfLimits = ({ limits }: SignInAttempt) => limits.length;

const charge = statement<SignInAttempt, { key: string }>((slot, _, { limits }) => {
  const now = slot(({ now }) => now);
  const over = windowIsOver('sign_in_attempts', whole(now), whole(slot(({ windowMs }) => windowMs)));
  const keyOf = (index: number) => slot(({ limits }) => limits[index]?.key);
  const rows = limits.map((_, index) => sql`(${keyOf(index)}, ${now}, 1, ${slot(({ id }) => id)})`);
  const limitOfRow = limits.map(
    (_, index) => sql`when ${keyOf(index)} then ${whole(slot(({ limits }) => limits[index]?.maxAttempts ?? 0))}`,
  );
  return sql`
    insert into sign_in_attempts (key, window_started_at, attempts, last_attempt_id) values ${sql.join(rows)}
    on conflict (key) do update set
      window_started_at = case when ${over} then excluded.window_started_at else sign_in_attempts.window_started_at end,
      attempts = case when ${over} then 1 else sign_in_attempts.attempts + 1 end,
      last_attempt_id = excluded.last_attempt_id
    where ${over} or sign_in_attempts.attempts < case excluded.key ${sql.join(limitOfRow, sql` `)} end
    returning key`;
}, countOfLimits);

const isOfAttempt = (slot: Slot<SignInAttempt>, { limits }: SignInAttempt) => {
  const keys = limits.map((_, index) => slot(({ limits }) => limits[index]?.key));
  return sql`key in (${sql.join(keys)}) and last_attempt_id = ${slot(({ id }) => id)}`;
};

/** Where the attempt could not be charged to each of its keys. */
const giveBackRefused = statement<SignInAttempt>((slot, _, example) => {
  const ofAttempt = isOfAttempt(slot, example);
  return sql`update sign_in_attempts set attempts = attempts - 1 where ${ofAttempt}
    and (select count(*) from sign_in_attempts where ${ofAttempt}) < ${sql.lit(example.limits.length)}`;
}, countOfLimits);

const deleteUnused = statement<SignInAttempt>(
  (slot, _, example) => sql`delete from sign_in_attempts where ${isOfAttempt(slot, example)} and attempts <= 0`,
  countOfLimits,
);

/** What takes one attempt off each key: it was no guess. */
export function givingBackSignInAttempt(store: Store, limits: readonly AttemptLimit[]): Alongside {
  const keys = inOrder(limits).map(({ key }) => key);
  return { statements: keys.length > 0 ? [giveBack(store, { keys })] : [], locks: keys };
}

/** Takes one attempt off each key. */
export async function giveBackSignInAttempt(store: Store, limits: readonly AttemptLimit[]): Promise<void> {
  const { statements, locks } = givingBackSignInAttempt(store, limits);
  if (statements.length > 0) await store.atomically(statements, locks);
}

const giveBack = statement<{ keys: readonly string[] }>(
  (slot, _, { keys }) => {
    const these = sql.join(keys.map((_, index) => slot(({ keys }) => keys[index])));
    return sql`update sign_in_attempts set attempts = attempts - 1 where key in (${these}) and attempts > 0`;
  },
  ({ keys }) => keys.length,
);

/** What was attempted under these keys, whether or not the window is over. */
export const findSignInAttempts = ({ db }: Store, keys: readonly string[]) =>
  db.selectFrom('sign_in_attempts').select(['key', 'window_started_at', 'attempts']).where('key', 'in', keys).execute();

/** Forgets the attempts of these keys. */
export async function forgetSignInAttempts(store: Store, unordered: readonly string[]): Promise<void> {
  const keys = unordered.toSorted();
  await store.atomically(
    keys.map((key) => forgettingSignInAttempts(store, key)),
    keys,
  );
}

/** The statement that forgets the attempts of a key. */
export const forgettingSignInAttempts = ({ db }: Store, key: string) =>
  db.deleteFrom('sign_in_attempts').where('key', '=', key).compile();

/** Forgets the attempts of a key, after a right password. */
export async function clearSignInAttempts(store: Store, key: string): Promise<void> {
  await store.db.deleteFrom('sign_in_attempts').where('key', '=', key).execute();
}

/** PostgreSQL locks the rows in this order; one order for everybody, so that no two attempts wait for each other. */
const inOrder = (limits: readonly AttemptLimit[]) => limits.toSorted((a, b) => (a.key < b.key ? -1 : 1));
