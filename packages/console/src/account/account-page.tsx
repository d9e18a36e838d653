import { Badge, Group, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { sessionQuery } from '../session/session.ts';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { SessionList } from './session-list.tsx';
import { TwoStepPanel } from './two-step-panel.tsx';

/** Who is signed in, what they may do, and how they sign in. */
export function AccountPage() {
  const { t } = useTranslation();
  const { data: session } = useQuery(sessionQuery);
  if (!session) return null;
  const { username, role } = session.administrator;
  return (
    <Stack>
      <PageTop lead={t(`account.may.${role}`, { username })}>
        <Group gap="sm">
          <PageHeading title={t('sections.account')} />
          <Badge variant="outline">{t(`shell.role.${role}`)}</Badge>
        </Group>
      </PageTop>
      <TwoStepPanel twoStep={session.twoStep} />
      <Panel title={t('account.password.title')} lead={t('account.password.lead')}>
        <Group>
          <ButtonLink variant="default" to="/account/password">
            {t('account.password.open')}
          </ButtonLink>
        </Group>
      </Panel>
      <Panel title={t('account.sessions.title')} lead={t('account.sessions.lead')}>
        <SessionList />
      </Panel>
      <Outlet />
    </Stack>
  );
}
