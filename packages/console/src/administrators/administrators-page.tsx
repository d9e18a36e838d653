import { Group, Stack, Text } from '@mantine/core';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { AdministratorList } from './administrator-list.tsx';
import { SessionList } from './session-list.tsx';

/** Who may use the Console; below it the account of whoever looks. */
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
      <Panel title={t('administrators.password.title')} lead={t('administrators.password.lead')}>
        <Group>
          <ButtonLink variant="default" to="/administrators/password">
            {t('administrators.password.open')}
          </ButtonLink>
        </Group>
      </Panel>
      <Panel title={t('administrators.sessions.title')} lead={t('administrators.sessions.lead')}>
        <SessionList />
      </Panel>
      <Outlet />
    </Stack>
  );
}
