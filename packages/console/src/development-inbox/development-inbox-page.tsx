import { Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { List } from '../lists/list.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { inboxQuery } from './inbox-api.ts';
import { InboxList } from './inbox-list.tsx';
import { EmptyInbox, InboxNotInUse } from './inbox-states.tsx';

/** The messages that the development inbox took instead of sending them, as they arrive. */
export function DevelopmentInboxPage() {
  const { t } = useTranslation();
  const query = useQuery(inboxQuery);
  const { isInUse = false, total = 0 } = query.data ?? {};
  return (
    <Stack>
      <PageHeading title={t('developmentInbox.title')} />
      <Text c="dimmed">{t('developmentInbox.lead')}</Text>
      <List
        query={query}
        staysOnError
        above={
          isInUse && (
            <Text size="sm" role="status" mb="md">
              {t('developmentInbox.count', { count: total })}
            </Text>
          )
        }
        empty={isInUse ? <EmptyInbox /> : <InboxNotInUse />}
      >
        {(messages) => <InboxList messages={messages} />}
      </List>
    </Stack>
  );
}
