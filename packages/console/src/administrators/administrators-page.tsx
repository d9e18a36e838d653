import { Stack } from '@mantine/core';
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
      <PageTop
        lead={t('administrators.lead')}
        actions={<ButtonLink to="/administrators/add">{t('administrators.add.open')}</ButtonLink>}
      >
        <PageHeading title={t('sections.administrators')} />
      </PageTop>
      <AdministratorList />
      <Outlet />
    </Stack>
  );
}
