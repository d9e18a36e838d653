import { Group, Paper, Stack, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { ClosedCountry } from './closed-country.tsx';
import { FailureAdvice } from './failure-advice.tsx';
import { MessageFacts } from './message-facts.tsx';
import { MessageTimeline } from './message-timeline.tsx';
import { type FollowedMessage, messageQuery } from './messages-api.ts';
import { recipientText } from './recipient-text.ts';

const route = getRouteApi('/signed-in/frame/messages/$id');

/** A message: its way, the provider's answer, and what to do about it. */
export function MessagePage() {
  const { t } = useTranslation();
  const { id } = route.useParams();
  const { data: message, error, refetch } = useQuery(messageQuery(id));
  return (
    <Stack>
      <PageLink to="/messages" size="sm">
        {t('messages.back')}
      </PageLink>
      <PageHeading title={t('messages.one')} />
      {error && <ErrorNotice error={error} onRetry={refetch} />}
      {!error && !message && <PageSkeleton />}
      {message && <Found message={message} />}
    </Stack>
  );
}

function Found({ message }: { message: FollowedMessage }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <Group justify="space-between">
        <Text size="xl" fw={650}>
          {recipientText(message, isShown)}
        </Text>
        <Switch
          label={t('messages.showNumber', { context: message.channel })}
          checked={isShown}
          onChange={(event) => setShown(event.currentTarget.checked)}
        />
      </Group>
      {message.userId !== null && (
        <PageLink to="/users/$userId" params={{ userId: message.userId }} underline="always" size="sm">
          {t('messages.toUser', { context: message.channel })}
        </PageLink>
      )}
      {message.channel === 'Sms' && message.country !== null && <ClosedCountry country={message.country} />}
      <FailureAdvice message={message} isShown={isShown} />
      <Paper withBorder p="lg" radius="md">
        <Text component="h2" fw={650} mb="md">
          {t('messages.timeline.title')}
        </Text>
        <MessageTimeline message={message} />
      </Paper>
      <MessageFacts message={message} />
    </>
  );
}
