import { Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { toApiError } from '../api/api-error.ts';
import { ErrorNotice } from './error-notice.tsx';
import { MissingPage } from './missing-page.tsx';
import { PageSkeleton } from './page-skeleton.tsx';

type Props<Data> = {
  /** The way back to the list that the thing is in. */
  back: ReactNode;
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  children: (data: Data) => ReactNode;
};

/** The page of one thing of many: what is known of it, or why nothing is. */
export function DetailPage<Data>({ back, query: { data, error, refetch }, children }: Props<Data>) {
  return (
    <Stack>
      <div>{back}</div>
      {data !== undefined && children(data)}
      {data === undefined && error === null && <PageSkeleton />}
      {data === undefined && error !== null && <Unread error={error} onRetry={refetch} />}
    </Stack>
  );
}

/** What is gone stays gone; anything else may be tried again. */
function Unread({ error, onRetry }: { error: unknown; onRetry: () => unknown }) {
  return toApiError(error).status === 404 ? <MissingPage /> : <ErrorNotice error={error} onRetry={onRetry} />;
}
