import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { inboxQuery } from './inbox-api.ts';
import { InboxList } from './inbox-list.tsx';
import { EmptyInbox, InboxNotInUse } from './inbox-states.tsx';

/** The messages that the development inbox took instead of sending them, as they arrive. */
export function DevelopmentInboxPage() {
  const { t } = useTranslation();
  const { data: messages, error, refetch } = useQuery(inboxQuery);
  return (
    <Stack>
      <PageHeading title={t('developmentInbox.title')} />
      <Text c="dimmed">{t('developmentInbox.lead')}</Text>
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && messages === undefined && <PageSkeleton />}
      {messages === null && <InboxNotInUse />}
      {messages && (
        <>
          <Text size="sm" role="status">
            {t('developmentInbox.count', { count: messages.length })}
          </Text>
          {messages.length === 0 ? <EmptyInbox /> : <InboxList messages={messages} />}
        </>
      )}
    </Stack>
  );
}
