import { type Channel, noticeUsageType } from '@sesame/connector-kit';
import { type CompiledQuery, type SqlBool, sql } from 'kysely';
import { firstMessageAt, type HourSums, hourMs, type Range, splitRange } from './hour-sums.ts';
import { between } from './listing.ts';
import type { Store } from './store.ts';
import type { MessageFiguresTable } from './tables/figures.ts';

/** Where messages went and what for; the country is null where it is not known, and for mails. */
export type Kind = { channel: Channel; country: string | null; usageType: string };

/** How far messages came: each number is at most the one before. */
export type Progress = {
  requested: number;
  /** The provider took it. */
  sent: number;
  /** The provider says so, or the person typed the code. */
  delivered: number;
  verified: number;
};

/** The same messages, once by the hour (since the epoch) and once by where they went and what for. */
export type VerificationFigures = {
  byHour: (Progress & { hour: number })[];
  byKind: (Progress & Kind)[];
};

/**
 * Counts the messages created from `from` up to, not including, `until`, by one connector factory or by all; tests and
 * notices are left out. Hours that are summed up are not counted again. An hour or a kind may come more than once.
 */
export async function countVerification(
  store: Store,
  { factoryId, ...range }: Range & { factoryId?: string | undefined },
): Promise<VerificationFigures> {
  const { rest, ...hours } = await splitRange(store, messageFigures, range);
  const counted = rest.filter((row) => factoryId === undefined || row.factory_id === factoryId);
  const summed = summedFigures(store, { ...hours, factoryId });
  const byHour = await summed.select('hour').groupBy('hour').execute();
  const byKind = await summed.select(['country', 'usage_type']).groupBy(['country', 'usage_type']).execute();
  return {
    byHour: [...byHour, ...counted],
    byKind: [...byKind, ...counted].map(({ country, usage_type, ...progress }) => ({
      ...kindOf(country, usage_type),
      ...progress,
    })),
  };
}

/** A kind of messages, as figures are kept by it. */
export const kindOf = (place: string, usageType: string): Kind =>
  place === placeOfMails
    ? { channel: 'Email', country: null, usageType }
    : { channel: 'Sms', country: place || null, usageType };

function summedFigures(
  { reader }: Store,
  { first, end, factoryId }: { first: number; end: number; factoryId: string | undefined },
) {
  const sum = (column: keyof Progress) => sql<number>`cast(sum(${sql.ref(column)}) as bigint)`.as(column);
  return reader
    .selectFrom('message_figures')
    .select([sum('requested'), sum('sent'), sum('delivered'), sum('verified')])
    .where('hour', '>=', first)
    .where('hour', '<', end)
    .$if(factoryId !== undefined, (query) => query.where('factory_id', '=', factoryId ?? ''));
}

/** How far the messages of an hour came. */
export const messageFigures: HourSums<MessageFiguresTable> = {
  setting: 'message-figures',
  table: 'message_figures',
  firstAt: firstMessageAt,
  count: async ({ reader }, range) => {
    const rows = await reader
      .selectFrom('messages')
      .select((row) => [
        sql<string>`coalesce(factory_id, '')`.as('factory_id'),
        placeOf.as('country'),
        'usage_type',
        row.fn.countAll<number>().as('requested'),
        count(sql`state in ('accepted', 'delivered', 'undelivered') or verified_at is not null`).as('sent'),
        count(sql`state = 'delivered' or verified_at is not null`).as('delivered'),
        count(sql`verified_at is not null`).as('verified'),
      ])
      .where(between('created_at', range) ?? sql<SqlBool>`1 = 1`)
      .where(isCode)
      .groupBy(['factory_id', placeOf, 'usage_type'])
      .execute();
    return rows.map((row) => ({ hour: Math.floor(range.from / hourMs), ...row }));
  },
  keep: ({ db }, { requested, sent, delivered, verified, ...key }) => {
    const figures = { requested, sent, delivered, verified };
    return db
      .insertInto('message_figures')
      .values({ ...key, ...figures })
      .onConflict((conflict) => conflict.columns(['hour', 'factory_id', 'country', 'usage_type']).doUpdateSet(figures))
      .compile() as CompiledQuery<unknown>;
  },
};

/** The country of figures that are about mails, which go to none. */
export const placeOfMails = '@';

/** What stands for the country in figures; empty for a number without one. */
export const placeOf = sql<string>`case when recipient like '%@%' then ${sql.lit(placeOfMails)} else coalesce(country, '') end`;

/** A test message has a connector factory but no connector. */
export const isNoTest = sql<SqlBool>`(connector_id is not null or factory_id is null)`;

/** A message that brings a code; what a notice says nobody types in. */
export const isCode = sql<SqlBool>`(${isNoTest} and usage_type <> ${sql.lit(noticeUsageType)})`;

const count = (condition: ReturnType<typeof sql>) =>
  sql<number>`cast(sum(case when ${condition} then 1 else 0 end) as bigint)`;
