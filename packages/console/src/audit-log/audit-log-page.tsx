import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../lists/empty-state.tsx';
import { List } from '../lists/list.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { auditLogQuery } from './audit-log-api.ts';
import { AuditLogTable } from './audit-log-table.tsx';

const route = getRouteApi('/signed-in/frame/audit-log');

/** What administrators and applications changed, newest first. */
export function AuditLogPage() {
  const { t } = useTranslation();
  const { page = 1 } = route.useSearch();
  const query = useQuery(auditLogQuery(page));
  return (
    <Stack>
      <PageHeading title={t('auditLog.title')} />
      <Text c="dimmed">{t('auditLog.lead')}</Text>
      <List query={query} page={page} empty={<NoEntries page={page} />}>
        {(entries) => <AuditLogTable entries={entries} />}
      </List>
    </Stack>
  );
}

function NoEntries({ page }: { page: number }) {
  const { t } = useTranslation();
  return (
    <EmptyState title={t('auditLog.empty.title')} text={t('auditLog.empty.text')}>
      <PageLink to={page > 1 ? '/audit-log' : '/connectors'}>
        {t(page > 1 ? 'auditLog.empty.first' : 'auditLog.empty.next')}
      </PageLink>
    </EmptyState>
  );
}
