import { Code, Paper, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { setUpConnectorsQuery } from '../api/connectors.ts';
import { OutcomeText } from '../lists/outcome-text.tsx';
import { PageLink } from '../shell/links.tsx';
import { useConnectorNames } from '../shell/use-connector-names.ts';
import { FactList } from './fact-list.tsx';
import type { Message } from './messages-api.ts';
import { placeText } from './place-text.ts';
import { purposeOf } from './purpose.ts';

/** What is recorded of a message. */
export function MessageFacts({ message }: { message: Message }) {
  const { t, i18n } = useTranslation();
  const { id, locale, outcome, providerMessageId, parts, estimatedParts, price, cost, network } = message;
  const spent = price ? { ...price, isEstimated: false } : cost;
  const facts = [
    { name: t('messages.column.channel'), value: t(`messages.channel.${message.channel}`) },
    { name: t('messages.column.outcome'), value: <OutcomeText outcome={outcome} /> },
    // A mailbox is in no country.
    ...(message.channel === 'Email'
      ? []
      : [{ name: t('messages.column.country'), value: placeText(t, message, i18n.language) }]),
    { name: t('messages.column.usageType'), value: purposeOf(t, message) },
    { name: t('messages.fact.locale'), value: locale ?? t('messages.none') },
    { name: t('messages.column.connector'), value: <ConnectorName message={message} /> },
    {
      name: t('messages.fact.providerMessageId'),
      value: providerMessageId ? <Code>{providerMessageId}</Code> : t('messages.none'),
    },
    // What no provider took is billed as nothing.
    ...(parts === null && (estimatedParts === null || spent === null)
      ? []
      : [{ name: t('messages.fact.parts'), value: estimatedText(t, String(parts ?? estimatedParts), parts === null) }]),
    ...(spent === null
      ? []
      : [
          {
            name: t('messages.fact.price'),
            value: estimatedText(t, `${spent.amount} ${spent.currency}`, spent.isEstimated),
          },
        ]),
    ...(network === null ? [] : [{ name: t('messages.fact.network'), value: <Code>{network}</Code> }]),
    { name: t('messages.fact.id'), value: <Code>{id}</Code> },
  ];
  return (
    <Paper withBorder p="lg" radius="md">
      <Text component="h2" fw={650} mb="md">
        {t('messages.fact.title')}
      </Text>
      <FactList facts={facts} />
    </Paper>
  );
}

/** Says so of what only we have reckoned. */
const estimatedText = (t: TFunction, text: string, isEstimated: boolean): string =>
  isEstimated ? t('messages.fact.estimated', { text }) : text;

function ConnectorName({ message: { connectorId, connectorFactoryId } }: { message: Message }) {
  const { t } = useTranslation();
  const { nameOf } = useConnectorNames();
  const { data: all } = useQuery(setUpConnectorsQuery);
  const live = all?.find(({ id, state }) => id === connectorId && state === 'live');
  if (!connectorFactoryId) return t('messages.none');
  const name = nameOf(connectorFactoryId);
  if (!live) return name;
  return (
    <PageLink to="/connectors/$id" params={{ id: live.id }} size="sm">
      {name}
    </PageLink>
  );
}
