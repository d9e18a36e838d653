import { sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';

/** How often somebody tried to sign in under a key (a username, an address) in its window. */
export type SignInAttemptsTable = {
  key: string;
  window_started_at: number;
  attempts: number;
  last_attempt_id: string;
};

/** A key and how many attempts it may have in a window. */
export type SignInLimit = { key: string; maxAttempts: number };

const tables = ({ db }: Store) => db.withTables<{ sign_in_attempts: SignInAttemptsTable }>();

/**
 * Charges an attempt to every key, before the password is looked at. A full key is not raised; the others then get
 * theirs back.
 * @returns milliseconds until an attempt would be allowed; 0 when this one is
 */
export async function chargeSignInAttempt(
  store: Store,
  attempt: { id: string; now: number; windowMs: number; limits: readonly SignInLimit[] },
): Promise<number> {
  const { id, now, windowMs } = attempt;
  // One order for everybody, so that no two attempts wait for each other's rows.
  const limits = attempt.limits.toSorted((a, b) => (a.key < b.key ? -1 : 1));
  const keys = limits.map(({ key }) => key);
  const raising = limits.map(({ key, maxAttempts }) =>
    raise(key, maxAttempts, id, now, windowMs).compile(store.db),
  );
  const raised = await store.atomically(raising);
  const full = keys.filter((_, index) => raised[index]?.length === 0);
  if (full.length === 0) return 0;
  await giveBack(
    store,
    keys.filter((key) => !full.includes(key)),
  );
  const rows = await tables(store)
    .selectFrom('sign_in_attempts')
    .select('window_started_at')
    .where('key', 'in', full)
    .execute();
  return Math.max(1, ...rows.map((row) => row.window_started_at + windowMs - now));
}

/** A window opens with its first attempt; one that lies in the future belongs to a clock that was set back. */
function raise(key: string, maxAttempts: number, id: string, now: number, windowMs: number) {
  const over = sql<boolean>`(sign_in_attempts.window_started_at <= ${whole(now - windowMs)}
    or sign_in_attempts.window_started_at > ${whole(now)})`;
  return sql<{ key: string }>`
    insert into sign_in_attempts (key, window_started_at, attempts, last_attempt_id)
    values (${text(key)}, ${whole(now)}, 1, ${text(id)})
    on conflict (key) do update set
      window_started_at = case when ${over} then excluded.window_started_at else sign_in_attempts.window_started_at end,
      attempts = case when ${over} then 1 else sign_in_attempts.attempts + 1 end,
      last_attempt_id = excluded.last_attempt_id
    where ${over} or sign_in_attempts.attempts < ${whole(maxAttempts)}
    returning key`;
}

/** Takes one attempt off each key: it was no guess. */
export async function giveBack(store: Store, keys: readonly string[]): Promise<void> {
  if (keys.length === 0) return;
  await tables(store)
    .updateTable('sign_in_attempts')
    .set({ attempts: sql`attempts - 1` })
    .where('key', 'in', keys)
    .where('attempts', '>', 0)
    .execute();
}

/** Forgets the attempts of a key, after a right password. */
export async function clearSignInAttempts(store: Store, key: string): Promise<void> {
  await tables(store).deleteFrom('sign_in_attempts').where('key', '=', key).execute();
}
