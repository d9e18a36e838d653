import { Group, Stack, Text } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { AdministratorList } from './administrator-list.tsx';

/** Who may use the Console, and as what. */
export function AdministratorsPage() {
  const { t } = useTranslation();
  return (
    <Stack>
      <Group justify="space-between">
        <PageHeading title={t('administrators.navigation')} />
        <ButtonLink to="/administrators/add">{t('administrators.add.open')}</ButtonLink>
      </Group>
      <Text c="dimmed">{t('administrators.lead')}</Text>
      <AdministratorList />
      <Outlet />
    </Stack>
  );
}
