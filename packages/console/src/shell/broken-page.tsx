import { Button, Container, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageHeading } from './page-heading.tsx';

/** Stands where a page broke, so that there is never a blank one. */
export function BrokenPage() {
  const { t } = useTranslation();
  return (
    <Container component="section" size="sm" py="xl">
      <Stack align="flex-start">
        <PageHeading title={t('shell.crashed.title')} />
        <Text>{t('shell.crashed.text')}</Text>
        <Button onClick={() => window.location.reload()}>{t('shell.retry')}</Button>
      </Stack>
    </Container>
  );
}
