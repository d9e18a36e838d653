import { Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { CopyButton } from '../lists/copy-button.tsx';
import { TimeText } from '../lists/time-text.tsx';
import type { InboxMessage } from './inbox-api.ts';
import classes from './inbox-list.module.css';

/** The messages, newest first. */
export function InboxList({ messages }: { messages: readonly InboxMessage[] }) {
  return (
    <ol className={classes.messages}>
      {messages.map((message) => (
        <Paper key={message.id} component="li" withBorder p="md" radius="md">
          <Message message={message} />
        </Paper>
      ))}
    </ol>
  );
}

function Message({ message: { phone, usageType, text, code, locale, createdAt } }: { message: InboxMessage }) {
  const { t } = useTranslation();
  return (
    <div className={classes.message}>
      <div>
        <Group gap="xs">
          <Text fw={650}>{phone}</Text>
          <Text size="sm" c="dimmed">
            {usageType}
            {locale && ` · ${locale}`} · <TimeText at={Date.parse(createdAt)} />
          </Text>
        </Group>
        <p className={classes.text} lang={locale ?? undefined}>
          {text}
        </p>
      </div>
      {code !== null && (
        <Group gap="sm" wrap="nowrap">
          <Text className={classes.code} component="span">
            {code}
          </Text>
          <CopyButton text={code} label={t('developmentInbox.copy', { code, phone })} />
        </Group>
      )}
    </div>
  );
}
