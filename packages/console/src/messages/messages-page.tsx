import { Button, Group, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { issuesOf, toApiError } from '../api/api-error.ts';
import { EmptyState } from '../lists/empty-state.tsx';
import { List } from '../lists/list.tsx';
import { inexactTotal } from '../lists/total-text.ts';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { MessageFilters } from './message-filters.tsx';
import { MessageTable } from './message-table.tsx';
import { messageListQuery } from './messages-api.ts';

const route = getRouteApi('/signed-in/frame/messages');

/** What was sent to whom through what, and what became of it. */
export function MessagesPage() {
  const { t, i18n } = useTranslation();
  const [isShown, setShown] = useState(false);
  const search = route.useSearch();
  const query = useQuery(messageListQuery(search));
  const { data, error, isFetching, refetch } = query;
  const isPhoneWrong = error !== null && issuesOf(toApiError(error)).some(({ path }) => path === 'phone');
  const { page = 1, ...filters } = search;
  return (
    <Stack>
      <PageHeading title={t('messages.title')} />
      <Text c="dimmed">{t('messages.lead')}</Text>
      <MessageFilters phoneProblem={isPhoneWrong ? t('messages.filter.wrongPhone') : undefined} />
      <Group justify="space-between">
        <Text size="sm" role="status">
          {data && !error && (inexactTotal(t, i18n.language, data) ?? t('messages.count', { count: data.total }))}
        </Text>
        <Group gap="md">
          <Switch
            label={t('messages.showNumbers')}
            checked={isShown}
            onChange={(event) => setShown(event.currentTarget.checked)}
          />
          <Button size="xs" variant="default" loading={isFetching} onClick={() => void refetch()}>
            {t('messages.refresh')}
          </Button>
        </Group>
      </Group>
      {!isPhoneWrong && (
        <List query={query} page={page} empty={<Nothing isFiltered={Object.keys(filters).length > 0 || page > 1} />}>
          {(messages) => <MessageTable messages={messages} isShown={isShown} />}
        </List>
      )}
    </Stack>
  );
}

function Nothing({ isFiltered }: { isFiltered: boolean }) {
  const { t } = useTranslation();
  return isFiltered ? (
    <EmptyState title={t('messages.noMatch.title')} text={t('messages.noMatch.text')}>
      <PageLink to="/messages">{t('messages.noMatch.clear')}</PageLink>
    </EmptyState>
  ) : (
    <EmptyState title={t('messages.empty.title')} text={t('messages.empty.text')}>
      <PageLink to="/connectors">{t('messages.empty.next')}</PageLink>
    </EmptyState>
  );
}
