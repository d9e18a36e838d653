import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { ofChannel } from '../i18n/of-channel.ts';
import { TimeText } from '../lists/time-text.tsx';
import { useConnectorNames } from '../shell/use-connector-names.ts';
import { askedLines, decidedLines } from './asked-text.ts';
import classes from './message-timeline.module.css';
import type { FollowedMessage } from './messages-api.ts';
import { type Step, stepsOf, withTimeBetween } from './timeline.ts';

/** The way of a message as a list of steps. */
export function MessageTimeline({ message }: { message: FollowedMessage }) {
  const { t, i18n } = useTranslation();
  const { nameOf } = useConnectorNames();
  const { connectorFactoryId } = message;
  const connector = connectorFactoryId ? nameOf(connectorFactoryId) : t('messages.none');
  const linesOf = ({ name, words }: Step): string[] => {
    if (words) return [words];
    if (!message.asked) return [];
    if (name === 'requested') return askedLines(t, message.asked);
    return name === 'decided' ? decidedLines(t, message.asked, i18n.language) : [];
  };
  return (
    <ol className={classes.steps}>
      {withTimeBetween(stepsOf(message)).map(({ since, ...step }) => (
        <li key={`${step.name} ${step.at} ${step.words}`} className={classes.step} data-mood={step.mood}>
          <Text fw={600} size="sm">
            {t(`messages.timeline.${step.name}`, { connector, ...ofChannel(message.channel) })}
          </Text>
          {step.at !== undefined && (
            <Text size="sm" c="dimmed">
              <TimeText at={step.at} />
              {since !== undefined && ` · +${secondsText(since, i18n.language)}`}
            </Text>
          )}
          {linesOf(step).map((line) => (
            <Text key={line} size="sm" c="dimmed">
              {line}
            </Text>
          ))}
        </li>
      ))}
    </ol>
  );
}

/** Whole minutes and hours say enough of what took long. */
function secondsText(milliseconds: number, language: string): string {
  const seconds = milliseconds / 1000;
  const [value, unit] =
    seconds < 120
      ? [Math.round(seconds * 10) / 10, 'second']
      : seconds < 7_200
        ? [Math.round(seconds / 60), 'minute']
        : [Math.round(seconds / 3600), 'hour'];
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(value);
}
