import { type RawBuilder, sql } from 'kysely';
import { type Counter, everybody, failurePolicy, maxFailuresOf } from './failure-policy.ts';
import { text, whole } from './parameters.ts';
import { type Slot, statement } from './statement.ts';
import type { VerificationCodesTable, VerificationFailuresTable } from './tables/codes.ts';
import type { MessagesTable } from './tables/messages.ts';
import { clockToleranceMs } from './windows.ts';

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

/** Of the code that this check spent a try on. */
const ofTried = (slot: CheckSlot, value: RawBuilder<unknown>) =>
  sql`(select ${value} from verification_codes where ${isOfCode(slot)} and last_check_id = ${idOf(slot)})`;

/** The message that it was read in: while it is on its way once more, the one before. */
const readIn = sql`case when message_before is not null and exists (
    select 1 from messages where id = verification_codes.message_id and state = 'sending')
  then message_before else message_id end`;

const isConsumedNow = (slot: CheckSlot) => sql`select message_id from verification_codes
  where ${isOfCode(slot)} and last_check_id = ${idOf(slot)} and used_at is not null`;

/** What keeps a check from being taken: that everybody or its counter is locked, or that the counter has to wait. */
const hasToWait = (slot: CheckSlot) => {
  const { maxWaitMs, maxFailures } = failurePolicy;
  const maxOfCounter = whole(slot(({ counter }) => maxFailuresOf(counter)));
  // SQLite would make a table of a list of both counters.
  return sql`select 1 from verification_failures where recipient = ${recipientOf(slot)}
    and (failures >= case counter when ${everybody} then ${whole(maxFailures)} when ${counterOf(slot)} then ${maxOfCounter} end
      or (counter = ${counterOf(slot)}
        and blocked_until > ${nowOf(slot)} and blocked_until <= ${nowOf(slot)} + ${sql.lit(maxWaitMs)}))`;
};

/** Spends a try on the pending code unless somebody has to wait, and consumes it where the answer is right. */
export const spendTry = statement<Check, Tried>(
  (slot) => sql`
    update verification_codes set tries = tries + 1, last_check_id = ${idOf(slot)},
      used_at = case when digest = ${slot(({ digest }) => digest)} then ${nowOf(slot)} else null end
    where ${isPending(slot)} and not exists (${hasToWait(slot)})
    returning tries, used_at, message_id`,
);

/** What a check has spent its try on. */
export type Tried = { tries: number; used_at: number | null; message_id: string };

/** After a wrong answer: one more, for everybody and for the counter, and the wait that follows for the counter. */
export const countFailure = statement<Check>((slot) => {
  const { firstWaitAt, maxWaitMs } = failurePolicy;
  const row = (name: string) => sql`
    select ${text(recipientOf(slot))}, ${text(name)}, 1, 0, ${text(idOf(slot))}, ${nowOf(slot)}
    where exists (select 1 from verification_codes
      where ${isOfCode(slot)} and last_check_id = ${idOf(slot)} and used_at is null)`;
  const doublings = sql`cast(verification_failures.failures + 1 - ${whole(firstWaitAt)} as integer)`;
  const maxDoublings = Math.log2(maxWaitMs / 1000);
  return sql`
    insert into verification_failures (recipient, counter, failures, blocked_until, last_check_id, updated_at)
    ${row(everybody)} union all ${row(counterOf(slot))}
    on conflict (recipient, counter) do update set
      failures = verification_failures.failures + 1,
      blocked_until = case when excluded.counter = ${everybody} or ${doublings} < 0 then 0
        when ${doublings} > ${sql.lit(maxDoublings)} then excluded.updated_at + ${sql.lit(maxWaitMs)}
        else excluded.updated_at + (1000 << ${doublings}) end,
      last_check_id = excluded.last_check_id, updated_at = excluded.updated_at`;
});

/** After the right answer there are none, whoever has given them. */
export const forgetFailures = statement<Check>(
  (slot) => sql`delete from verification_failures
    where recipient = ${recipientOf(slot)} and exists (${isConsumedNow(slot)})`,
);

/** Whether this check was the wrong answer after which no more are taken. */
export const isLockedBy = ({ id, recipient, counter }: Pick<Check, 'id' | 'recipient' | 'counter'>) =>
  sql<boolean>`exists (select 1 from verification_failures where recipient = ${recipient} and last_check_id = ${id}
    and failures = case counter when ${everybody} then ${whole(failurePolicy.maxFailures)}
      else ${whole(maxFailuresOf(counter))} end)`;

/** The message has reached whom it was for, if the answer was right; else it is kept when it was wrong. */
export const markAnswered = statement<Check, AnsweredMessage>((slot) => {
  const isWrong = sql`${ofTried(slot, sql`used_at`)} is null`;
  return sql`update messages set
      verified_at = case when ${isWrong} then verified_at else ${nowOf(slot)} end,
      wrong_at = case when ${isWrong} then coalesce(wrong_at || ' ', '') || cast(${nowOf(slot)} as text) else wrong_at end
    where id = ${ofTried(slot, readIn)}
    returning country, factory_id, network, created_at`;
});

/** The number is reached: whoever signs up here may sign in elsewhere at once. */
export const endLimits = statement<Check>(
  (slot, _, { endsLimits = [] }) => {
    const keys = endsLimits.map((_, index) => slot(({ endsLimits }) => endsLimits?.[index]));
    return sql`delete from send_limits where key in (${sql.join(keys)}) and exists (${isConsumedNow(slot)})`;
  },
  ({ endsLimits = [] }) => endsLimits.length,
);

type CodeKey = Pick<Check, 'flow' | 'recipient'>;

/** The code, pending or not. */
export const findCode = statement<
  CodeKey,
  Pick<VerificationCodesTable, 'digest' | 'used_at' | 'tries' | 'created_at' | 'expires_at'>
>((slot, db) =>
  db
    .selectFrom('verification_codes')
    .select(['digest', 'used_at', 'tries', 'created_at', 'expires_at'])
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

/** Where the message of an answer went, and through what. */
export type AnsweredMessage = Pick<MessagesTable, 'country' | 'factory_id' | 'created_at'> & { network: string | null };

/** What was counted for everybody and for the counter. */
export const listFailures = statement<Check, Pick<VerificationFailuresTable, 'counter' | 'failures' | 'blocked_until'>>(
  (slot, db) =>
    db
      .selectFrom('verification_failures')
      .select(['counter', 'failures', 'blocked_until'])
      .where('recipient', '=', recipientOf(slot))
      .where('counter', 'in', [everybody, counterOf(slot)]),
);
