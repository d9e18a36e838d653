import { countUpTo, findRows, type List, type Page, type Place, type Selection, type Start } from './listing.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** How many entries a list has, and how sure that is. */
export type Total = { total: number; totalIs: 'exact' | 'about' | 'at-least' };

/** Where a page lies in its list; one that is found by a place does not say how many entries there are. */
export type Extent = {
  /** Where the page begins and ends; nothing where it is empty. */
  first: Place | undefined;
  last: Place | undefined;
  /** Whether there are entries before the page, and after it. */
  isAfterOthers: boolean;
  isBeforeOthers: boolean;
} & (Total | { total: undefined });

/** A page of a list. */
export type Listed<Row> = { rows: Row[] } & Extent;

/** The whole list is counted up to here, and what is searched for up to there; an index makes that a few milliseconds. */
const maxCounted = { all: 100_000, some: 10_000 };
/** How long a page may be looked for, and then how long it may be counted, in milliseconds. */
const maxMs = { page: 10_000, count: 2_000 };
/** Entries that an export holds at once. */
const exportRows = 200;

type Reading = Pick<Store, 'reader' | 'estimateRows'>;

/**
 * A page of a list, and how many there are in all.
 * @param now the clock, in milliseconds
 * @throws ApiError `request.too_broad` where the page is not found in ten seconds
 */
export async function listEntries<L extends List>(
  store: Reading,
  list: L,
  selection: Selection,
  page: Page,
  now: () => number,
): Promise<Listed<Schema[L['table']]>> {
  const within = (milliseconds: number) => {
    const end = now() + milliseconds;
    return () => now() < end;
  };
  const { rows, isMore } = await findRows(store, list, selection, page, within(maxMs.page));
  const place = placeIn(list);
  const { limit: _, offset = 0, after, before } = page;
  return {
    rows,
    first: place(rows.at(0)),
    last: place(rows.at(-1)),
    isAfterOthers: before ? isMore : after !== undefined || offset > 0,
    isBeforeOthers: before !== undefined || isMore,
    ...(after || before ? { total: undefined } : await total()),
  };

  async function total(): Promise<Total> {
    if (!isMore && (rows.length > 0 || offset === 0)) return { total: offset + rows.length, totalIs: 'exact' };
    const isAll = !selection.indexed && !selection.looked;
    const limit = isAll ? maxCounted.all : maxCounted.some;
    const counted = await countUpTo(store, list, selection, limit, within(maxMs.count));
    if (counted.isAll) return { total: counted.count, totalIs: 'exact' };
    const seen = Math.max(counted.count, rows.length > 0 ? offset + rows.length : 0);
    if (!isAll) return { total: seen, totalIs: 'at-least' };
    return { total: Math.max(seen, await store.estimateRows(list.table)), totalIs: 'about' };
  }
}

/** Every selected entry, in order, a few hundred at a time. */
export async function* everyEntry<L extends List>(
  store: Reading,
  list: L,
  selection: Selection,
  { sort, after }: Start,
): AsyncGenerator<Schema[L['table']][]> {
  for (let from = after; ; ) {
    const page = { limit: exportRows, sort, after: from };
    const { rows, isMore } = await findRows(store, list, selection, page, () => true);
    yield rows;
    if (!isMore) return;
    from = placeIn(list)(rows.at(-1));
  }
}

const placeIn = ({ by }: List) => {
  return (row: { id: string } | undefined): Place | undefined => row && { at: (row as never)[by], id: row.id };
};
