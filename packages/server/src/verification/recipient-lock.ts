import type { Platform } from '../platform.ts';
import { type Counter, everybody, failurePolicy, maxFailuresOf } from '../store/failure-policy.ts';
import { findRecipientCounts } from '../store/recipient-counts.ts';
import type { Store } from '../store/store.ts';
import type { SendLimitsTable, VerificationFailuresTable } from '../store/tables/codes.ts';
import { recipientKey, resendKey } from './send-limits.ts';

/** Whose answers and messages are counted apart. */
export type CountedCaller = 'strangers' | 'back-end' | 'known-browser';

/** What keeps a recipient from getting codes and from answering them. Times are milliseconds since the epoch. */
export type RecipientLock = {
  /** Wrong codes in a row, of everybody. */
  failures: number;
  maxFailures: number;
  /** Whether so many were wrong that nobody's answer is taken. */
  isLocked: boolean;
  /** Whose answers are not taken, for good where `until` is null. */
  blocked: { caller: CountedCaller; until: number | null }[];
  /** Messages in the window that is open, and when the next may be sent; null for at once. */
  messages: { caller: 'strangers' | 'back-end'; sent: number; limit: number; nextAt: number | null }[];
};

const senders = ['strangers', 'back-end'] as const;

/** What keeps a recipient from getting codes and from answering them, at the moment. */
export async function readRecipientLock(
  { store, platform }: { store: Store; platform: Platform },
  recipient: string,
): Promise<RecipientLock> {
  const keys = senders.flatMap((sender) => [recipientKey(recipient, sender), resendKey(recipient, sender)]);
  const { failures, sends } = await findRecipientCounts(store, recipient, keys);
  const now = platform.now();
  const all = failures.find(({ counter }) => counter === everybody)?.failures ?? 0;
  return {
    failures: all,
    maxFailures: failurePolicy.maxFailures,
    isLocked: all >= failurePolicy.maxFailures,
    blocked: failures.flatMap((row) => blockOf(row, now)),
    messages: senders.flatMap((caller) => {
      const counted = sends.find(({ key }) => key === recipientKey(recipient, caller));
      const waits = sends.find(({ key }) => key === resendKey(recipient, caller));
      const [window, wait] = [endOf(counted, now), endOf(waits, now)];
      if (window === undefined && wait === undefined) return [];
      const { sends: sent = 0, max_sends: limit = 0 } = window === undefined ? {} : (counted ?? {});
      const ends = [...(isFull(counted) ? [window ?? 0] : []), ...(isFull(waits) ? [wait ?? 0] : [])];
      const nextAt = Math.max(0, ...ends);
      return [{ caller, sent, limit, nextAt: nextAt > now ? nextAt : null }];
    }),
  };
}

function blockOf(
  { counter, failures, blocked_until }: VerificationFailuresTable,
  now: number,
): RecipientLock['blocked'] {
  if (counter === everybody) return [];
  const caller = counter.startsWith('device:') ? 'known-browser' : (counter as 'strangers' | 'back-end');
  if (failures >= maxFailuresOf(counter as Counter)) return [{ caller, until: null }];
  return blocked_until > now ? [{ caller, until: blocked_until }] : [];
}

const isFull = (row: SendLimitsTable | undefined) => row !== undefined && row.sends >= row.max_sends;

/** When the window of a limit ends, while it is open. */
function endOf(row: SendLimitsTable | undefined, now: number): number | undefined {
  const end = row ? row.window_started_at + (row.window_ms ?? 0) : 0;
  return end > now ? end : undefined;
}
