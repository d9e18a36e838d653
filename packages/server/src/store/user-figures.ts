import { sql } from 'kysely';
import type { Range } from './hour-sums.ts';
import type { Store } from './store.ts';

type Reading = Pick<Store, 'reader' | 'estimateRows'>;

/** So many users are counted; of more, about how many there are is enough. */
const maxCounted = 100_000;

/** How many users there are; about, where they are many. */
export async function countUsers({ reader, estimateRows }: Reading): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from
    (select 1 from users limit ${maxCounted + 1}) as counted`.execute(reader);
  const counted = rows[0]?.count ?? 0;
  return counted <= maxCounted ? counted : Math.max(counted, await estimateRows('users'));
}

/** How many of the users that there are were made in a time. */
export async function countNewUsers({ reader }: Reading, { from, until }: Range): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from users
    where created_at >= ${from} and created_at < ${until}`.execute(reader);
  return rows[0]?.count ?? 0;
}
