import { setImmediate as nextTurn } from 'node:timers/promises';
import { sql } from 'kysely';
import type { Store } from './store.ts';

/** How far messages came: each number is at most the one before. */
export type Funnel = {
  requested: number;
  /** The provider took it. */
  sent: number;
  /** The provider says so, or the person typed the code. */
  delivered: number;
  verified: number;
};

/** The messages of one UTC day to one country for one usage type. */
export type VerificationFigures = Funnel & {
  /** Days since the epoch. */
  day: number;
  country: string | null;
  usageType: string;
};

const dayMs = 86_400_000;

/** Counts the messages created from `from` up to, not including, `until`; tests are left out. */
export async function countVerification(
  store: Store,
  { from, until }: { from: number; until: number },
): Promise<VerificationFigures[]> {
  const figures: VerificationFigures[] = [];
  for (let day = Math.floor(from / dayMs); day * dayMs < until; day += 1) {
    const slice = { from: Math.max(from, day * dayMs), until: Math.min(until, (day + 1) * dayMs) };
    for (const counted of await countSlice(store, slice)) figures.push({ day, ...counted });
    // SQLite counts on this thread: codes get their turn between two days.
    await nextTurn();
  }
  return figures;
}

function countSlice({ reader }: Store, { from, until }: { from: number; until: number }) {
  const count = (condition: ReturnType<typeof sql>) =>
    sql<number>`cast(sum(case when ${condition} then 1 else 0 end) as bigint)`;
  return (
    reader
      .selectFrom('messages')
      .select((row) => [
        'country',
        'usage_type as usageType',
        row.fn.countAll<number>().as('requested'),
        count(sql`state in ('accepted', 'delivered', 'undelivered') or verified_at is not null`).as('sent'),
        count(sql`state = 'delivered' or verified_at is not null`).as('delivered'),
        count(sql`verified_at is not null`).as('verified'),
      ])
      .where('created_at', '>=', from)
      .where('created_at', '<', until)
      // A test message has a connector factory but no connector.
      .where((row) => row.or([row('connector_id', 'is not', null), row('factory_id', 'is', null)]))
      .groupBy(['country', 'usage_type'])
      .execute()
  );
}
