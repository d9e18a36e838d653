import { Stack } from '@mantine/core';
import { lazy } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeading } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { Part } from '../shell/part.tsx';

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
      <Part>
        <InboxInPublic />
        <ProtectionNotice />
        <FailingConnector />
        <Alerts />
      </Part>
      <Part fallback={<PageSkeleton rows={1} />}>
        <FirstSteps />
      </Part>
      <Part fallback={<PageSkeleton />}>
        <OverviewFigures />
      </Part>
    </Stack>
  );
}
