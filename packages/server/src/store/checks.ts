import { sql } from 'kysely';
import { text, whole } from './parameters.ts';
import type { VerificationCodesTable, VerificationFailuresTable } from './schema.ts';
import { type Slot, statement } from './statement.ts';
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
  /** The limits on sends that end when the answer is right. */
  endsLimits?: readonly string[];
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
  const [, [tried]] = await store.atomically(
    [
      claimFailures(store, check),
      spendTry(store, check),
      countOrClear(store, check),
      markVerified(store, check),
      ...(check.endsLimits?.length ? [endLimits(store, check)] : []),
    ],
    [check.recipient],
  );
  if (!tried) return explain(store, check);
  if (tried.used_at !== null) return { outcome: 'right', messageId: tried.message_id };
  return { outcome: 'wrong', triesLeft: check.maxTries - tried.tries };
}

type CheckSlot = Slot<Check>;
const idOf = (slot: CheckSlot) => slot(({ id }) => id);
const recipientOf = (slot: CheckSlot) => slot(({ recipient }) => recipient);
const counterOf = (slot: CheckSlot) => slot(({ counter }) => counter);
const nowOf = (slot: CheckSlot) => whole(slot(({ now }) => now));

const isOfCode = (slot: CheckSlot) => sql`flow = ${slot(({ flow }) => flow)} and recipient = ${recipientOf(slot)}`;

/** A clock that was set back further ends a code rather than prolonging it. */
const isPending = (slot: CheckSlot) => sql`${isOfCode(slot)} and used_at is null
  and tries < ${slot(({ maxTries }) => maxTries)} and expires_at > ${nowOf(slot)}
  and created_at <= ${nowOf(slot)} + ${sql.lit(clockToleranceMs)}`;

const isConsumedNow = (slot: CheckSlot) => sql`select message_id from verification_codes
  where ${isOfCode(slot)} and last_check_id = ${idOf(slot)} and used_at is not null`;

/** Stamps the rows of everybody and of the counter with this check, unless they are locked or have to wait. */
const claimFailures = statement<Check>((slot) => {
  const { maxWaitMs, maxFailures } = failurePolicy;
  const row = (name: string) => sql`
    select ${text(recipientOf(slot))}, ${text(name)}, 0, 0, ${text(idOf(slot))}, ${nowOf(slot)}
    where exists (select 1 from verification_codes where ${isPending(slot)})`;
  const maxOfCounter = whole(slot(({ counter }) => maxFailuresOf(counter)));
  return sql`
    insert into verification_failures (recipient, counter, failures, blocked_until, last_check_id, updated_at)
    ${row(everybody)} union all ${row(counterOf(slot))}
    on conflict (recipient, counter) do update set
      last_check_id = excluded.last_check_id, updated_at = excluded.updated_at
    where verification_failures.failures
        < case excluded.counter when ${everybody} then ${whole(maxFailures)} else ${maxOfCounter} end
      and (verification_failures.blocked_until <= ${nowOf(slot)}
        or verification_failures.blocked_until > ${nowOf(slot)} + ${sql.lit(maxWaitMs)})`;
});

const maxFailuresOf = (counter: Counter) =>
  counter === 'strangers' ? failurePolicy.maxStrangerFailures : failurePolicy.maxFailures;

const spendTry = statement<Check, { tries: number; used_at: number | null; message_id: string }>(
  (slot) => sql`
    update verification_codes set tries = tries + 1, last_check_id = ${idOf(slot)},
      used_at = case when digest = ${slot(({ digest }) => digest)} then ${nowOf(slot)} else null end
    where ${isPending(slot)} and (select count(*) from verification_failures where recipient = ${recipientOf(slot)}
      and counter in (${everybody}, ${counterOf(slot)}) and last_check_id = ${idOf(slot)}) = 2
    returning tries, used_at, message_id`,
);

/**
 * After a wrong answer: one more, for everybody and for the counter, and the wait that follows for the counter. After the
 * right one: none, for all of the recipient's.
 */
const countOrClear = statement<Check>((slot) => {
  const { firstWaitAt, maxWaitMs } = failurePolicy;
  const doublings = sql`cast(failures + 1 - ${whole(firstWaitAt)} as integer)`;
  const maxDoublings = Math.log2(maxWaitMs / 1000);
  return sql`
    update verification_failures set
      failures = case when tried.used_at is null then failures + 1 else 0 end,
      blocked_until = case when tried.used_at is not null or counter = ${everybody} or ${doublings} < 0 then 0
        when ${doublings} > ${sql.lit(maxDoublings)} then ${nowOf(slot)} + ${sql.lit(maxWaitMs)}
        else ${nowOf(slot)} + (1000 << ${doublings}) end
    from (select used_at from verification_codes where ${isOfCode(slot)} and last_check_id = ${idOf(slot)}) as tried
    where recipient = ${recipientOf(slot)}
      and (tried.used_at is not null or verification_failures.last_check_id = ${idOf(slot)})`;
});

const markVerified = statement<Check>(
  (slot) => sql`update messages set verified_at = ${nowOf(slot)} where id = (${isConsumedNow(slot)})`,
);

/** The number is reached: whoever signs up here may sign in elsewhere at once. */
const endLimits = statement<Check>(
  (slot, _, { endsLimits = [] }) => {
    const keys = endsLimits.map((_, index) => slot(({ endsLimits }) => endsLimits?.[index]));
    return sql`delete from send_limits where key in (${sql.join(keys)}) and exists (${isConsumedNow(slot)})`;
  },
  ({ endsLimits = [] }) => endsLimits.length,
);

/** Why no try could be spent. */
async function explain(store: Store, check: Check): Promise<CheckOutcome> {
  const { counter, maxTries, now } = check;
  const [code] = await store.run(findCode(store, check));
  if (!code || code.used_at !== null) return { outcome: 'not-found' };
  if (code.expires_at <= now || code.created_at > now + clockToleranceMs) return { outcome: 'expired' };
  if (code.tries >= maxTries) return { outcome: 'exhausted' };
  const rows = await store.run(listFailures(store, check));
  const isLocked = rows.some(
    (row) => row.failures >= (row.counter === everybody ? failurePolicy.maxFailures : maxFailuresOf(counter)),
  );
  if (isLocked) return { outcome: 'locked' };
  const blockedUntil = Math.max(now, ...rows.map((row) => row.blocked_until));
  return { outcome: 'blocked', retryAfterMs: Math.max(1000, blockedUntil - now) };
}

type CodeKey = Pick<Check, 'flow' | 'recipient'>;

const findCode = statement<CodeKey, Pick<VerificationCodesTable, 'used_at' | 'tries' | 'created_at' | 'expires_at'>>(
  (slot, db) =>
    db
      .selectFrom('verification_codes')
      .select(['used_at', 'tries', 'created_at', 'expires_at'])
      .where(
        'flow',
        '=',
        slot(({ flow }) => flow),
      )
      .where(
        'recipient',
        '=',
        slot(({ recipient }) => recipient),
      ),
);

const listFailures = statement<Check, Pick<VerificationFailuresTable, 'counter' | 'failures' | 'blocked_until'>>(
  (slot, db) =>
    db
      .selectFrom('verification_failures')
      .select(['counter', 'failures', 'blocked_until'])
      .where('recipient', '=', recipientOf(slot))
      .where('counter', 'in', [everybody, counterOf(slot)]),
);

/** How many tries were spent on the code that waits for an answer, or did until its time or its tries ran out. */
export async function triesOfPendingCode(store: Store, flow: string, recipient: string): Promise<number | undefined> {
  const [code] = await store.run(findCode(store, { flow, recipient }));
  return code?.used_at === null ? code.tries : undefined;
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
