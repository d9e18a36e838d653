import { Container, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { PageLink } from './links.tsx';
import { PageHeading } from './page-heading.tsx';

/** The same as a page of its own. */
export function LostPage() {
  return (
    <main>
      <MissingPage />
    </main>
  );
}

/** What an address that leads nowhere shows. */
export function MissingPage() {
  const { t } = useTranslation();
  return (
    <Container component="section" size="sm" py="xl">
      <Stack align="flex-start">
        <PageHeading title={t('shell.notFound.title')} />
        <Text>{t('shell.notFound.text')}</Text>
        <PageLink to="/">{t('shell.notFound.back')}</PageLink>
      </Stack>
    </Container>
  );
}
