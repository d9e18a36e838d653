import { Code, Stack } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../lists/empty-state.tsx';
import type { Filter } from '../lists/filters.tsx';
import { type ListColumn, LongList } from '../lists/long-list.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { actionTexts } from './action-text.ts';
import { actorTypes, auditLogQueryOf, type Entry, readAuditLog } from './audit-log-api.ts';
import { ChangeList } from './change-list.tsx';
import { actionName, EventText } from './event-text.tsx';
import { isRecipient } from './recipients.ts';

const route = getRouteApi('/signed-in/frame/audit-log');

/** What administrators and applications changed. */
export function AuditLogPage() {
  const { t } = useTranslation();
  const search = route.useSearch();
  return (
    <Stack>
      <PageTop lead={t('auditLog.lead')}>
        <PageHeading title={t('auditLog.title')} />
      </PageTop>
      <LongList
        name="audit-log"
        title={t('auditLog.title')}
        search={search}
        filters={useFilters()}
        query={auditLogQueryOf(search)}
        read={readAuditLog}
        path="/api/audit-log"
        columns={useColumns()}
        countText={(count) => t('auditLog.count', { count })}
        empty={
          <EmptyState title={t('auditLog.empty.title')} text={t('auditLog.empty.text')}>
            <PageLink to="/connectors">{t('auditLog.empty.next')}</PageLink>
          </EmptyState>
        }
      />
    </Stack>
  );
}

function useFilters(): Filter[] {
  const { t, i18n } = useTranslation();
  const subjects = [
    ...(['administrator', 'application', 'connector', 'email', 'hook', 'phone'] as const),
    ...(['resource', 'sign-in-experience', 'user'] as const),
  ];
  return [
    { name: 'search', label: t('auditLog.filter.search'), placeholder: t('auditLog.filter.placeholder') },
    {
      name: 'actorType',
      label: t('auditLog.filter.actorType'),
      options: actorTypes.map((value) => ({ value, label: t(`auditLog.actor.${value}`) })),
    },
    {
      name: 'action',
      label: t('auditLog.filter.action'),
      options: Object.keys(actionTexts)
        .map((value) => ({ value, label: actionName(t, value) }))
        .toSorted((one, other) => one.label.localeCompare(other.label, i18n.language)),
    },
    {
      name: 'subjectType',
      label: t('auditLog.filter.subjectType'),
      options: subjects.map((value) => ({ value, label: t(`auditLog.subject.${value}`) })),
    },
  ];
}

function useColumns(): ListColumn<Entry>[] {
  const { t } = useTranslation();
  return [
    { name: 'time', isOrder: true, title: t('auditLog.column.time'), value: ({ at }) => <TimeText at={at} /> },
    {
      name: 'event',
      title: t('auditLog.column.event'),
      value: (entry) => <EventText entry={entry} />,
      breaksWords: true,
    },
    {
      name: 'actorType',
      title: t('auditLog.column.actorType'),
      value: ({ actor }) => t(`auditLog.actor.${actor.type}`),
    },
    {
      name: 'changes',
      title: t('auditLog.column.changes'),
      value: (entry) => <ChangeList entry={entry} />,
      breaksWords: true,
    },
    {
      name: 'subject',
      title: t('auditLog.column.subject'),
      value: ({ subject: { type, id } }) => (isRecipient(type) || id === null ? null : <Code>{id}</Code>),
      isExtra: true,
    },
    {
      name: 'times',
      title: t('auditLog.column.times'),
      value: ({ times }) => times,
      isExtra: true,
    },
    { name: 'id', title: t('auditLog.column.id'), value: ({ id }) => id, isExtra: true, breaksWords: true },
  ];
}
