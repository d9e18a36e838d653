import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { CheckForm } from './check-form.tsx';
import { checkQuery } from './protection-api.ts';
import { TestNumbersPanel } from './test-numbers-panel.tsx';

/** Who is checked before something is sent, and numbers that nothing is sent to. */
export function ProtectionPage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(checkQuery);
  return (
    <Stack>
      <PageTop lead={t('protection.lead')}>
        <PageHeading title={t('sections.protection')} />
      </PageTop>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton />}
      {data && <CheckForm stored={data} />}
      <TestNumbersPanel />
      <Outlet />
    </Stack>
  );
}
