import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeading } from '../shell/page-heading.tsx';
import { FirstSteps } from './first-steps.tsx';
import { VerificationFigures } from './verification-figures.tsx';

/** Where things stand: the first steps, then how far messages come. */
export function OverviewPage() {
  const { t } = useTranslation();
  return (
    <Stack gap="lg">
      <PageHeading title={t('overview.title')} />
      <FirstSteps />
      <VerificationFigures />
    </Stack>
  );
}
