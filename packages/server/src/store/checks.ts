import { type RawBuilder, sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { Store } from './store.ts';
import { clockToleranceMs } from './windows.ts';

/**
 * Whom wrong answers are counted for: everybody whom the server does not know, back ends, or one browser that has signed
 * in to the account before.
 */
export type Counter = 'strangers' | 'back-end' | `device:${string}`;

/** What `Counter`s add up to. */
const everybody = 'all';

/** One answer to a code. */
export type Check = {
  id: string;
  flow: string;
  recipient: string;
  counter: Counter;
  /** HMAC of the answer. */
  digest: string;
  maxTries: number;
  now: number;
};

/** How wrong answers in a row slow a recipient down (NIST SP 800-63B-4, 3.2.2), across codes. */
export const failurePolicy = {
  /** So many wrong answers in a row, of everybody together, lock the recipient. */
  maxFailures: 100,
  /** So many of strangers lock strangers out; the rest is for those who are known. */
  maxStrangerFailures: 80,
  /** From this one of a counter on each makes the counter wait: 1 s, 2 s, 4 s … */
  firstWaitAt: 20,
  maxWaitMs: 4_096_000,
} as const;

export type CheckOutcome =
  | { outcome: 'right'; messageId: string }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'not-found' | 'expired' | 'exhausted' | 'locked' }
  | { outcome: 'blocked'; retryAfterMs: number };

/**
 * Spends a try on the pending code of a recipient, in one transaction: claims the recipient's rows of failures, that of
 * everybody first, whose lock lets no number of answers at once past the limits; spends the try and consumes the code if
 * the answer is right; then counts the failure or clears them all.
 */
export async function checkCode(store: Store, check: Check): Promise<CheckOutcome> {
  const { id, flow, recipient, counter, digest, maxTries, now } = check;
  const ofCode = sql`flow = ${flow} and recipient = ${recipient}`;
  // A clock that was set back further ends a code rather than prolonging it.
  const isPending = sql`${ofCode} and used_at is null and tries < ${maxTries} and expires_at > ${now}
    and created_at <= ${now + clockToleranceMs}`;
  const isConsumedNow = sql`select message_id from verification_codes
    where ${ofCode} and last_check_id = ${id} and used_at is not null`;
  const isWrongNow = sql`select 1 from verification_codes where ${ofCode} and last_check_id = ${id} and used_at is null`;
  const isClaimed = sql`(select count(*) from verification_failures
    where recipient = ${recipient} and counter in (${everybody}, ${counter}) and last_check_id = ${id}) = 2`;
  const { db } = store;

  const [, [tried]] = await store.atomically([
    claimFailures(check, sql`select 1 from verification_codes where ${isPending}`).compile(db),
    sql<{ tries: number; used_at: number | null; message_id: string }>`
      update verification_codes set tries = tries + 1, last_check_id = ${id},
        used_at = case when digest = ${digest} then ${whole(now)} else null end
      where ${isPending} and ${isClaimed}
      returning tries, used_at, message_id`.compile(db),
    countFailure(check, isWrongNow).compile(db),
    sql`update verification_failures set failures = 0, blocked_until = 0
      where recipient = ${recipient} and exists (${isConsumedNow})`.compile(db),
    sql`update messages set verified_at = ${whole(now)} where id = (${isConsumedNow})`.compile(db),
  ]);
  if (!tried) return explain(store, check);
  if (tried.used_at !== null) return { outcome: 'right', messageId: tried.message_id };
  return { outcome: 'wrong', triesLeft: maxTries - tried.tries };
}

/** Stamps the rows of everybody and of the counter with this check, unless they are locked or have to wait. */
function claimFailures({ id, recipient, counter, now }: Check, pending: RawBuilder<unknown>) {
  const { maxWaitMs, maxFailures } = failurePolicy;
  const row = (name: string) => sql`
    select ${text(recipient)}, ${text(name)}, 0, 0, ${text(id)}, ${whole(now)} where exists (${pending})`;
  return sql`
    insert into verification_failures (recipient, counter, failures, blocked_until, last_check_id, updated_at)
    ${row(everybody)} union all ${row(counter)}
    on conflict (recipient, counter) do update set
      last_check_id = excluded.last_check_id, updated_at = excluded.updated_at
    where verification_failures.failures
        < case excluded.counter when ${everybody} then ${whole(maxFailures)} else ${whole(maxFailuresOf(counter))} end
      and (verification_failures.blocked_until <= ${now} or verification_failures.blocked_until > ${now + maxWaitMs})`;
}

const maxFailuresOf = (counter: Counter) =>
  counter === 'strangers' ? failurePolicy.maxStrangerFailures : failurePolicy.maxFailures;

/** After a wrong answer: one more, for everybody and for the counter, and the wait that follows for the counter. */
function countFailure({ id, recipient, now }: Check, isWrong: RawBuilder<unknown>) {
  const { firstWaitAt, maxWaitMs } = failurePolicy;
  const doublings = sql`cast(failures + 1 - ${whole(firstWaitAt)} as integer)`;
  const maxDoublings = Math.log2(maxWaitMs / 1000);
  return sql`
    update verification_failures set
      failures = failures + 1,
      blocked_until = case when counter = ${everybody} or ${doublings} < 0 then 0
        when ${doublings} > ${maxDoublings} then ${whole(now + maxWaitMs)}
        else ${whole(now)} + (1000 << ${doublings}) end
    where recipient = ${recipient} and last_check_id = ${id} and exists (${isWrong})`;
}

/** Why no try could be spent. */
async function explain({ db }: Store, { flow, recipient, counter, maxTries, now }: Check): Promise<CheckOutcome> {
  const code = await db
    .selectFrom('verification_codes')
    .select(['used_at', 'tries', 'created_at', 'expires_at'])
    .where('flow', '=', flow)
    .where('recipient', '=', recipient)
    .executeTakeFirst();
  if (!code || code.used_at !== null) return { outcome: 'not-found' };
  if (code.expires_at <= now || code.created_at > now + clockToleranceMs) return { outcome: 'expired' };
  if (code.tries >= maxTries) return { outcome: 'exhausted' };
  const rows = await db
    .selectFrom('verification_failures')
    .select(['counter', 'failures', 'blocked_until'])
    .where('recipient', '=', recipient)
    .where('counter', 'in', [everybody, counter])
    .execute();
  const isLocked = rows.some(
    (row) => row.failures >= (row.counter === everybody ? failurePolicy.maxFailures : maxFailuresOf(counter)),
  );
  if (isLocked) return { outcome: 'locked' };
  const blockedUntil = Math.max(now, ...rows.map((row) => row.blocked_until));
  return { outcome: 'blocked', retryAfterMs: Math.max(1000, blockedUntil - now) };
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
export async function clearFailures(store: Store, recipient: string): Promise<boolean> {
  const rows = store.db.deleteFrom('verification_failures').where('recipient', '=', recipient);
  const deleted = await store.atomically([
    rows.where('counter', '=', everybody).returning('counter').compile(),
    rows.returning('counter').compile(),
  ]);
  return deleted.flat().length > 0;
}
