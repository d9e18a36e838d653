import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeading } from '../shell/page-heading.tsx';
import { FailingConnector } from './failing-connector.tsx';
import { FirstSteps } from './first-steps.tsx';
import { VerificationFigures } from './verification-figures.tsx';

/** Where things stand: what is wrong, the first steps, then how far messages come. */
export function OverviewPage() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <PageHeading title={t('overview.title')} />
      <FailingConnector />
      <FirstSteps />
      <VerificationFigures />
    </Stack>
  );
}
