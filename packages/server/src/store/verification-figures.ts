import { type CompiledQuery, type SqlBool, sql } from 'kysely';
import { between, equals } from './listing.ts';
import type { MessageFiguresTable } from './schema.ts';
import type { Slices } from './slices.ts';
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

/** The messages of an hour, or of a day, to one country for one usage type. */
export type VerificationFigures = Funnel & {
  /** When the hour, or the day, begins (milliseconds since the epoch). */
  at: number;
  country: string | null;
  usageType: string;
};

/** Times are milliseconds since the epoch. */
type Range = { from: number; until: number };

const hourMs = 60 * 60_000;
/** The hour (since the epoch) up to which hours are summed up. */
const setting = 'message-figures';

/** What is counted: a time, and of one connector factory or of all. */
type Counted = Range & { factoryId?: string | undefined };

/**
 * Counts the messages created from `from` up to, not including, `until`, by hours of UTC; tests are left out. Hours that
 * are summed up are not counted again.
 * @param days when days begin within that time, in order, where days are wanted instead of hours; an hour belongs to the
 * day on which it begins
 */
export async function countVerification(
  store: Store,
  { from, until, factoryId }: Counted,
  days?: readonly number[],
): Promise<VerificationFigures[]> {
  const summedUntil = (await summedUpTo(store)) ?? 0;
  const first = Math.ceil(from / hourMs);
  const end = Math.max(first, Math.min(summedUntil, Math.floor(until / hourMs)));
  const ranges =
    end > first
      ? [
          { from, until: first * hourMs },
          { from: end * hourMs, until },
        ]
      : [{ from, until }];
  const beginOf = (at: number) => days?.findLast((day) => day <= at) ?? at;
  const figures: VerificationFigures[] = [];
  for (const part of days ? partsOf({ first, end }, days) : [{ first, end }]) {
    for (const { hour = part.first, ...row } of await summedFigures(store, part, { factoryId, isByHour: !days })) {
      figures.push(toFigures(beginOf(Math.max(from, hour * hourMs)), row));
    }
  }
  for (const range of ranges) {
    for (const { hour, factory_id: _, ...row } of await countByHour(store, range, factoryId)) {
      figures.push(toFigures(beginOf(Math.max(range.from, hour * hourMs)), row));
    }
  }
  return figures;
}

type Summed = Funnel & Pick<MessageFiguresTable, 'country' | 'usage_type'>;
type Hours = { first: number; end: number };

const toFigures = (at: number, { country, usage_type: usageType, ...funnel }: Summed): VerificationFigures => ({
  at,
  country: country || null,
  usageType,
  ...funnel,
});

/** The hours of each day, without those of none. */
function partsOf({ first, end }: Hours, days: readonly number[]): Hours[] {
  const begins = days.map((day) => Math.max(first, Math.ceil(day / hourMs)));
  return begins
    .map((begin, index) => ({ first: index === 0 ? first : begin, end: Math.min(end, begins[index + 1] ?? end) }))
    .filter((part) => part.first < part.end);
}

async function summedFigures(
  { reader }: Store,
  { first, end }: Hours,
  { factoryId, isByHour }: { factoryId: string | undefined; isByHour: boolean },
): Promise<(Summed & { hour?: number })[]> {
  const sum = (column: keyof Funnel) => sql<number>`cast(sum(${sql.ref(column)}) as bigint)`.as(column);
  return reader
    .selectFrom('message_figures')
    .select(['country', 'usage_type'])
    .select([sum('requested'), sum('sent'), sum('delivered'), sum('verified')])
    .where('hour', '>=', first)
    .where('hour', '<', end)
    .$if(factoryId !== undefined, (query) => query.where('factory_id', '=', factoryId ?? ''))
    .groupBy(['country', 'usage_type'])
    .$if(isByHour, (query) => query.select('hour').groupBy('hour'))
    .execute();
}

/** An hour is counted by one statement; those without messages are passed over. */
async function countByHour(store: Store, { from, until }: Range, factoryId?: string): Promise<MessageFiguresTable[]> {
  const figures: MessageFiguresTable[] = [];
  for (let start = from; start < until; ) {
    const first = await firstMessage(store, start);
    if (first === undefined || first >= until) break;
    const end = Math.min(until, (Math.floor(first / hourMs) + 1) * hourMs);
    figures.push(...(await countMessages(store, { from: first, until: end }, factoryId)));
    start = end;
  }
  return figures;
}

const count = (condition: ReturnType<typeof sql>) =>
  sql<number>`cast(sum(case when ${condition} then 1 else 0 end) as bigint)`;

async function countMessages({ reader }: Store, range: Range, factoryId?: string): Promise<MessageFiguresTable[]> {
  const rows = await reader
    .selectFrom('messages')
    .select((row) => [
      sql<string>`coalesce(factory_id, '')`.as('factory_id'),
      sql<string>`coalesce(country, '')`.as('country'),
      'usage_type',
      row.fn.countAll<number>().as('requested'),
      count(sql`state in ('accepted', 'delivered', 'undelivered') or verified_at is not null`).as('sent'),
      count(sql`state = 'delivered' or verified_at is not null`).as('delivered'),
      count(sql`verified_at is not null`).as('verified'),
    ])
    .where(between('created_at', range) ?? sql<SqlBool>`1 = 1`)
    // A test message has a connector factory but no connector.
    .where((row) => row.or([row('connector_id', 'is not', null), row('factory_id', 'is', null)]))
    .where(equals('factory_id', factoryId) ?? sql<SqlBool>`1 = 1`)
    .groupBy(['factory_id', 'country', 'usage_type'])
    .execute();
  return rows.map((row) => ({ hour: Math.floor(range.from / hourMs), ...row }));
}

async function summedUpTo({ db }: Store): Promise<number | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', setting).executeTakeFirst();
  return row && (JSON.parse(row.value) as { hour: number }).hour;
}

/**
 * Sums up the hours since the last one that was, one after the other. Of messages so old nothing changes any more.
 * @param createdBefore milliseconds since the epoch
 */
export async function sumUpFigures(
  store: Store,
  { createdBefore, now }: { createdBefore: number; now: number },
  { turn }: Slices,
): Promise<void> {
  const end = Math.floor(createdBefore / hourMs);
  let from = (await summedUpTo(store)) ?? 0;
  while (from < end) {
    const first = (await firstMessage(store, from * hourMs)) ?? createdBefore;
    const hour = Math.min(end - 1, Math.floor(first / hourMs));
    const figures = await countMessages(store, { from: hour * hourMs, until: (hour + 1) * hourMs });
    await store.atomically([...figures.map((row) => keepFigures(store, row)), keepHour(store, hour + 1, now)]);
    from = hour + 1;
    if (from < end && !(await turn())) return;
  }
}

async function firstMessage({ reader }: Store, from: number): Promise<number | undefined> {
  const first = reader.selectFrom('messages').select('created_at').where('created_at', '>=', from);
  return (await first.orderBy('created_at').limit(1).executeTakeFirst())?.created_at;
}

/** Several processes may count the same hour, and come to the same. */
function keepFigures({ db }: Store, { requested, sent, delivered, verified, ...key }: MessageFiguresTable) {
  const figures = { requested, sent, delivered, verified };
  return db
    .insertInto('message_figures')
    .values({ ...key, ...figures })
    .onConflict((conflict) => conflict.columns(['hour', 'factory_id', 'country', 'usage_type']).doUpdateSet(figures))
    .compile() as CompiledQuery<unknown>;
}

function keepHour({ db }: Store, hour: number, now: number): CompiledQuery<unknown> {
  const changes = { value: JSON.stringify({ hour }), updated_at: now };
  return db
    .insertInto('settings')
    .values({ name: setting, ...changes })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(changes))
    .compile();
}
