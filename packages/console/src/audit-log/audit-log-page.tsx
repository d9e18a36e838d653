import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../lists/empty-state.tsx';
import { Pager } from '../lists/pager.tsx';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { auditLogQuery, pageSize } from './audit-log-api.ts';
import { AuditLogTable } from './audit-log-table.tsx';

const route = getRouteApi('/signed-in/frame/audit-log');

/** What administrators and applications changed, newest first. */
export function AuditLogPage() {
  const { t } = useTranslation();
  const { page = 1 } = route.useSearch();
  const { data, error, isPlaceholderData, refetch } = useQuery(auditLogQuery(page));
  return (
    <Stack>
      <PageHeading title={t('auditLog.title')} />
      <Text c="dimmed">{t('auditLog.lead')}</Text>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !data && <PageSkeleton />}
      {data && !error && data.entries.length === 0 && (
        <EmptyState title={t('auditLog.empty.title')} text={t('auditLog.empty.text')}>
          <PageLink to={page > 1 ? '/audit-log' : '/connectors'}>
            {t(page > 1 ? 'auditLog.empty.first' : 'auditLog.empty.next')}
          </PageLink>
        </EmptyState>
      )}
      {data && !error && data.entries.length > 0 && (
        <div aria-busy={isPlaceholderData}>
          <AuditLogTable entries={data.entries} />
          <Pager page={page} pageSize={pageSize} total={data.total} />
        </div>
      )}
    </Stack>
  );
}
