import { type CompiledQuery, type SqlBool, sql } from 'kysely';
import { firstMessageAt, type HourSums, hourMs, type Range, splitRange } from './hour-sums.ts';
import { between } from './listing.ts';
import type { Store } from './store.ts';
import type { CostFiguresTable } from './tables/figures.ts';
import { isNoTest } from './verification-figures.ts';

/** What the messages of an hour to a country by a connector factory cost, in one currency. */
export type CostFigures = CostFiguresTable;

/**
 * What the SMS cost that were created from `from` up to, not including, `until` and went out; tests are left out. The same
 * hour, country and factory may come more than once.
 */
export async function countCosts(store: Store, range: Range): Promise<CostFigures[]> {
  const { rest, first, end } = await splitRange(store, costFigures, range);
  const summed = store.reader
    .selectFrom('cost_figures')
    .selectAll()
    .where('hour', '>=', first)
    .where('hour', '<', end)
    .execute();
  return [...(await summed), ...rest];
}

const sum = (what: ReturnType<typeof sql>) => sql<number>`cast(sum(${what}) as bigint)`;

/** What the SMS of an hour cost. What a provider refused costs nothing, unless it says so. */
export const costFigures: HourSums<CostFiguresTable> = {
  setting: 'cost-figures',
  table: 'cost_figures',
  firstAt: firstMessageAt,
  count: async ({ reader }, range) => {
    const rows = await reader
      .selectFrom('messages')
      .select((row) => [
        sql<string>`coalesce(factory_id, '')`.as('factory_id'),
        sql<string>`coalesce(country, '')`.as('country'),
        sql<string>`coalesce(cost_currency, '')`.as('currency'),
        row.fn.countAll<number>().as('messages'),
        sum(sql`coalesce(parts, estimated_parts, 1)`).as('parts'),
        sum(sql`cost`).as('cost'),
        sum(sql`case when verified_at is not null then 1 else 0 end`).as('verified'),
      ])
      .where(between('created_at', range) ?? sql<SqlBool>`1 = 1`)
      .where('cost', 'is not', null)
      .where(sql<SqlBool>`(state not in ('failed', 'suppressed') or cost_is_estimated = 0)`)
      .where(isNoTest)
      .groupBy([sql`1`, sql`2`, sql`3`])
      .execute();
    return rows.map((row) => ({ hour: Math.floor(range.from / hourMs), ...row }));
  },
  keep: ({ db }, { messages, parts, cost, verified, ...key }) => {
    const figures = { messages, parts, cost, verified };
    return db
      .insertInto('cost_figures')
      .values({ ...key, ...figures })
      .onConflict((conflict) => conflict.columns(['hour', 'factory_id', 'country', 'currency']).doUpdateSet(figures))
      .compile() as CompiledQuery<unknown>;
  },
};
