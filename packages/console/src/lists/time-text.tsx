import { useTranslation } from 'react-i18next';
import { formatTime } from '../shell/format-time.ts';

/** A time in the language and the time zone of the browser; `at` in milliseconds since the epoch. */
export function TimeText({ at }: { at: number }) {
  const { i18n } = useTranslation();
  return <time dateTime={new Date(at).toISOString()}>{formatTime(at, i18n.language)}</time>;
}
