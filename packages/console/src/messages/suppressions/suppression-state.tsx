import { Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { TimeText } from '../../lists/time-text.tsx';
import { useMay } from '../../session/role.tsx';
import { PageLink } from '../../shell/links.tsx';
import { LiftButton } from './lift-button.tsx';
import { suppressionQuery } from './suppressions-api.ts';
import { WhyText } from './why-text.tsx';

type Props = {
  email: string;
  /** Whether addresses are whole. */
  isShown: boolean;
  /** The message that it stands beside: it is not linked. */
  messageId?: string;
};

/** Since when and why an address gets no mail, and the way back; nothing where it does. For whoever sees addresses. */
export function SuppressionState({ email, isShown, messageId }: Props) {
  const { t } = useTranslation();
  const { data } = useQuery({ ...suppressionQuery(email), enabled: useMay('operator') });
  if (!data) return null;
  return (
    <Group justify="space-between" gap="sm">
      <Text size="sm" component="div" flex="1 1 16rem" style={{ overflowWrap: 'anywhere' }}>
        <strong>
          {t('messages.suppressions.since')} <TimeText at={data.createdAt} />
        </strong>
        <br />
        <WhyText of={data} isShown={isShown} />{' '}
        {data.messageId !== null && data.messageId !== messageId && (
          <PageLink to="/messages/$id" params={{ id: data.messageId }} underline="always">
            {t('messages.suppressions.message')}
          </PageLink>
        )}
      </Text>
      <LiftButton email={email} {...(!isShown && { shown: t('messages.suppressions.thisAddress') })} />
    </Group>
  );
}
