import { Button, Group, Stack, Table, Text } from '@mantine/core';
import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { formatTime } from '../shell/format-time.ts';
import { PageLink } from '../shell/links.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import classes from './connector-messages.module.css';
import { type Message, messagesQuery } from './connectors-api.ts';

/** The newest messages through a connector; numbers are masked until asked for. */
export function ConnectorMessages({ factoryId }: { factoryId: string }) {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(messagesQuery(factoryId));
  const [isMasked, setMasked] = useState(true);
  if (!data) return error ? <ErrorNotice error={error} onRetry={refetch} /> : <PageSkeleton />;
  if (data.entries.length === 0) return <Text c="dimmed">{t('connectors.messages.none')}</Text>;
  const columns = ['time', 'recipient', 'usageType', 'state'] as const;
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <Text size="sm" c="dimmed">
          {t('connectors.messages.shown', { shown: data.entries.length, total: data.total })}{' '}
          <PageLink to="/messages" search={{ connector: factoryId }} underline="always">
            {t('connectors.messages.all')}
          </PageLink>
        </Text>
        <Button
          variant="default"
          size="xs"
          leftSection={isMasked ? <IconEye size={16} aria-hidden /> : <IconEyeOff size={16} aria-hidden />}
          onClick={() => setMasked(!isMasked)}
        >
          {t(isMasked ? 'connectors.messages.show' : 'connectors.messages.mask')}
        </Button>
      </Group>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <section className={classes.scroll} tabIndex={0} aria-label={t('connectors.tabs.messages')}>
        <Table verticalSpacing="sm" miw={560}>
          <Table.Thead>
            <Table.Tr>
              {columns.map((column) => (
                <Table.Th key={column}>{t(`connectors.messages.${column}`)}</Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {data.entries.map((message) => (
              <MessageRow key={message.id} message={message} isMasked={isMasked} />
            ))}
          </Table.Tbody>
        </Table>
      </section>
    </Stack>
  );
}

function MessageRow({ message, isMasked }: { message: Message; isMasked: boolean }) {
  const { t, i18n } = useTranslation();
  const { createdAt, recipient, country, usageType, state, error } = message;
  const why = error?.providerMessage ?? error?.message;
  return (
    <Table.Tr>
      <Table.Td>{formatTime(createdAt, i18n.language)}</Table.Td>
      <Table.Td>
        {isMasked ? `••••${recipient.slice(-4)}` : recipient} {country}
      </Table.Td>
      <Table.Td>{usageType}</Table.Td>
      <Table.Td>
        {t(`connectors.messages.states.${state}`)}
        {typeof why === 'string' && (
          <Text size="xs" c="dimmed">
            {why}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
