import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { ApiError } from '../errors.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/**
 * A list: a table, whose entries are in the order of this column, and of their id where that is the same. An index has
 * the column first, and no entry of the list is without it.
 */
export type List = {
  table: 'messages' | 'users' | 'audit_log' | 'sign_ins' | 'suppressions' | 'guard_decisions';
  by: 'created_at' | 'at' | 'name_key' | 'username_key' | 'phone' | 'email_key' | 'last_sign_in_at';
};

/** Where an entry stands in its list: what is in the column, for a time milliseconds since the epoch. */
export type Place = { at: number | string | Uint8Array; id: string };

/** Which way a list is read; by another column than a time, the newest is what comes last. */
export const sorts = ['newest', 'oldest'] as const;
export type Sort = (typeof sorts)[number];

/** Where reading begins, from the newest entry on where nothing is said: at the start of the list, or after a place. */
export type Start = { sort?: Sort | undefined; after?: Place | undefined };

/** A piece of a list: so many entries from the start on, after a place (further down), or before one (further up). */
export type Page = Start & { limit: number; offset?: number; before?: Place | undefined };

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
 * The rows of a page, and whether there are more in its direction.
 * @throws ApiError `request.too_broad` when patience ends before the page is found
 */
export async function findRows<L extends List>(
  { reader }: Pick<Store, 'reader'>,
  list: L,
  selection: Selection,
  { limit, offset = 0, sort = 'newest', after, before }: Page,
  patience: Patience,
): Promise<{ rows: Schema[L['table']][]; isMore: boolean }> {
  const walk = walkOf(reader, list, (sort === 'newest') === (before === undefined) ? 'older' : 'newer');
  const piece = { wanted: limit + 1, offset, from: before ?? after };
  const found = selection.looked ? await walk.look(selection, piece, patience) : await walk.read(selection, piece);
  const rows = found.slice(0, limit);
  return { rows: before ? rows.toReversed() : rows, isMore: found.length > limit };
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

/** Which entries are wanted of those that are found: so many, after some others and after a place. */
type Piece = { wanted: number; offset: number; from: Place | undefined };
type Condition = RawBuilder<SqlBool>;

/** Goes along a list, in one direction. */
function walkOf<L extends List>(db: Store['reader'], { table, by }: L, direction: 'newer' | 'older') {
  type Row = Schema[L['table']];
  const [order, ahead, upTo] = (direction === 'older' ? ['desc', '<', '>='] : ['asc', '>', '<=']).map((word) =>
    sql.raw(word),
  );
  const compared = (operator: typeof order, { at, id }: Place): Condition =>
    sql`(${sql.ref(by)}, id) ${operator} (${at}, ${id})`;
  const beyond = (from: Place | undefined) => from && compared(ahead, from);
  const inOrder = (what: RawBuilder<unknown>, from: RawBuilder<unknown>, condition: Condition) =>
    sql`select ${what} from ${from} where ${condition} order by ${sql.ref(by)} ${order}, id ${order}`;
  const rows = async (condition: Condition, limit: number, offset = 0) =>
    (await sql<Row>`${inOrder(sql`*`, sql.table(table), condition)} limit ${limit} offset ${offset}`.execute(db)).rows;

  /** Where an entry stands that so many are before, which an index tells. */
  async function placeAt(condition: Condition, offset: number): Promise<Place | undefined> {
    const places = inOrder(sql`${sql.ref(by)} as at, id`, sql.table(table), condition);
    return (await sql<Place>`${places} limit 1 offset ${offset}`.execute(db)).rows[0];
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
      const end = await placeAt(rest, sliceRows - 1);
      yield end ? allOf(rest, compared(upTo, end)) : rest;
      if (!end) return;
      from = end;
    }
  }

  /** @returns nothing where they are too many */
  async function sorted({ indexed, looked }: Selection, { wanted, offset, from }: Piece): Promise<Row[] | undefined> {
    const few = allOf(looked, indexed);
    if ((await count(few, maxSorted + 1)) > maxSorted) return undefined;
    const found = sql`(select * from ${sql.table(table)} where ${few} limit ${maxSorted}) as found`;
    const inPlace = inOrder(sql`*`, found, allOf(beyond(from)));
    return (await sql<Row>`${inPlace} limit ${wanted} offset ${offset}`.execute(db)).rows;
  }

  return {
    count,
    slices,

    async read({ indexed }: Selection, { wanted, offset, from }: Piece): Promise<Row[]> {
      if (offset === 0) return rows(allOf(indexed, beyond(from)), wanted);
      const last = await placeAt(allOf(indexed), offset - 1);
      return last ? rows(allOf(indexed, beyond(last)), wanted) : [];
    },

    async look(selection: Selection, piece: Piece, patience: Patience): Promise<Row[]> {
      const few = selection.isNarrow ? await sorted(selection, piece) : undefined;
      if (few) return few;
      const found: Row[] = [];
      let toSkip = piece.offset;
      for await (const slice of slices(selection, piece.from)) {
        const matching = allOf(slice, selection.looked);
        const skipped = toSkip > 0 ? await count(matching, toSkip) : 0;
        if (skipped === toSkip) found.push(...(await rows(matching, piece.wanted - found.length, skipped)));
        toSkip -= skipped;
        if (found.length === piece.wanted) return found;
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

/** Where one of these holds at least. */
export const anyOf = (conditions: readonly Condition[]): Condition =>
  conditions.length === 0 ? sql`1 = 0` : sql`(${sql.join(conditions, sql` or `)})`;

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

/** Nothing where there are no values. */
export const isOneOf = (column: string, values: readonly string[]): Condition =>
  values.length === 0 ? sql`1 = 0` : sql`${sql.ref(column)} in (${sql.join(values)})`;

/** A text as it stands in a pattern of SQL, where its signs stand for themselves. */
export const asTyped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A pattern of SQL, with a backslash before what is no wildcard. */
export const isLike = (column: string, pattern: string): Condition =>
  sql`${sql.ref(column)} like ${pattern} escape '\\'`;

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
