import { Group, Paper, Switch, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DetailPage } from '../shell/detail-page.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageHeading } from '../shell/page-heading.tsx';
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
  const query = useQuery(messageQuery(id));
  return (
    <DetailPage
      back={
        <PageLink to="/messages" size="sm">
          {t('messages.back')}
        </PageLink>
      }
      query={query}
    >
      {(message) => <Found message={message} />}
    </DetailPage>
  );
}

function Found({ message }: { message: FollowedMessage }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  return (
    <>
      <PageHeading title={t('messages.one')} />
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
