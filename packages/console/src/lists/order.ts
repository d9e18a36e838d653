import type { TFunction } from 'i18next';
import type { Column } from './column.ts';

/** Which way the list is in the order of a column. */
export type Direction = 'ascending' | 'descending';

type Ordered = Pick<Column<never>, 'isOrder' | 'order' | 'title'>;

/** Which way a list is in the order of this column; nothing where it is in another. @param sort as the API has it */
export function directionOf({ isOrder, order }: Ordered, sort: string): Direction | undefined {
  const [up, down] = isOrder ? ['oldest', 'newest'] : [order?.by, `-${order?.by}`];
  if (sort === up) return 'ascending';
  return sort === down ? 'descending' : undefined;
}

/** What a press on the head of the column asks for: its order, or the other way around. */
export function nextSort(column: Ordered, sort: string): string {
  if (column.isOrder) return sort === 'newest' ? 'oldest' : 'newest';
  const by = column.order?.by ?? '';
  return sort === by ? `-${by}` : by;
}

/** An order in words. */
export function sortText(t: TFunction, sort: string, columns: readonly Ordered[]): string {
  if (sort === 'newest' || sort === 'oldest') return t(`lists.sort.${sort}`);
  const column = columns.find(({ order }) => order && (sort === order.by || sort === `-${order.by}`));
  return t(sort.startsWith('-') ? 'lists.sort.down' : 'lists.sort.up', { column: titleOf(column) });
}

/** Every order that a list can be in. */
export const sortsOf = (columns: readonly Ordered[]): string[] => [
  'newest',
  'oldest',
  ...columns.flatMap(({ order }) => (order ? [order.by, `-${order.by}`] : [])),
];

/** What only entries have that are in the order of it; nothing where that is a time. */
export function neededFor(sort: string | undefined, columns: readonly Ordered[]): string | undefined {
  const column = columns.find(({ order }) => order && (sort === order.by || sort === `-${order.by}`));
  return column && titleOf(column);
}

const titleOf = (column: Ordered | undefined): string => column?.order?.title ?? column?.title ?? '';
