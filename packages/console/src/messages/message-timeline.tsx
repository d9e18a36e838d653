import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ofChannel } from '../i18n/of-channel.ts';
import { TimeText } from '../lists/time-text.tsx';
import { useConnectorNames } from '../shell/use-connector-names.ts';
import classes from './message-timeline.module.css';
import type { FollowedMessage } from './messages-api.ts';
import { stepsOf } from './timeline.ts';

/** The way of a message as a list of steps. */
export function MessageTimeline({ message }: { message: FollowedMessage }) {
  const { t } = useTranslation();
  const { nameOf } = useConnectorNames();
  const { connectorFactoryId } = message;
  const connector = connectorFactoryId ? nameOf(connectorFactoryId) : t('messages.none');
  return (
    <ol className={classes.steps}>
      {stepsOf(message).map(({ name, at, words, mood }) => (
        <li key={`${name} ${at} ${words}`} className={classes.step} data-mood={mood}>
          <Text fw={600} size="sm">
            {t(`messages.timeline.${name}`, { connector, ...ofChannel(message.channel) })}
          </Text>
          {at !== undefined && (
            <Text size="sm" c="dimmed">
              <TimeText at={at} />
            </Text>
          )}
          {words && (
            <Text size="sm" c="dimmed">
              {words}
            </Text>
          )}
        </li>
      ))}
    </ol>
  );
}
