import { Badge, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { usageName } from '../i18n/usage-text.ts';
import { CopyButton } from '../lists/copy-button.tsx';
import type { ListColumn } from '../lists/long-list.tsx';
import { Recipient } from '../lists/recipient.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { PageLink } from '../shell/links.tsx';
import { shownAddress } from '../shell/shown-address.ts';
import type { InboxMessage } from './inbox-api.ts';
import { MailButton } from './mail-button.tsx';

/** What the list of the inbox can show. */
export function useInboxColumns(): ListColumn<InboxMessage>[] {
  const { t } = useTranslation();
  return [
    {
      name: 'time',
      isOrder: true,
      title: t('developmentInbox.column.time'),
      value: ({ createdAt }) => <TimeText at={Date.parse(createdAt)} />,
    },
    {
      name: 'recipient',
      title: t('developmentInbox.column.recipient'),
      value: (message) => <Recipient>{recipientOf(message)}</Recipient>,
      below: ({ userId }) =>
        userId && (
          <PageLink to="/users/$userId" params={{ userId }} size="sm">
            {t('developmentInbox.user')}
          </PageLink>
        ),
    },
    { name: 'code', title: t('developmentInbox.column.code'), value: (message) => <Code message={message} /> },
    {
      name: 'text',
      title: t('developmentInbox.column.text'),
      value: ({ subject, text, html, locale }) => (
        <div lang={locale ?? undefined} dir="auto">
          {subject !== null && (
            <Text size="sm" fw={650}>
              {subject}
            </Text>
          )}
          {/* All of a mail is a click away. */}
          <Text size="sm" {...(html === null ? { style: { whiteSpace: 'pre-wrap' } } : { lineClamp: 3 })}>
            {text}
          </Text>
        </div>
      ),
      below: ({ subject, html }) => html !== null && <MailButton subject={subject ?? ''} html={html} />,
      breaksWords: true,
    },
    {
      name: 'usageType',
      title: t('developmentInbox.column.usageType'),
      value: ({ usageType }) => usageName(t, usageType),
    },
    {
      name: 'locale',
      title: t('developmentInbox.column.locale'),
      value: ({ locale }) => locale,
      isExtra: true,
    },
    {
      name: 'id',
      title: t('developmentInbox.column.id'),
      value: ({ id }) => (
        <PageLink to="/messages/$id" params={{ id }} size="sm">
          {id}
        </PageLink>
      ),
      isExtra: true,
      breaksWords: true,
    },
  ];
}

const recipientOf = ({ phone, email }: InboxMessage) => phone ?? shownAddress(email ?? '');

/** The code, to be copied, and whether it still can be entered. */
function Code({ message }: { message: InboxMessage }) {
  const { code, codeState } = message;
  const { t } = useTranslation();
  const isOver = codeState === 'used' || codeState === 'expired';
  return (
    <Group gap="sm">
      {code !== null && (
        <Text
          component="span"
          ff="monospace"
          fz="1.35rem"
          fw={650}
          c={isOver ? 'dimmed' : undefined}
          td={isOver ? 'line-through' : undefined}
        >
          {code}
        </Text>
      )}
      {isOver && <Badge variant="default">{t(`developmentInbox.codeState.${codeState}`)}</Badge>}
      {code !== null && !isOver && (
        <CopyButton text={code} label={t('developmentInbox.copy', { code, recipient: recipientOf(message) })} />
      )}
    </Group>
  );
}
