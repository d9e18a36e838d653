import { Group, Stack } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { AdministratorList } from './administrator-list.tsx';

/** Who may use the Console, and as what. */
export function AdministratorsPage() {
  const { t } = useTranslation();
  return (
    <Stack>
      <PageTop lead={t('administrators.lead')}>
        <Group justify="space-between">
          <PageHeading title={t('sections.administrators')} />
          <ButtonLink to="/administrators/add">{t('administrators.add.open')}</ButtonLink>
        </Group>
      </PageTop>
      <AdministratorList />
      <Outlet />
    </Stack>
  );
}
