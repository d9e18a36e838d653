import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { ErrorNotice } from '../../shell/error-notice.tsx';
import { PageSkeleton } from '../../shell/page-skeleton.tsx';
import { checkQuery } from './check-api.ts';
import { CheckForm } from './check-form.tsx';
import { TestNumbersPanel } from './test-numbers-panel.tsx';

/** Who is checked before something is sent, and numbers that nothing is sent to. */
export function CheckPage() {
  const { data, error, refetch } = useQuery(checkQuery);
  return (
    <Stack>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton />}
      {data && <CheckForm stored={data} />}
      <TestNumbersPanel />
      <Outlet />
    </Stack>
  );
}
