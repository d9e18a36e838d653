import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../lists/empty-state.tsx';
import { List } from '../lists/list.tsx';
import { Allowed } from '../session/role.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { ApplicationTable } from './application-table.tsx';
import { applicationsQuery } from './applications-api.ts';

const route = getRouteApi('/signed-in/frame/applications');

/** The applications, a page at a time. */
export function ApplicationsPage() {
  const { t } = useTranslation();
  const { page = 1 } = route.useSearch();
  const query = useQuery(applicationsQuery(page));
  return (
    <Stack>
      <PageTop
        lead={t('applications.lead')}
        actions={
          <Allowed as="owner">
            <ButtonLink to="/applications/create" search>
              {t('applications.create.open')}
            </ButtonLink>
          </Allowed>
        }
      >
        <PageHeading title={t('sections.applications')} />
      </PageTop>
      <List query={query} page={page} empty={query.data?.total === 0 && <NoApplications />}>
        {(applications) => <ApplicationTable applications={applications} />}
      </List>
      <Outlet />
    </Stack>
  );
}

function NoApplications() {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('applications.empty.title')} text={t('applications.empty.text')}>
      <Allowed as="owner">
        <ButtonLink to="/applications/create">{t('applications.create.open')}</ButtonLink>
      </Allowed>
    </EmptyState>
  );
}
