import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { formatTime } from '../shell/format-time.ts';

/**
 * A time in the language and the time zone of the browser; `at` in milliseconds since the epoch. Where it is narrow it
 * breaks between the day and the time alone.
 */
export function TimeText({ at }: { at: number }) {
  const { i18n } = useTranslation();
  const text = formatTime(at, i18n.language);
  const time = formatTime(at, i18n.language, { timeStyle: 'medium' });
  const parts = text.endsWith(time) ? [text.slice(0, -time.length).trimEnd(), time] : [text];
  return (
    <time dateTime={new Date(at).toISOString()}>
      {parts.map((part, index) => (
        <Fragment key={part}>
          {index > 0 && ' '}
          <span style={{ whiteSpace: 'nowrap' }}>{part}</span>
        </Fragment>
      ))}
    </time>
  );
}
