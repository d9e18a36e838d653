import type { SendLimitsTable, VerificationFailuresTable } from './schema.ts';
import type { Store } from './store.ts';

/** What was counted for a number: wrong codes, and messages under these keys. */
export async function findPhoneCounts(
  { db }: Store,
  phone: string,
  keys: readonly string[],
): Promise<{ failures: VerificationFailuresTable[]; sends: SendLimitsTable[] }> {
  const [failures, sends] = await Promise.all([
    db.selectFrom('verification_failures').selectAll().where('recipient', '=', phone).execute(),
    db.selectFrom('send_limits').selectAll().where('key', 'in', keys).execute(),
  ]);
  return { failures, sends };
}
