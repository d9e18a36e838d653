import { useTranslation } from 'react-i18next';
import { TimeText } from '../lists/time-text.tsx';

/** When an event is sent that waits: to a webhook that is switched off, not before it is on again. */
export function NextAttempt({ at, isOff }: { at: number; isOff: boolean }) {
  const { t } = useTranslation();
  if (isOff) return t('webhooks.deliveries.whenOn');
  return (
    <>
      {t('webhooks.deliveries.next')} <TimeText at={at} />
    </>
  );
}
