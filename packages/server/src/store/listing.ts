import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { ApiError } from '../errors.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** A list: a table, whose entries come newest first by this time, and by their id where times are the same. */
export type List = { table: 'messages' | 'users' | 'audit_log'; time: 'created_at' | 'at' };

/** Where an entry stands in its list; `at` is milliseconds since the epoch. */
export type Place = { at: number; id: string };

/** A piece of a list: so many entries from the start on, after (older than) a place, or before (newer than) one. */
export type Page = { limit: number; offset?: number; after?: Place; before?: Place };

/** Which entries of a list; nothing for all. */
export type Selection = {
  /** What one index holds in the order of the list. */
  indexed?: RawBuilder<SqlBool> | undefined;
  /** What is looked at entry by entry. */
  looked?: RawBuilder<SqlBool> | undefined;
  /** Whether indexes say who is in `looked`, in another order: where they are few, they are sorted. */
  isNarrow?: boolean;
};

/** Whether there is time to look further. */
export type Patience = () => boolean;

/** So many entries are looked at by one statement, which takes a few milliseconds; others have their turn after it. */
const sliceRows = 20_000;
/** So many are sorted rather than looked for in order. */
const maxSorted = 2_000;

/**
 * The places of a page, and whether there are more in its direction.
 * @throws ApiError `request.too_broad` when patience ends before the page is found
 */
export async function findPlaces(
  { reader }: Pick<Store, 'reader'>,
  list: List,
  selection: Selection,
  page: Page,
  patience: Patience,
): Promise<{ places: Place[]; isMore: boolean }> {
  const walk = walkOf(reader, list, page.before ? 'newer' : 'older');
  const piece = { wanted: page.limit + 1, offset: page.offset ?? 0, from: page.before ?? page.after };
  const found =
    (selection.isNarrow ? await walk.sorted(selection, piece) : undefined) ??
    (selection.looked ? await walk.look(selection, piece, patience) : await walk.read(selection, piece));
  const places = found.slice(0, page.limit);
  return { places: page.before ? places.toReversed() : places, isMore: found.length > page.limit };
}

/** How many entries are selected, up to `limit`; where patience ends before, how many were seen. */
export async function countUpTo(
  { reader }: Pick<Store, 'reader'>,
  list: List,
  selection: Selection,
  limit: number,
  patience: Patience,
): Promise<{ count: number; isAll: boolean }> {
  const walk = walkOf(reader, list, 'older');
  if (!selection.looked || selection.isNarrow) {
    const count = await walk.count(allOf(selection.indexed, selection.looked), limit + 1);
    return { count: Math.min(count, limit), isAll: count <= limit };
  }
  let count = 0;
  for await (const slice of walk.slices(selection, undefined)) {
    count += await walk.count(allOf(slice, selection.looked), limit + 1 - count);
    if (count > limit) return { count: limit, isAll: false };
    if (!patience()) return { count, isAll: false };
  }
  return { count, isAll: true };
}

type Piece = { wanted: number; offset: number; from: Place | undefined };
type Direction = 'newer' | 'older';
type Condition = RawBuilder<SqlBool>;

/** Goes along a list, in one direction. */
function walkOf(db: Store['reader'], { table, time }: List, direction: Direction) {
  const place = sql`(${sql.ref(time)}, id)`;
  const beyond = (from: Place | undefined): Condition | undefined =>
    from && sql`${place} ${sql.raw(direction === 'older' ? '<' : '>')} (${from.at}, ${from.id})`;
  const upTo = (to: Place): Condition =>
    sql`${place} ${sql.raw(direction === 'older' ? '>=' : '<=')} (${to.at}, ${to.id})`;
  const order = sql.raw(direction === 'older' ? 'desc' : 'asc');

  async function places(condition: Condition, limit: number, offset = 0): Promise<Place[]> {
    const { rows } = await sql<Place>`select ${sql.ref(time)} as at, id from ${sql.table(table)} where ${condition}
      order by ${sql.ref(time)} ${order}, id ${order} limit ${limit} offset ${offset}`.execute(db);
    return rows;
  }

  async function count(condition: Condition, limit: number): Promise<number> {
    const { rows } = await sql<{ count: number }>`select count(*) as count from
      (select 1 from ${sql.table(table)} where ${condition} limit ${limit}) as counted`.execute(db);
    return rows[0]?.count ?? 0;
  }

  /** What is indexed, in pieces that a statement looks at in a few milliseconds. */
  async function* slices({ indexed }: Selection, start: Place | undefined): AsyncGenerator<Condition> {
    for (let from = start; ; ) {
      const rest = allOf(indexed, beyond(from));
      const [end] = await places(rest, 1, sliceRows - 1);
      yield end ? allOf(rest, upTo(end)) : rest;
      if (!end) return;
      from = end;
    }
  }

  return {
    count,
    slices,
    read: ({ indexed }: Selection, { wanted, offset, from }: Piece) =>
      places(allOf(indexed, beyond(from)), wanted, offset),

    /** @returns nothing where they are too many */
    async sorted({ indexed, looked }: Selection, { wanted, offset, from }: Piece): Promise<Place[] | undefined> {
      const few = allOf(looked, indexed);
      if ((await count(few, maxSorted + 1)) > maxSorted) return undefined;
      const { rows } = await sql<Place>`select at, id from
        (select ${sql.ref(time)} as at, ${sql.ref(time)}, id from ${sql.table(table)} where ${few}
        limit ${maxSorted}) as few where ${allOf(beyond(from))}
        order by at ${order}, id ${order} limit ${wanted} offset ${offset}`.execute(db);
      return rows;
    },

    async look(selection: Selection, { wanted, offset, from }: Piece, patience: Patience): Promise<Place[]> {
      const found: Place[] = [];
      let toSkip = offset;
      for await (const slice of slices(selection, from)) {
        const matching = allOf(slice, selection.looked);
        const skipped = toSkip > 0 ? await count(matching, toSkip) : 0;
        if (skipped === toSkip) found.push(...(await places(matching, wanted - found.length, skipped)));
        toSkip -= skipped;
        if (found.length === wanted) return found;
        if (!patience()) throw new ApiError('request.too_broad');
      }
      return found;
    },
  };
}

/** What has to hold at once; everything where nothing does. */
const allOf = (...conditions: (Condition | undefined)[]): Condition => {
  const given = conditions.filter((condition) => condition !== undefined);
  return given.length === 0 ? sql`1 = 1` : sql`(${sql.join(given, sql` and `)})`;
};

/** Selects what meets all conditions; those that are not given hold for everything. */
export function selecting(
  indexed: readonly (Condition | undefined)[],
  looked: readonly (Condition | undefined)[],
): Selection {
  const isGiven = (conditions: readonly (Condition | undefined)[]) => conditions.some(Boolean);
  return {
    ...(isGiven(indexed) && { indexed: allOf(...indexed) }),
    ...(isGiven(looked) && { looked: allOf(...looked) }),
  };
}

/** Entries with this value, where one is given. */
export const equals = (column: string, value: string | undefined): Condition | undefined =>
  value === undefined ? undefined : sql`${sql.ref(column)} = ${value}`;

/** Entries from a time up to, not including, another one, where these are given; in milliseconds. */
export const between = (
  column: string,
  { from, until }: { from?: number | undefined; until?: number | undefined },
): Condition | undefined => {
  if (from === undefined && until === undefined) return undefined;
  return allOf(
    from === undefined ? undefined : sql`${sql.ref(column)} >= ${from}`,
    until === undefined ? undefined : sql`${sql.ref(column)} < ${until}`,
  );
};

/** The rows at these places, in their order; what is gone by now is left out. */
export async function rowsAt<Table extends List['table']>(
  { reader }: Pick<Store, 'reader'>,
  table: Table,
  places: readonly Place[],
): Promise<Schema[Table][]> {
  if (places.length === 0) return [];
  const ids = places.map(({ id }) => id);
  const { rows } = await sql<Schema[Table] & { id: string }>`
    select * from ${sql.table(table)} where id in (${sql.join(ids)})`.execute(reader);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => byId.get(id)).filter((row) => row !== undefined);
}
