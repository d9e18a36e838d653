import { useTranslation } from 'react-i18next';
import type { ListColumn } from '../lists/long-list.tsx';
import { OutcomeText } from '../lists/outcome-text.tsx';
import { Recipient } from '../lists/recipient.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { useConnectorNames } from '../shell/use-connector-names.ts';
import { errorWords } from './error-words.ts';
import type { Message } from './messages-api.ts';
import { placeText } from './place-text.ts';
import { purposeOf } from './purpose.ts';
import { recipientText } from './recipient-text.ts';

/** What the list of messages can show. @param isShown whether numbers are whole */
export function useMessageColumns(isShown: boolean): ListColumn<Message>[] {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  return [
    {
      name: 'time',
      isOrder: true,
      title: t('messages.column.time'),
      value: ({ createdAt }) => <TimeText at={createdAt} />,
    },
    {
      name: 'recipient',
      title: t('messages.column.recipient'),
      value: (message) => <Recipient>{recipientText(message, isShown)}</Recipient>,
    },
    {
      name: 'country',
      title: t('messages.column.country'),
      value: (message) => placeText(t, message, i18n.language),
    },
    {
      name: 'channel',
      title: t('messages.column.channel'),
      value: ({ channel }) => t(`messages.channel.${channel}`),
      isExtra: true,
    },
    {
      name: 'usageType',
      title: t('messages.column.usageType'),
      value: (message) => purposeOf(t, message),
    },
    {
      name: 'connector',
      title: t('messages.column.connector'),
      value: ({ connectorFactoryId: id }) => (id ? nameOf(id) : t('messages.none')),
    },
    {
      name: 'outcome',
      title: t('messages.column.outcome'),
      value: ({ outcome }) => <OutcomeText outcome={outcome} />,
    },
    {
      name: 'error',
      title: t('messages.column.error'),
      value: ({ error }) => (typeof error?.code === 'string' ? errorWords(t, error.code) : null),
      isExtra: true,
    },
    {
      name: 'locale',
      title: t('messages.fact.locale'),
      value: ({ locale }) => locale ?? t('messages.none'),
      isExtra: true,
    },
    {
      name: 'verifiedAt',
      title: t('messages.column.verifiedAt'),
      value: ({ verifiedAt }) => (verifiedAt === null ? null : <TimeText at={verifiedAt} />),
      isExtra: true,
    },
    {
      name: 'providerMessageId',
      title: t('messages.fact.providerMessageId'),
      value: ({ providerMessageId }) => providerMessageId,
      isExtra: true,
      breaksWords: true,
    },
    { name: 'id', title: t('messages.fact.id'), value: ({ id }) => id, isExtra: true, breaksWords: true },
  ];
}
