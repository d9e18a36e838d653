import { countUpTo, findPlaces, type List, type Page, type Place, rowsAt, type Selection } from './listing.ts';
import type { Schema } from './schema.ts';
import type { Store } from './store.ts';

/** How many entries a list has, and how sure that is. */
export type Total = { number: number; is: 'exact' | 'about' | 'at-least' };

/** A page of a list. */
export type Listed<Row> = {
  rows: Row[];
  /** Where the page begins and ends; nothing where it is empty. */
  first: Place | undefined;
  last: Place | undefined;
  /** Whether there are entries before the page, and after it. */
  isAfterOthers: boolean;
  isBeforeOthers: boolean;
  /** Only for pages that are not found by a place. */
  total: Total | undefined;
};

/** The whole list is counted up to here, and what is searched for up to there; an index makes that a few milliseconds. */
const maxCounted = { all: 100_000, some: 10_000 };
/** How long a page may be looked for, and then how long it may be counted, in milliseconds. */
const maxMs = { page: 10_000, count: 2_000 };
/** Entries that an export holds at once. */
const exportRows = 500;

type Reading = Pick<Store, 'reader' | 'estimateRows'>;

/**
 * A page of a list, newest first, and how many there are in all.
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
  const { places, isMore } = await findPlaces(store, list, selection, page, within(maxMs.page));
  const { limit: _, offset = 0, after, before } = page;
  return {
    rows: await rowsAt(store, list.table as L['table'], places),
    first: places.at(0),
    last: places.at(-1),
    isAfterOthers: before ? isMore : after !== undefined || offset > 0,
    isBeforeOthers: before !== undefined || isMore,
    total: after || before ? undefined : await total(),
  };

  async function total(): Promise<Total> {
    if (!isMore && (places.length > 0 || offset === 0)) return { number: offset + places.length, is: 'exact' };
    const isAll = !selection.indexed && !selection.looked;
    const limit = isAll ? maxCounted.all : maxCounted.some;
    const counted = await countUpTo(store, list, selection, limit, within(maxMs.count));
    if (counted.isAll) return { number: counted.count, is: 'exact' };
    const seen = Math.max(counted.count, offset + places.length);
    if (!isAll) return { number: seen, is: 'at-least' };
    return { number: Math.max(seen, await store.estimateRows(list.table)), is: 'about' };
  }
}

/** Every selected entry, newest first, a few hundred at a time; after a place where one is given. */
export async function* everyEntry<L extends List>(
  store: Reading,
  list: L,
  selection: Selection,
  after: Place | undefined,
): AsyncGenerator<Schema[L['table']][]> {
  for (let from = after; ; ) {
    const page = { limit: exportRows, ...(from && { after: from }) };
    const { places, isMore } = await findPlaces(store, list, selection, page, () => true);
    yield await rowsAt(store, list.table as L['table'], places);
    if (!isMore) return;
    from = places.at(-1);
  }
}
