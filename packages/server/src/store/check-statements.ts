import { type RawBuilder, sql } from 'kysely';
import { type Counter, everybody, failurePolicy, maxFailuresOf } from './failure-policy.ts';
import { joint, type Parts } from './joint.ts';
import { whole } from './parameters.ts';
import { statement } from './statement.ts';
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
  /** The limits on sends, of this recipient alone, that end when the answer is right. */
  endsLimits?: readonly string[];
};

const idOf = ({ id }: Check) => id;

const nowOf = ({ whole }: Parts<Check>) => whole(({ now }) => now);
const counterOf = ({ text }: Parts<Check>) => text(({ counter }) => counter);

/** The code that a check is about. */
function checked({ unit, text }: Parts<Check>) {
  const recipient = text(({ recipient }) => recipient);
  const isOfCode = sql`flow = ${text(({ flow }) => flow)} and recipient = ${recipient}`;
  /** It has spent a try on it. */
  const isTried = sql`${isOfCode} and last_check_id = ${unit}`;
  const consumedNow = sql`select message_id from verification_codes where ${isTried} and used_at is not null`;
  return { recipient, isOfCode, isTried, consumedNow };
}

/** The message that it was read in: while it is on its way once more, the one before. */
const readIn = sql`case when message_before is not null and exists (
    select 1 from messages where id = verification_codes.message_id and state = 'sending')
  then message_before else message_id end`;

/** Spends a try on the pending code unless somebody has to wait, and consumes it where the answer is right. */
export const spendTry = joint<Check, Tried>(idOf, (parts) => {
  const { unit, text, whole, given } = parts;
  const { recipient, isOfCode } = checked(parts);
  const [now, counter] = [nowOf(parts), counterOf(parts)];
  const { maxWaitMs, maxFailures } = failurePolicy;
  // A clock that was set back further ends a code rather than prolonging it.
  const isPending = sql`${isOfCode} and used_at is null and tries < ${whole(({ maxTries }) => maxTries)}
    and expires_at > ${now} and created_at <= ${now} + ${sql.lit(clockToleranceMs)}`;
  // That everybody or its counter is locked, or that the counter has to wait. SQLite would make a table of both counters.
  const hasToWait = sql`select 1 from verification_failures where recipient = ${recipient}
    and (failures >= case counter when ${sql.lit(everybody)} then ${sql.lit(maxFailures)}
        when ${counter} then ${whole(({ counter }) => maxFailuresOf(counter))} end
      or (counter = ${counter} and blocked_until > ${now} and blocked_until <= ${now} + ${sql.lit(maxWaitMs)}))`;
  return sql`
    update verification_codes set tries = tries + 1, last_check_id = ${unit},
      used_at = case when digest = ${text(({ digest }) => digest)} then ${now} else null end
    ${given('from given')} where ${isPending} and not exists (${hasToWait})
    returning tries, used_at, message_id, last_check_id as unit`;
});

/** What a check has spent its try on. */
export type Tried = { tries: number; used_at: number | null; message_id: string };

/** After a wrong answer: one more, for everybody and for the counter, and the wait that follows for the counter. */
export const countFailure = joint<Check>(idOf, (parts) => {
  const { recipient, isTried } = checked(parts);
  const [now, counter] = [nowOf(parts), counterOf(parts)];
  const { firstWaitAt, maxWaitMs } = failurePolicy;
  const row = (name: RawBuilder<unknown>) => sql`(${recipient}, ${name}, 1, 0, ${parts.unit}, ${now})`;
  const doublings = sql`cast(verification_failures.failures + 1 - ${sql.lit(firstWaitAt)} as integer)`;
  const maxDoublings = Math.log2(maxWaitMs / 1000);
  return sql`
    insert into verification_failures (recipient, counter, failures, blocked_until, last_check_id, updated_at)
    select wrong.* from ${parts.given('given, lateral')} (values ${row(sql.lit(everybody))}, ${row(counter)}) as wrong
    where exists (select 1 from verification_codes where ${isTried} and used_at is null)
    on conflict (recipient, counter) do update set
      failures = verification_failures.failures + 1,
      blocked_until = case when excluded.counter = ${sql.lit(everybody)} or ${doublings} < 0 then 0
        when ${doublings} > ${sql.lit(maxDoublings)} then excluded.updated_at + ${sql.lit(maxWaitMs)}
        else excluded.updated_at + (1000 << ${doublings}) end,
      last_check_id = excluded.last_check_id, updated_at = excluded.updated_at`;
});

/** After the right answer there are none, whoever has given them. */
export const forgetFailures = joint<Check>(idOf, (parts) => {
  const { recipient, consumedNow } = checked(parts);
  return sql`delete from verification_failures ${parts.given('using given')}
    where verification_failures.recipient = ${recipient} and exists (${consumedNow})`;
});

/** Whether this check was the wrong answer after which no more are taken. */
export const isLockedBy = ({ id, recipient, counter }: Pick<Check, 'id' | 'recipient' | 'counter'>) =>
  sql<boolean>`exists (select 1 from verification_failures where recipient = ${recipient} and last_check_id = ${id}
    and failures = case counter when ${everybody} then ${whole(failurePolicy.maxFailures)}
      else ${whole(maxFailuresOf(counter))} end)`;

/** The message has reached whom it was for, if the answer was right; else it is kept when it was wrong. */
export const markAnswered = joint<Check, AnsweredMessage>(idOf, (parts) => {
  const { isTried } = checked(parts);
  const now = nowOf(parts);
  const ofTried = (value: RawBuilder<unknown>) => sql`(select ${value} from verification_codes where ${isTried})`;
  const isWrong = sql`${ofTried(sql`used_at`)} is null`;
  return sql`update messages set
      verified_at = case when ${isWrong} then verified_at else ${now} end,
      wrong_at = case when ${isWrong} then coalesce(wrong_at || ' ', '') || cast(${now} as text) else wrong_at end
    ${parts.given('from given')} where messages.id = ${ofTried(readIn)}
    returning country, factory_id, network, created_at, ${parts.unit} as unit`;
});

/** The number is reached: whoever signs up here may sign in elsewhere at once. */
export const endLimits = joint<Check>(
  idOf,
  (parts, { endsLimits = [] }) => {
    const keys = endsLimits.map((_, index) => parts.text(({ endsLimits }) => endsLimits?.[index]));
    return sql`delete from send_limits ${parts.given('using given')}
      where key in (${sql.join(keys)}) and exists (${checked(parts).consumedNow})`;
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
      .where(
        'recipient',
        '=',
        slot(({ recipient }) => recipient),
      )
      .where('counter', 'in', [everybody, slot(({ counter }) => counter)]),
);
