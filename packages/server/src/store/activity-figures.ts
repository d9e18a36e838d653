import { type CompiledQuery, type SqlBool, sql } from 'kysely';
import { type HourSums, hourMs, splitRange } from './hour-sums.ts';
import { between } from './listing.ts';
import type { Store } from './store.ts';
import type { ActivityFiguresTable } from './tables/figures.ts';

/** The longest window that is told right, in hours: 30 days, one of them with an hour more. */
const longestHours = 31 * 24;

/**
 * How many different users signed in from the hour `first` up to, not including, the hour `end` (since the epoch), at most
 * 31 days apart: so many sign-ins are the first of their user in that window, which the time of the one before tells. These
 * can be added up for any window, where numbers of different users could not.
 */
export async function countActiveUsers(
  store: Store,
  windows: readonly { first: number; end: number }[],
): Promise<number[]> {
  const from = Math.min(...windows.map(({ first }) => first));
  const until = Math.max(...windows.map(({ end }) => end));
  const { rest, ...summed } = await splitRange(store, activityFigures, { from: from * hourMs, until: until * hourMs });
  const counts: number[] = [];
  for (const { first, end } of windows) {
    const known = await store.reader
      .selectFrom('activity_figures')
      .select(sql<number>`cast(coalesce(sum(users), 0) as bigint)`.as('users'))
      .where('hour', '>=', Math.max(first, summed.first))
      .where('hour', '<', Math.min(end, summed.end))
      .where('previous_hour', '<', first)
      .executeTakeFirstOrThrow();
    const recent = rest.filter((row) => row.hour >= first && row.hour < end && row.previous_hour < first);
    counts.push(recent.reduce((sum, { users }) => sum + users, known.users));
  }
  return counts;
}

/** The users of an hour, by the hour in which they had last signed in. */
export const activityFigures: HourSums<ActivityFiguresTable> = {
  setting: 'activity-figures',
  table: 'activity_figures',
  firstAt: async ({ db }, from) => {
    const first = db.selectFrom('sign_ins').select('at').where('at', '>=', from);
    return (await first.orderBy('at').limit(1).executeTakeFirst())?.at;
  },
  count: async ({ reader }, range) => {
    const hour = Math.floor(range.from / hourMs);
    const previousHour = sql<number>`case when previous_at >= ${sql.lit((hour - longestHours) * hourMs)}
      then previous_at / ${sql.lit(hourMs)} else 0 end`;
    const { rows } = await sql<Omit<ActivityFiguresTable, 'hour'>>`
      select previous_hour, count(*) as users from (
        select ${previousHour} as previous_hour from (
          select (select previous.at from sign_ins as previous
            where previous.user_id = sign_ins.user_id and (previous.at, previous.id) < (sign_ins.at, sign_ins.id)
            order by previous.at desc, previous.id desc limit 1) as previous_at
          from sign_ins where ${between('sign_ins.at', range) ?? sql<SqlBool>`1 = 1`}
        ) as of_the_hour
      ) as by_previous_hour where previous_hour < ${sql.lit(hour)} group by previous_hour`.execute(reader);
    return rows.map((row) => ({ hour, ...row }));
  },
  keep: ({ db }, { users, ...key }) =>
    db
      .insertInto('activity_figures')
      .values({ ...key, users })
      .onConflict((conflict) => conflict.columns(['hour', 'previous_hour']).doUpdateSet({ users }))
      .compile() as CompiledQuery<unknown>,
};
