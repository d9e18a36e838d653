import { Button, Group, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { MessageTable } from '../messages/message-table.tsx';
import { messageListQuery } from '../messages/messages-api.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { IconEye, IconEyeOff } from '../shell/icons.tsx';
import { PageLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';

/** The newest messages through a connector; numbers are masked until asked for. */
export function ConnectorMessages({ factoryId }: { factoryId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(messageListQuery({ connector: factoryId }));
  const [isShown, setShown] = useState(false);
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <PageSkeleton />;
  if (data.entries.length === 0) return <Text c="dimmed">{t('connectors.messages.none')}</Text>;
  const Icon = isShown ? IconEyeOff : IconEye;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('connectors.messages.shown', { shown: data.entries.length, total: data.total })}{' '}
          <PageLink to="/messages" search={{ connector: factoryId }} underline="always">
            {t('connectors.messages.all')}
          </PageLink>
        </Text>
        <Button variant="default" size="xs" leftSection={<Icon size={16} />} onClick={() => setShown(!isShown)}>
          {t(isShown ? 'connectors.messages.mask' : 'connectors.messages.show')}
        </Button>
      </Group>
      <MessageTable messages={data.entries} isShown={isShown} />
    </Stack>
  );
}
