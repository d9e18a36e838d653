import { Stack } from '@mantine/core';
import { lazy, Suspense } from 'react';
import { useTranslation } from 'react-i18next';
import { PageHeading } from '../shell/page-heading.tsx';
import { FirstSteps } from './first-steps.tsx';
import { VerificationFigures } from './verification-figures.tsx';

/** Few see it, so nobody waits for it. */
const FailingConnector = lazy(() => import('./failing-connector.tsx'));
/** Below what fits on a screen. */
const UserFigures = lazy(() => import('./user-figures.tsx'));

/** Where things stand: what is wrong, the first steps, then how far messages come, and who signs in. */
export function OverviewPage() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <PageHeading title={t('overview.title')} />
      <Suspense>
        <FailingConnector />
      </Suspense>
      <FirstSteps />
      <VerificationFigures />
      <Suspense>
        <UserFigures />
      </Suspense>
    </Stack>
  );
}
