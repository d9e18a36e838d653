import { Text } from '@mantine/core';
import { IconMail } from '../shell/icons.tsx';
import classes from './mails.module.css';

type Props = { subject: string; text: string; locale?: string | undefined };

/** A mail as a row of an inbox: its subject, and how its text begins. */
export function InboxRow({ subject, text, locale }: Props) {
  return (
    <div className={classes.row} lang={locale} dir="auto" data-testid="inbox-row">
      <IconMail size={20} />
      <div className={classes.said}>
        <Text size="sm" fw={650} truncate>
          {subject}
        </Text>
        <Text size="xs" c="dimmed" truncate>
          {text.replaceAll(/\s+/g, ' ').trim()}
        </Text>
      </div>
    </div>
  );
}
