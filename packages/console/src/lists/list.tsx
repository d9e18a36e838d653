import { useNavigate } from '@tanstack/react-router';
import { type ReactNode, useEffect } from 'react';
import type { Total } from '../api/client.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { Pager } from './pager.tsx';

type Props<Row> = {
  /** The rows as they were asked for, and how many there are in all. */
  query: {
    data:
      | ({ entries: readonly Row[]; hasNext?: boolean; totalIs?: Total['totalIs'] } & Pick<Total, 'total'>)
      | undefined;
    error: unknown;
    refetch: () => unknown;
    isPlaceholderData: boolean;
  };
  /** The number of the page that was asked for; without one the list has no pages. */
  page?: number;
  /** Whether rows stay beside an error, as where they are asked for again and again. */
  staysOnError?: boolean;
  /** What is said above the rows, for example how many there are. */
  above?: ReactNode;
  /** Stands where there are no rows. With nothing here the pager stays, which leads back to pages that have some. */
  empty: ReactNode;
  /** Draws the rows. */
  children: (rows: readonly Row[]) => ReactNode;
};

/** A list that is asked for: while it loads, when that fails, while it is empty, and its rows, a page at a time. */
export function List<Row>({ query, page, staysOnError = false, above, empty, children }: Props<Row>) {
  const { data, error, refetch, isPlaceholderData } = query;
  const navigate = useNavigate();
  const isBeyond = page !== undefined && page > 1 && data?.entries.length === 0 && !isPlaceholderData;
  // A page that is not there, or not any more: the list begins anew.
  useEffect(() => {
    if (isBeyond)
      void navigate({ to: '.', search: ((now: object) => ({ ...now, page: undefined })) as never, replace: true });
  }, [isBeyond, navigate]);
  const rows = error && !staysOnError ? undefined : data?.entries;
  return (
    <>
      {error ? <ErrorNotice error={error} onRetry={refetch} /> : !data && <PageSkeleton />}
      {data && rows && (
        <div aria-busy={isPlaceholderData}>
          {above}
          {rows.length > 0 ? children(rows) : empty}
          {page !== undefined && (rows.length > 0 || !empty) && (
            <Pager page={page} total={data.total} totalIs={data.totalIs ?? 'exact'} hasNext={data.hasNext ?? false} />
          )}
        </div>
      )}
    </>
  );
}
