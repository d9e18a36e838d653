import { useTranslation } from 'react-i18next';

/** A browser and its system by their names. */
export function BrowserText({ browser, system }: { browser: string; system: string }) {
  const { t } = useTranslation();
  return <>{[browser || t('lists.unknownBrowser'), system].filter(Boolean).join(', ')}</>;
}
