import { type CompiledQuery, type RawBuilder, type SqlBool, sql } from 'kysely';
import { bucketCount, bucketOf } from './arrival-times.ts';
import { firstMessageAt, type HourSums, hourMs, type Range, splitRange } from './hour-sums.ts';
import { between } from './listing.ts';
import type { Store } from './store.ts';
import type { ArrivalFiguresTable } from './tables/figures.ts';
import { isCode, placeOf } from './verification-figures.ts';

/** What figures of arrival are told by; nothing is an empty text, and `@` the country of mails. */
export type ArrivalKind = Pick<ArrivalFiguresTable, 'factory_id' | 'country' | 'network'>;

/** How messages arrived. */
export type Arrivals = Omit<ArrivalFiguresTable, 'hour' | keyof ArrivalKind> & {
  /** Of those that the provider says were delivered, and of those that were verified: how long it took. */
  deliveredIn: number[];
  verifiedIn: number[];
};

/** How the messages of an hour arrived that are alike in all of this. */
export type ArrivalFigures = { hour: number } & ArrivalKind & Arrivals;

/** Which messages are counted; all where nothing is said. */
export type ArrivalFilter = { [Name in keyof ArrivalKind]?: string | undefined };

/** The same messages, by the hour and by everything else. An hour or a kind may come more than once. */
export type CountedArrivals = {
  byHour: ({ hour: number } & Arrivals)[];
  byKind: (ArrivalKind & Arrivals)[];
};

/** Counts the messages created from `from` up to, not including, `until`; tests and notices are left out. */
export async function countArrivals(store: Store, range: Range, filter: ArrivalFilter = {}): Promise<CountedArrivals> {
  const { rest, ...hours } = await splitRange(store, arrivalFigures, range);
  const wanted = Object.entries(filter).filter(([, value]) => value !== undefined);
  const counted = rest.filter((row) => wanted.every(([name, value]) => row[name as keyof ArrivalKind] === value));
  const byHour = await summed<{ hour: number }>(store, hours, wanted, ['hour']);
  const byKind = await summed<ArrivalKind>(store, hours, wanted, ['factory_id', 'country', 'network']);
  return { byHour: [...byHour, ...counted], byKind: [...byKind, ...counted] };
}

const numbers = ['requested', 'sent', 'claimed', 'delivered', 'verified', 'parts', 'cost'] as const;
const buckets = Array.from({ length: bucketCount }, (_, bucket) => bucket);
const timeColumns = { deliveredIn: columnsOf('delivered'), verifiedIn: columnsOf('verified') };
const sumColumns = [...numbers, ...timeColumns.deliveredIn, ...timeColumns.verifiedIn];

function columnsOf(what: 'delivered' | 'verified'): string[] {
  return buckets.map((bucket) => `${what}_in_${bucket}`);
}

async function summed<Key>(
  { reader }: Store,
  { first, end }: { first: number; end: number },
  wanted: (readonly [string, string | undefined])[],
  keys: string[],
): Promise<(Key & Arrivals)[]> {
  if (end <= first) return [];
  const by = sql.join([...keys, 'currency'].map((name) => sql.ref(name)));
  const sums = sumColumns.map((name) => sql`cast(sum(${sql.ref(name)}) as bigint) as ${sql.ref(name)}`);
  const conditions = wanted.map(([name, value]) => sql`and ${sql.ref(name)} = ${value}`);
  const { rows } = await sql<Record<string, number>>`select ${by}, ${sql.join(sums)} from arrival_figures
    where hour >= ${first} and hour < ${end} ${sql.join(conditions, sql` `)} group by ${by}`.execute(reader);
  return rows.map((row) => {
    const named = Object.fromEntries([...keys, 'currency', ...numbers].map((name) => [name, row[name]]));
    const times = (of: keyof typeof timeColumns) => timeColumns[of].map((column) => row[column] ?? 0);
    return { ...named, deliveredIn: times('deliveredIn'), verifiedIn: times('verifiedIn') } as unknown as Key &
      Arrivals;
  });
}

/** How the messages of an hour arrived. */
export const arrivalFigures: HourSums<ArrivalFigures> = {
  setting: 'arrival-figures',
  table: 'arrival_figures',
  firstAt: firstMessageAt,
  count: async ({ reader }, range) => {
    const isVerified = sql`verified_at is not null`;
    const isClaimed = sql`state = 'delivered'`;
    const isBilled = sql`cost is not null and (state not in ('failed', 'suppressed') or cost_is_estimated = 0)`;
    const { rows } = await sql<Row>`select factory_id, country, network, currency,
        ${bucketOf(sql.ref('delivered_ms'))} as delivered_in, ${bucketOf(sql.ref('verified_ms'))} as verified_in,
        count(*) as requested,
        ${sum(sql`state in ('accepted', 'delivered', 'undelivered') or ${isVerified}`)} as sent,
        ${sum(isClaimed)} as claimed, ${sum(sql`${isClaimed} or ${isVerified}`)} as delivered,
        ${sum(isVerified)} as verified, ${total(isBilled, 'billed_parts')} as parts, ${total(isBilled, 'cost')} as cost
      from (select coalesce(factory_id, '') as factory_id, ${placeOf} as country, coalesce(network, '') as network,
          coalesce(cost_currency, '') as currency, state, verified_at, cost, cost_is_estimated,
          coalesce(parts, estimated_parts, 1) as billed_parts,
          case when state = 'delivered' then ${deliveredAt} - created_at end as delivered_ms,
          verified_at - created_at as verified_ms
        from messages where ${between('created_at', range) ?? sql<SqlBool>`1 = 1`} and ${isCode}) as arrived
      group by 1, 2, 3, 4, 5, 6`.execute(reader);
    const hour = Math.floor(range.from / hourMs);
    return [...Map.groupBy(rows, keyOf).values()].map((same) => ({ hour, ...arrivalsOf(same) }));
  },
  keep: ({ db }, { deliveredIn, verifiedIn, ...figures }) => {
    const times = [
      ...timeColumns.deliveredIn.map((name, bucket) => [name, deliveredIn[bucket] ?? 0] as const),
      ...timeColumns.verifiedIn.map((name, bucket) => [name, verifiedIn[bucket] ?? 0] as const),
    ];
    const values = [...Object.entries(figures), ...times];
    const names = sql.join(values.map(([name]) => sql.ref(name)));
    const given = sql.join(values.map(([, value]) => sql`${value}`));
    const changes = sumColumns.map((name) => sql`${sql.ref(name)} = ${sql.ref(`excluded.${name}`)}`);
    return sql`insert into arrival_figures (${names}) values (${given})
      on conflict (hour, factory_id, country, network, currency) do update set ${sql.join(changes)}`.compile(
      db,
    ) as CompiledQuery<unknown>;
  },
};

const sum = (condition: RawBuilder<unknown>) => sql`cast(sum(case when ${condition} then 1 else 0 end) as bigint)`;

const total = (condition: RawBuilder<unknown>, column: string) =>
  sql`cast(sum(case when ${condition} then ${sql.ref(column)} else 0 end) as bigint)`;

/** By the provider's clock, which knows better than when we heard of it; unless that cannot be. */
const deliveredAt = sql`(case when reported_at between created_at and delivered_at then reported_at else delivered_at end)`;

/** Messages that are alike in all that is counted by, and took equally long. */
type Row = ArrivalKind & Omit<Arrivals, 'deliveredIn' | 'verifiedIn'> & { delivered_in: number; verified_in: number };

const keyOf = ({ factory_id, country, network, currency }: Row) =>
  JSON.stringify([factory_id, country, network, currency]);

function arrivalsOf(same: readonly Row[]): ArrivalKind & Arrivals {
  const { factory_id, country, network, currency } = same[0] as Row;
  const sum = (of: (row: Row) => number) => same.reduce((total, row) => total + of(row), 0);
  const sums = Object.fromEntries(numbers.map((name) => [name, sum((row) => row[name])]));
  const times = (place: 'delivered_in' | 'verified_in', of: 'claimed' | 'verified') =>
    buckets.map((bucket) => sum((row) => (row[place] === bucket ? row[of] : 0)));
  return {
    ...{ factory_id, country, network, currency },
    ...(sums as Record<(typeof numbers)[number], number>),
    deliveredIn: times('delivered_in', 'claimed'),
    verifiedIn: times('verified_in', 'verified'),
  };
}
