import { Stack, Switch } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { issuesOf, toApiError } from '../api/api-error.ts';
import { EmptyState } from '../lists/empty-state.tsx';
import { LongList } from '../lists/long-list.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading, PageTop } from '../shell/page-heading.tsx';
import { followingMs, messageQueryOf, readMessages } from './messages-api.ts';
import { useMessageColumns } from './use-message-columns.tsx';
import { useMessageFilters } from './use-message-filters.ts';

const route = getRouteApi('/signed-in/frame/messages');

const refusesNumber = (error: unknown) =>
  issuesOf(toApiError(error)).some(({ path }) => path === 'phone' || path === 'email' || path === 'search');

/** What was sent to whom through what, and what became of it. */
export function MessagesPage() {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  const [wrongNumber, setWrongNumber] = useState<string>();
  const search = route.useSearch();
  const typed = search.phone ?? search.email ?? search.search;
  return (
    <Stack>
      <PageTop
        lead={t('messages.lead')}
        actions={
          <PageLink to="/messages/suppressions" size="sm">
            {t('messages.suppressions.title')}
          </PageLink>
        }
      >
        <PageHeading title={t('messages.title')} />
      </PageTop>
      <LongList
        name="messages"
        title={t('messages.title')}
        search={search}
        filters={useMessageFilters(search, typed !== undefined && wrongNumber === typed)}
        query={messageQueryOf(search)}
        read={async (query) => {
          try {
            return await readMessages(query as object);
          } catch (error) {
            if (refusesNumber(error)) setWrongNumber(typed);
            throw error;
          }
        }}
        path="/api/messages"
        refetchMs={followingMs}
        columns={useMessageColumns(isShown)}
        link={({ id }, time) => (
          <PageLink to="/messages/$id" params={{ id }} size="sm">
            {time}
          </PageLink>
        )}
        countText={(count) => t('messages.count', { count })}
        actions={
          <Switch
            label={t('messages.showNumbers')}
            checked={isShown}
            onChange={(event) => setShown(event.currentTarget.checked)}
          />
        }
        isRefused={refusesNumber}
        empty={
          <EmptyState title={t('messages.empty.title')} text={t('messages.empty.text')}>
            <PageLink to="/connectors">{t('messages.empty.next')}</PageLink>
          </EmptyState>
        }
      />
    </Stack>
  );
}
