import type { CompiledQuery } from 'kysely';
import {
  type AnsweredMessage,
  type Check,
  countFailure,
  endLimits,
  findCode,
  forgetFailures,
  listFailures,
  markAnswered,
  spendTry,
  type Tried,
} from './check-statements.ts';
import { everybody, failurePolicy, maxFailuresOf } from './failure-policy.ts';
import type { Optional } from './statement.ts';
import type { Store } from './store.ts';
import { clockToleranceMs } from './windows.ts';

export type CheckOutcome =
  | { outcome: 'right'; messageId: string; message: AnsweredMessage | undefined }
  | { outcome: 'wrong'; triesLeft: number }
  | { outcome: 'not-found' | 'expired' | 'exhausted' | 'locked' }
  | { outcome: 'blocked'; retryAfterMs: number };

/**
 * Spends a try on the pending code of a recipient, in one transaction, unless so many answers were wrong that none is
 * taken; consumes the code if the answer is right; then counts the failure or forgets them all. The lock on the recipient
 * lets no number of answers at once past the limits.
 * @param alongside statements for the same transaction, after its own
 */
export async function checkCode(
  store: Store,
  check: Check,
  alongside: readonly CompiledQuery<unknown>[] = [],
): Promise<CheckOutcome> {
  const [[tried], , , [message]] = await store.atomically(
    [
      spendTry(store, check),
      after('wrong', countFailure(store, check)),
      after('right', forgetFailures(store, check)),
      markAnswered(store, check),
      ...(check.endsLimits?.length ? [after('right', endLimits(store, check))] : []),
      ...alongside,
    ],
    [check.recipient],
  );
  if (!tried) return explain(store, check);
  if (tried.used_at !== null) return { outcome: 'right', messageId: tried.message_id, message };
  return { outcome: 'wrong', triesLeft: check.maxTries - tried.tries };
}

/** What changes something after such an answer alone, on which the try has been spent first. */
const after = (answer: 'wrong' | 'right', statement: CompiledQuery<unknown>): Optional => ({
  ...statement,
  isIdle([spent]) {
    const [tried] = (spent?.rows ?? []) as Tried[];
    return tried === undefined || (tried.used_at === null) !== (answer === 'wrong');
  },
});

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

/** The code that waits for an answer, or did until its time or its tries ran out: its digest, and tries spent on it. */
export async function findPendingCode(store: Store, flow: string, recipient: string) {
  const [code] = await store.run(findCode(store, { flow, recipient }));
  return code?.used_at === null ? code : undefined;
}

/** Forgets the wrong answers of a recipient, which unlocks it. @returns whether there were any */
export async function clearFailures(store: Store, recipient: string): Promise<boolean> {
  const rows = store.db.deleteFrom('verification_failures').where('recipient', '=', recipient);
  const deleted = await store.atomically(
    [rows.where('counter', '=', everybody).returning('counter').compile(), rows.returning('counter').compile()],
    [recipient],
  );
  return deleted.flat().length > 0;
}
