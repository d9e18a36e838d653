import type { Store } from './store.ts';
import type { SendLimitsTable, VerificationFailuresTable } from './tables/codes.ts';

/** What was counted for a recipient: wrong codes, and messages under these keys. */
export async function findRecipientCounts(
  { db }: Store,
  recipient: string,
  keys: readonly string[],
): Promise<{ failures: VerificationFailuresTable[]; sends: SendLimitsTable[] }> {
  const [failures, sends] = await Promise.all([
    db.selectFrom('verification_failures').selectAll().where('recipient', '=', recipient).execute(),
    db.selectFrom('send_limits').selectAll().where('key', 'in', keys).execute(),
  ]);
  return { failures, sends };
}
