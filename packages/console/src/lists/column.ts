import type { ReactNode } from 'react';

/** A column of a table. */
export type Column<Row> = {
  /** Tells it from the others. */
  name: string;
  title: string;
  value: (row: Row) => ReactNode;
  /** What stands behind the value. */
  beside?: (row: Row) => ReactNode;
  /** What stands below the value, for example what has no column on a narrow screen. */
  below?: (row: Row) => ReactNode;
  /** The narrowest screen that it is shown on; by default every one. */
  visibleFrom?: 'sm' | 'md';
  /** Whether it stands at the end of the row. */
  isAtEnd?: boolean;
  /** Whether long words may be broken anywhere. */
  breaksWords?: boolean;
  /** Whether it is the time that the list is in the order of where nothing is said. */
  isOrder?: boolean;
  /** What the API calls the order by it; `title` where what is in order is called otherwise than the column. */
  order?: { by: string; title?: string };
};
