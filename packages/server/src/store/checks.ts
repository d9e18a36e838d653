import { type RawBuilder, sql } from 'kysely';
import { whole } from './parameters.ts';
import type { Store } from './store.ts';

/** One answer to a code. */
export type Check = {
  id: string;
  flow: string;
  recipient: string;
  /** HMAC of the answer. */
  digest: string;
  maxTries: number;
  now: number;
};

/** How wrong answers in a row slow a recipient down (NIST SP 800-63B-4, 3.2.2), across codes. */
export const failurePolicy = {
  /** So many wrong answers in a row lock the recipient. */
  maxFailures: 100,
  /** From this one on each makes the recipient wait: 1 s, 2 s, 4 s … */
  firstWaitAt: 20,
  maxWaitMs: 4_096_000,
} as const;

/** A clock that was set back further than this ends a code rather than prolonging it. */
const clockToleranceMs = 60_000;

export type CheckOutcome =
  | { outcome: 'right'; messageId: string }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'not-found' | 'expired' | 'exhausted' | 'locked' }
  | { outcome: 'blocked'; retryAfterMs: number };

/**
 * Spends a try on the pending code of a recipient, in one transaction: claims the recipient's row of failures, whose
 * lock lets no number of answers at once past the limits; spends the try and consumes the code if the answer is right;
 * then counts the failure or clears them all.
 */
export async function checkCode(store: Store, check: Check): Promise<CheckOutcome> {
  const { id, flow, recipient, digest, maxTries, now } = check;
  const ofCode = sql`flow = ${flow} and recipient = ${recipient}`;
  const isPending = sql`${ofCode} and used_at is null and tries < ${maxTries} and expires_at > ${now}
    and created_at <= ${now + clockToleranceMs}`;
  const isConsumedNow = sql`${ofCode} and last_check_id = ${id} and used_at is not null`;
  const { db } = store;

  const [, [tried]] = await store.atomically([
    claimFailures(check, sql`select 1 from verification_codes where ${isPending}`).compile(db),
    sql<{ tries: number; used_at: number | null; message_id: string }>`
      update verification_codes set tries = tries + 1, last_check_id = ${id},
        used_at = case when digest = ${digest} then ${whole(now)} else null end
      where ${isPending}
        and exists (select 1 from verification_failures where recipient = ${recipient} and last_check_id = ${id})
      returning tries, used_at, message_id`.compile(db),
    countFailure(check, sql`select used_at from verification_codes where ${ofCode} and last_check_id = ${id}`).compile(
      db,
    ),
    sql`update messages set verified_at = ${whole(now)}
      where id = (select message_id from verification_codes where ${isConsumedNow})`.compile(db),
  ]);
  if (!tried) return explain(store, check);
  if (tried.used_at !== null) return { outcome: 'right', messageId: tried.message_id };
  return { outcome: 'wrong', triesLeft: maxTries - tried.tries };
}

/** Stamps the recipient's row with this check, unless the recipient is locked or has to wait. */
function claimFailures({ id, recipient, now }: Check, pending: RawBuilder<unknown>) {
  const { maxFailures, maxWaitMs } = failurePolicy;
  return sql`
    insert into verification_failures (recipient, failures, blocked_until, last_check_id, updated_at)
    select cast(${recipient} as text), 0, 0, cast(${id} as text), ${whole(now)} where exists (${pending})
    on conflict (recipient) do update set last_check_id = excluded.last_check_id, updated_at = excluded.updated_at
    where verification_failures.failures < ${maxFailures}
      and (verification_failures.blocked_until <= ${now} or verification_failures.blocked_until > ${now + maxWaitMs})`;
}

/** After a try was spent: none in a row any more if it was right, one more otherwise, and the wait that follows. */
function countFailure({ id, recipient, now }: Check, spentTry: RawBuilder<unknown>) {
  const { firstWaitAt, maxWaitMs } = failurePolicy;
  const doublings = sql`cast(failures + 1 - ${whole(firstWaitAt)} as integer)`;
  const maxDoublings = Math.log2(maxWaitMs / 1000);
  return sql`
    update verification_failures set
      failures = case when (${spentTry}) is null then failures + 1 else 0 end,
      blocked_until = case when (${spentTry}) is not null or ${doublings} < 0 then 0
        when ${doublings} > ${maxDoublings} then ${whole(now + maxWaitMs)}
        else ${whole(now)} + (1000 << ${doublings}) end
    where recipient = ${recipient} and last_check_id = ${id} and exists (${spentTry})`;
}

/** Why no try could be spent. */
async function explain({ db }: Store, { flow, recipient, maxTries, now }: Check): Promise<CheckOutcome> {
  const code = await db
    .selectFrom('verification_codes')
    .select(['used_at', 'tries', 'created_at', 'expires_at'])
    .where('flow', '=', flow)
    .where('recipient', '=', recipient)
    .executeTakeFirst();
  if (!code || code.used_at !== null) return { outcome: 'not-found' };
  if (code.expires_at <= now || code.created_at > now + clockToleranceMs) return { outcome: 'expired' };
  if (code.tries >= maxTries) return { outcome: 'exhausted' };
  const failures = await db
    .selectFrom('verification_failures')
    .select(['failures', 'blocked_until'])
    .where('recipient', '=', recipient)
    .executeTakeFirst();
  if (failures && failures.failures >= failurePolicy.maxFailures) return { outcome: 'locked' };
  return { outcome: 'blocked', retryAfterMs: Math.max(1000, (failures?.blocked_until ?? now) - now) };
}

/** How many tries were spent on the code that waits for an answer, or did until its time or its tries ran out. */
export async function triesOfPendingCode({ db }: Store, flow: string, recipient: string): Promise<number | undefined> {
  const pending = db
    .selectFrom('verification_codes')
    .select('tries')
    .where('flow', '=', flow)
    .where('recipient', '=', recipient)
    .where('used_at', 'is', null);
  return (await pending.executeTakeFirst())?.tries;
}

/** Forgets the wrong answers of a recipient, which unlocks it. @returns whether there were any */
export async function clearFailures({ db }: Store, recipient: string): Promise<boolean> {
  const { numDeletedRows } = await db
    .deleteFrom('verification_failures')
    .where('recipient', '=', recipient)
    .executeTakeFirstOrThrow();
  return numDeletedRows > 0n;
}
