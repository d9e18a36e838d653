import { useTranslation } from 'react-i18next';
import { listText } from '../i18n/list-text.ts';

/** A browser and its system by their names. */
export function BrowserText({ browser, system }: { browser: string; system: string }) {
  const { t, i18n } = useTranslation();
  return <>{listText(i18n.language, [browser || t('lists.unknownBrowser'), ...(system ? [system] : [])])}</>;
}
