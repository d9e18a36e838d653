import { failurePolicy } from './checks.ts';
import { deleteRetiredSigningKeys } from './signing-keys.ts';
import type { Store } from './store.ts';

const minute = 60_000;
const day = 24 * 60 * minute;
/** Longer than any send takes with its retries, so that a message still in flight in another process is left alone. */
const abandonedAfterMs = 2 * minute;
const auditLogDays = 400;
/** Longer than anybody stays signed in without a new ID token, which a sign-out may show. */
const retiredKeyDays = 90;

/** What is kept how long; times are milliseconds. */
export type Retention = { now: number; messagesMs: number | null };

/** Deletes what has expired, a table at a time. */
export async function deleteExpired(store: Store, { now, messagesMs }: Retention): Promise<void> {
  const { db } = store;
  // A code that has expired is kept for a while, so that it is refused as expired rather than as unknown.
  await db
    .deleteFrom('verification_codes')
    .where('expires_at', '<', now - day)
    .execute();
  // Failures stay long after their last wait is over: waiting must not end the row of failures.
  await db
    .deleteFrom('verification_failures')
    .where('updated_at', '<', now - 30 * day)
    .where('failures', '<', failurePolicy.maxStrangerFailures)
    .execute();
  await db
    .deleteFrom('send_limits')
    .where('window_started_at', '<', now - 2 * day)
    .execute();
  await db.deleteFrom('administrator_sessions').where('expires_at', '<', now).execute();
  await db.deleteFrom('administrator_links').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('sign_in_attempts')
    .where('window_started_at', '<', now - day)
    .execute();
  await db.deleteFrom('sign_in_flows').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('verifications')
    .where('created_at', '<', now - day)
    .execute();
  await deleteRetiredSigningKeys(store, now - retiredKeyDays * day);
  await db.deleteFrom('oidc_models').where('expires_at', '<', now).execute();
  await db
    .deleteFrom('audit_log')
    .where('at', '<', now - auditLogDays * day)
    .execute();
  if (messagesMs !== null) {
    await db
      .deleteFrom('messages')
      .where('created_at', '<', now - messagesMs)
      .execute();
  }
}

/** Messages created before this time and still in flight were left behind by a crash. */
export const abandonedBefore = (now: number): number => now - abandonedAfterMs;
