import { type CompiledQuery, sql } from 'kysely';
import type { Schema } from './schema.ts';
import type { Slices } from './slices.ts';
import type { Store } from './store.ts';

/** Times are milliseconds since the epoch; `until` is not included. */
export type Range = { from: number; until: number };

export const hourMs = 60 * 60_000;

/** Figures that are summed up by the hour, once nothing changes any more in that hour. */
export type HourSums<Row extends { hour: number }> = {
  /** The setting that keeps the hour (since the epoch) up to which hours are summed up. */
  setting: string;
  table: keyof Schema;
  /** When the first entry since a time was made, by an index: so fast that no thread need be started for it. */
  firstAt: (store: Store, from: number) => Promise<number | undefined>;
  /** Counts the entries of a range that lies within one hour. */
  count: (store: Store, range: Range) => Promise<Row[]>;
  /** Keeps what was counted. Several processes may count the same hour, and come to the same. */
  keep: (store: Store, row: Row) => CompiledQuery<unknown>;
};

/** `firstAt` of what is counted of messages. */
export async function firstMessageAt({ db }: Store, from: number): Promise<number | undefined> {
  const first = db.selectFrom('messages').select('created_at').where('created_at', '>=', from);
  return (await first.orderBy('created_at').limit(1).executeTakeFirst())?.created_at;
}

/**
 * What a range comes to: the hours from `first` up to, not including, `end` are summed up, and `rest` is what was counted
 * just now of what is not.
 */
export async function splitRange<Row extends { hour: number }>(
  store: Store,
  sums: HourSums<Row>,
  { from, until }: Range,
): Promise<{ first: number; end: number; rest: Row[] }> {
  const summedUntil = (await summedUpTo(store, sums.setting)) ?? 0;
  const first = Math.ceil(from / hourMs);
  const end = Math.max(first, Math.min(summedUntil, Math.floor(until / hourMs)));
  const ranges =
    end > first
      ? [
          { from, until: first * hourMs },
          { from: end * hourMs, until },
        ]
      : [{ from, until }];
  const rest: Row[] = [];
  for (const range of ranges) rest.push(...(await countByHour(store, sums, range)));
  return { first, end, rest };
}

/** An hour is counted by one statement; those without entries are passed over. */
async function countByHour<Row extends { hour: number }>(
  store: Store,
  { firstAt, count }: HourSums<Row>,
  { from, until }: Range,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (let start = from; start < until; ) {
    const first = await firstAt(store, start);
    if (first === undefined || first >= until) break;
    const end = Math.min(until, (Math.floor(first / hourMs) + 1) * hourMs);
    rows.push(...(await count(store, { from: first, until: end })));
    start = end;
  }
  return rows;
}

/**
 * Sums up the hours since the last one that was, one after the other. Of entries so old nothing changes any more.
 * @param createdBefore milliseconds since the epoch
 */
export async function sumUp<Row extends { hour: number }>(
  store: Store,
  { setting, firstAt, count, keep }: HourSums<Row>,
  { createdBefore, now }: { createdBefore: number; now: number },
  { turn }: Slices,
): Promise<void> {
  const end = Math.floor(createdBefore / hourMs);
  let from = (await summedUpTo(store, setting)) ?? 0;
  while (from < end) {
    const first = await firstAt(store, from * hourMs);
    // Where nothing is left to count, the last hour says so.
    const hour = first === undefined ? end : Math.floor(first / hourMs);
    const rows = hour < end ? await count(store, { from: hour * hourMs, until: (hour + 1) * hourMs }) : [];
    from = Math.min(end, hour + 1);
    await store.atomically([...rows.map((row) => keep(store, row)), keepHour(store, { setting, hour: from, now })]);
    if (from < end && !(await turn())) return;
  }
}

/**
 * Counts hours anew that are summed up, once each: some providers report days later. It begins with the hours that are so
 * old only from now on, as the messages of older ones may be gone.
 * @param createdBefore milliseconds since the epoch
 */
export async function sumUpAgain<Row extends { hour: number }>(
  store: Store,
  sums: HourSums<Row>,
  { createdBefore, now }: { createdBefore: number; now: number },
  { turn }: Slices,
): Promise<void> {
  const setting = `${sums.setting}-again`;
  const end = Math.min(Math.floor(createdBefore / hourMs), (await summedUpTo(store, sums.setting)) ?? 0);
  const began = await summedUpTo(store, setting);
  if (began === undefined) await store.atomically([keepHour(store, { setting, hour: end, now })]);
  for (let from = began ?? end; from < end; ) {
    const first = await firstMessageAt(store, from * hourMs);
    const hour = first === undefined ? end : Math.min(end, Math.floor(first / hourMs));
    const rows = hour < end ? await sums.count(store, { from: hour * hourMs, until: (hour + 1) * hourMs }) : [];
    from = Math.min(end, hour + 1);
    const before = sql`delete from ${sql.table(sums.table)} where hour = ${hour}`.compile(store.db);
    await store.atomically([
      ...(hour < end ? [before, ...rows.map((row) => sums.keep(store, row))] : []),
      keepHour(store, { setting, hour: from, now }),
    ]);
    if (from < end && !(await turn())) return;
  }
}

async function summedUpTo({ db }: Store, setting: string): Promise<number | undefined> {
  const row = await db.selectFrom('settings').select('value').where('name', '=', setting).executeTakeFirst();
  return row && (JSON.parse(row.value) as { hour: number }).hour;
}

function keepHour({ db }: Store, { setting, hour, now }: { setting: string; hour: number; now: number }) {
  const changes = { value: JSON.stringify({ hour }), updated_at: now };
  return db
    .insertInto('settings')
    .values({ name: setting, ...changes })
    .onConflict((conflict) => conflict.column('name').doUpdateSet(changes))
    .compile() as CompiledQuery<unknown>;
}
