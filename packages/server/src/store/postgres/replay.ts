/** SQLSTATEs of a transaction that was rolled back only because of others: serialization failure, deadlock. */
const conflicts = new Set(['40001', '40P01']);
/**
 * SQLSTATEs of a prepared statement that the session does not have, or has from somebody else: behind a pooler, or after
 * a failover.
 */
const otherSessions = new Set(['26000', '42P05']);
const maxReplays = 5;

/**
 * Runs again what was rolled back for no fault of its own. Only the first run may use prepared statements: what a session
 * has prepared may have gone, or not fit the tables any more.
 */
export async function withReplay<T>(run: (mayPrepare: boolean) => Promise<T>): Promise<T> {
  for (let replays = 0; ; replays += 1) {
    try {
      return await run(replays === 0);
    } catch (error) {
      if (replays === maxReplays || !isReplayable(error)) throw error;
    }
  }
}

/** Whether it was rolled back, and would not be a second time. */
export function isReplayable(error: unknown): boolean {
  const { code, routine } = error as { code?: unknown; routine?: unknown };
  // "cached plan must not change result type" has but the code of all that is not supported.
  return conflicts.has(String(code)) || otherSessions.has(String(code)) || routine === 'RevalidateCachedQuery';
}
