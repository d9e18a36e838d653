import { Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Outlet } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../lists/empty-state.tsx';
import { Pager } from '../lists/pager.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { ButtonLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { ApplicationTable } from './application-table.tsx';
import { applicationsQuery, pageSize } from './applications-api.ts';

const route = getRouteApi('/signed-in/frame/applications');

/** The applications, a page at a time. */
export function ApplicationsPage() {
  const { t } = useTranslation();
  const { page = 1 } = route.useSearch();
  return (
    <Stack>
      <Group justify="space-between">
        <PageHeading title={t('applications.navigation')} />
        <ButtonLink to="/applications/create" search>
          {t('applications.create.open')}
        </ButtonLink>
      </Group>
      <Text c="dimmed">{t('applications.lead')}</Text>
      <ApplicationList page={page} />
      <Outlet />
    </Stack>
  );
}

function ApplicationList({ page }: { page: number }) {
  const { t } = useTranslation();
  const { data, error, refetch, isPlaceholderData } = useQuery(applicationsQuery(page));
  if (error) return <ErrorNotice error={error} onRetry={refetch} />;
  if (!data) return <PageSkeleton />;
  const { entries, total } = data;
  return (
    <div aria-busy={isPlaceholderData}>
      {entries.length > 0 && <ApplicationTable applications={entries} />}
      {total === 0 && (
        <EmptyState title={t('applications.empty.title')} text={t('applications.empty.text')}>
          <ButtonLink to="/applications/create">{t('applications.create.open')}</ButtonLink>
        </EmptyState>
      )}
      <Pager page={page} pageSize={pageSize} total={total} />
    </div>
  );
}
