import { Alert } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Connector } from '../api/connectors.ts';
import { useConnectorText } from '../i18n/use-connector-text.ts';
import { channelWords } from './channel-rows.ts';

/** Says that somebody else changed the connector meanwhile, and to what. */
export function ConflictNotice({ channel, current }: { channel: Connector['type']; current: Connector | null }) {
  const { t } = useTranslation();
  const textOf = useConnectorText();
  return (
    <Alert role="alert" color="orange" variant="outline" title={t('connectors.conflict.title')}>
      {current
        ? t('connectors.conflict.now', textOf(current))
        : t('connectors.conflict.none', channelWords(t, channel))}
    </Alert>
  );
}
