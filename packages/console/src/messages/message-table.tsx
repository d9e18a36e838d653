import { Paper, Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { countryName } from '../lists/countries.ts';
import { maskedPhone } from '../lists/masked-phone.ts';
import { TimeText } from '../lists/time-text.tsx';
import { PageLink } from '../shell/links.tsx';
import { isTest, type Message } from './messages-api.ts';
import { StateText } from './state-text.tsx';
import { useConnectorNames } from './use-connector-names.ts';

/** Messages, a row each; on a narrow screen what has no column of its own stands below the recipient. */
export function MessageTable({ messages, isShown }: { messages: Message[]; isShown: boolean }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder radius="md">
      <Table aria-label={t('messages.title')} verticalSpacing="sm" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('messages.column.time')}</Table.Th>
            <Table.Th scope="col">{t('messages.column.recipient')}</Table.Th>
            <Table.Th scope="col" visibleFrom="md">
              {t('messages.column.country')}
            </Table.Th>
            <Table.Th scope="col" visibleFrom="md">
              {t('messages.column.usageType')}
            </Table.Th>
            <Table.Th scope="col" visibleFrom="md">
              {t('messages.column.connector')}
            </Table.Th>
            <Table.Th scope="col">{t('messages.column.state')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {messages.map((message) => (
            <Row key={message.id} message={message} isShown={isShown} />
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}

function Row({ message, isShown }: { message: Message; isShown: boolean }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  const { id, recipient, country, connectorFactoryId, state, createdAt, verifiedAt } = message;
  const place = country ? countryName(country, i18n.language) : t('messages.unknown');
  const usage = isTest(message) ? t('messages.testOf', { usageType: message.usageType }) : message.usageType;
  const connector = connectorFactoryId ? nameOf(connectorFactoryId) : t('messages.none');
  return (
    <Table.Tr>
      <Table.Td>
        <PageLink to="/messages/$id" params={{ id }} size="sm">
          <TimeText at={createdAt} />
        </PageLink>
      </Table.Td>
      <Table.Td>
        <Text size="sm" component="span" style={{ whiteSpace: 'nowrap' }}>
          {isShown ? recipient : maskedPhone(recipient)}
        </Text>
        <Text size="xs" c="dimmed" hiddenFrom="md">
          {[place, usage, connector].join(' · ')}
        </Text>
      </Table.Td>
      <Table.Td visibleFrom="md">{place}</Table.Td>
      <Table.Td visibleFrom="md">{usage}</Table.Td>
      <Table.Td visibleFrom="md">{connector}</Table.Td>
      <Table.Td>
        <StateText state={state} isVerified={verifiedAt !== null} />
      </Table.Td>
    </Table.Tr>
  );
}
