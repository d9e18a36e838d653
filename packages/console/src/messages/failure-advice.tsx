import { Alert, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { setUpConnectorsQuery } from '../api/connectors.ts';
import { ofChannel } from '../i18n/of-channel.ts';
import { IconAlertTriangle } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';
import { type Advice, adviceFor, failureOf, maskedFailure } from './failure.ts';
import { FailureWords } from './failure-words.tsx';
import type { Message } from './messages-api.ts';
import { ProviderAnswer } from './provider-answer.tsx';
import { SuppressionState } from './suppressions/suppression-state.tsx';

/**
 * Why a message did not arrive, in the provider's words, and what to do. Nothing while nothing is wrong. Providers
 * quote the number; it is masked where the recipient is.
 */
export function FailureAdvice({ message, isShown }: { message: Message; isShown: boolean }) {
  const { t } = useTranslation();
  const advice = adviceFor(message);
  if (!advice) return null;
  const failure = isShown ? failureOf(message) : maskedFailure(failureOf(message));
  return (
    <Alert
      color={message.state === 'failed' || message.state === 'undelivered' ? 'red' : 'orange'}
      variant="outline"
      icon={<IconAlertTriangle />}
      title={
        <Text fw={650} c="var(--mantine-color-text)">
          {t(`messages.advice.${advice}.title`, ofChannel(message.channel))}
        </Text>
      }
    >
      <Stack gap="sm">
        <FailureWords failure={failure} factoryId={message.connectorFactoryId} />
        <Text size="sm">{t(`messages.advice.${advice}.text`, ofChannel(message.channel))}</Text>
        <NextStep advice={advice} message={message} />
        {message.channel === 'Email' && failure.kind === 'recipient' && (
          <SuppressionState email={message.recipient} isShown={isShown} messageId={message.id} />
        )}
        <ProviderAnswer failure={failure} factoryId={message.connectorFactoryId} />
      </Stack>
    </Alert>
  );
}

function NextStep({ advice, message: { channel, connectorId } }: { advice: Advice; message: Message }) {
  const { t } = useTranslation();
  const { data: all } = useQuery(setUpConnectorsQuery);
  const live = all?.find(({ id, state }) => id === connectorId && state === 'live');
  if (advice === 'noConnector') {
    return (
      <PageLink to="/connectors/choose" search={channel === 'Email' ? { channel } : {}} size="sm">
        {t('messages.advice.setUp')}
      </PageLink>
    );
  }
  if ((advice !== 'configuration' && advice !== 'template' && advice !== 'unsent') || !live) return null;
  return (
    <PageLink
      to="/connectors/$id"
      params={{ id: live.id }}
      search={{ tab: advice === 'template' ? 'templates' : 'settings' }}
      size="sm"
    >
      {t('messages.advice.openConnector')}
    </PageLink>
  );
}
