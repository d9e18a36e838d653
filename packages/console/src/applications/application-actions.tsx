import { Group } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { ButtonLink } from '../shell/links.tsx';

/** Leads to a new secret. */
export function SecretPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('applications.fields.secret')} lead={t('applications.secret.lead')}>
      <Group>
        <ButtonLink variant="default" to="/applications/$id/rotate" params={{ id }}>
          {t('applications.rotate.open')}
        </ButtonLink>
      </Group>
    </Panel>
  );
}

/** Leads to the end of an application. */
export function DangerPanel({ id }: { id: string }) {
  const { t } = useTranslation();
  return (
    <Panel title={t('applications.delete.open')} lead={t('applications.delete.lead')}>
      <Group>
        <ButtonLink variant="outline" color="red" to="/applications/$id/delete" params={{ id }}>
          {t('applications.delete.open')}
        </ButtonLink>
      </Group>
    </Panel>
  );
}
