import type { Page, Place, Start } from '../../../store/listing.ts';
import type { Listed } from '../../../store/lists.ts';

type Row = { id: string; at: number };

const placeOf = ({ at, id }: Row): Place => ({ at, id });

const isFurtherDown = (one: Place, other: Place, sort: Start['sort']): boolean => {
  const isOlder = one.at === other.at ? one.id < other.id : one.at < other.at;
  const isNewer = one.at === other.at ? one.id > other.id : one.at > other.at;
  return sort === 'oldest' ? isNewer : isOlder;
};

/** Rows in the order of a list. */
export const inOrder = <R extends Row>(rows: readonly R[], { sort, after }: Start): R[] =>
  rows
    .toSorted((one, other) => (isFurtherDown(one, other, sort) ? 1 : -1))
    .filter((row) => !after || isFurtherDown(row, after, sort));

/** A page of rows that are held in memory, as `listEntries` finds one in a table. */
export function pageOf<R extends Row>(rows: readonly R[], { limit, offset = 0, sort, after, before }: Page): Listed<R> {
  const all = inOrder(rows, { sort });
  const start = before
    ? Math.max(0, all.filter((row) => isFurtherDown(before, row, sort)).length - limit)
    : after
      ? all.length - inOrder(rows, { sort, after }).length
      : offset;
  const page = all.slice(start, start + limit);
  const [first, last] = [page.at(0), page.at(-1)];
  return {
    rows: page,
    first: first && placeOf(first),
    last: last && placeOf(last),
    isAfterOthers: start > 0,
    isBeforeOthers: start + limit < all.length,
    ...(after || before ? { total: undefined } : { total: all.length, totalIs: 'exact' as const }),
  };
}
