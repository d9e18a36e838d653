import { Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeading } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';

/** Few see it, so nobody waits for it. */
const Alerts = lazy(() => import('./alerts.tsx'));
const FailingConnector = lazy(() => import('./failing-connector.tsx'));
const InboxInPublic = lazy(() => import('./inbox-in-public.tsx'));
const ProtectionNotice = lazy(() => import('./protection-notice.tsx'));
const FirstSteps = lazy(() => import('./first-steps.tsx'));
const OverviewFigures = lazy(() => import('./overview-figures.tsx'));

/** Where things stand: what is wrong, the first steps, then the figures. */
export function OverviewPage() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <PageHeading title={t('overview.title')} />
      <Suspense>
        <InboxInPublic />
        <ProtectionNotice />
        <FailingConnector />
        <Alerts />
      </Suspense>
      <Suspense fallback={<PageSkeleton rows={1} />}>
        <FirstSteps />
      </Suspense>
      <Suspense fallback={<PageSkeleton />}>
        <OverviewFigures />
      </Suspense>
    </Stack>
  );
}
