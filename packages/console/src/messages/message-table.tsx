import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { countryName } from '../lists/countries.ts';
import { type Column, ListTable } from '../lists/list-table.tsx';
import { maskedPhone } from '../lists/masked-phone.ts';
import { TimeText } from '../lists/time-text.tsx';
import { PageLink } from '../shell/links.tsx';
import { isTest, type Message } from './messages-api.ts';
import { StateText } from './state-text.tsx';
import { useConnectorNames } from './use-connector-names.ts';

/** Messages, a row each; on a narrow screen what has no column of its own stands below the recipient. */
export function MessageTable({ messages, isShown }: { messages: readonly Message[]; isShown: boolean }) {
  const { t } = useTranslation();
  return (
    <ListTable
      title={t('messages.title')}
      rows={messages}
      columns={useColumns(isShown)}
      link={({ id }, time) => (
        <PageLink to="/messages/$id" params={{ id }} size="sm">
          {time}
        </PageLink>
      )}
      highlightOnHover
    />
  );
}

function useColumns(isShown: boolean): Column<Message>[] {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  const country = (message: Message) =>
    message.country ? countryName(message.country, i18n.language) : t('messages.unknown');
  const usageType = (message: Message) =>
    isTest(message) ? t('messages.testOf', { usageType: message.usageType }) : message.usageType;
  const connector = ({ connectorFactoryId: id }: Message) => (id ? nameOf(id) : t('messages.none'));
  const wide = { country, usageType, connector };
  return [
    { name: 'time', title: t('messages.column.time'), value: ({ createdAt }) => <TimeText at={createdAt} /> },
    {
      name: 'recipient',
      title: t('messages.column.recipient'),
      value: ({ recipient }) => (
        <Text size="sm" component="span" style={{ whiteSpace: 'nowrap' }}>
          {isShown ? recipient : maskedPhone(recipient)}
        </Text>
      ),
      below: (message) => (
        <Text size="xs" c="dimmed" hiddenFrom="md">
          {Object.values(wide)
            .map((textOf) => textOf(message))
            .join(' · ')}
        </Text>
      ),
    },
    ...(['country', 'usageType', 'connector'] as const).map((name) => ({
      name,
      title: t(`messages.column.${name}`),
      value: wide[name],
      visibleFrom: 'md' as const,
    })),
    {
      name: 'state',
      title: t('messages.column.state'),
      value: ({ state, verifiedAt }) => <StateText state={state} isVerified={verifiedAt !== null} />,
    },
  ];
}
