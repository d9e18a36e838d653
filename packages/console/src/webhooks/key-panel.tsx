import { Button, Code, Group } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { CopyButton } from '../lists/copy-button.tsx';
import { ButtonLink } from '../shell/links.tsx';
import type { Webhook } from './webhook.ts';

const hidden = '••••••••••••••••';

/** The key that receivers check requests with: shown when it is asked for. */
export function KeyPanel({ webhook: { id, signingKey } }: { webhook: Webhook }) {
  const { t } = useTranslation();
  const [isShown, setShown] = useState(false);
  return (
    <Panel title={t('webhooks.key.title')} lead={t('webhooks.key.lead')}>
      <Group>
        <Code style={{ overflowWrap: 'anywhere' }}>{isShown ? signingKey : hidden}</Code>
        <CopyButton text={signingKey} label={t('webhooks.key.copy')} />
      </Group>
      <Group>
        <Button variant="default" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
          {t(isShown ? 'webhooks.key.hide' : 'webhooks.key.show')}
        </Button>
        <ButtonLink variant="default" to="/webhooks/$id/replace-key" params={{ id }}>
          {t('webhooks.key.replace')}
        </ButtonLink>
      </Group>
    </Panel>
  );
}
