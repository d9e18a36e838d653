import { Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { TimeText } from '../lists/time-text.tsx';
import { ButtonLink } from '../shell/links.tsx';

type Props = { twoStep: { since: number | null; recoveryCodesLeft: number } };

/** Whether a second step is asked for, and what can be done about it. */
export function TwoStepPanel({ twoStep: { since, recoveryCodesLeft } }: Props) {
  const { t } = useTranslation();
  return (
    <Panel title={t('account.twoStep.title')} lead={t('account.twoStep.lead')}>
      {since === null ? (
        <Group>
          <ButtonLink to="/account/two-step">{t('account.twoStep.open')}</ButtonLink>
        </Group>
      ) : (
        <>
          <Text size="sm">
            {t('account.twoStep.on')} <TimeText at={since} />
          </Text>
          <Text size="sm">{t('account.twoStep.codesLeft', { count: recoveryCodesLeft })}</Text>
          <Group gap="xs">
            <ButtonLink variant="default" to="/account/two-step/recovery-codes">
              {t('account.recoveryCodes.open')}
            </ButtonLink>
            <ButtonLink variant="outline" color="red" to="/account/two-step/turn-off">
              {t('account.turnOff.open')}
            </ButtonLink>
          </Group>
        </>
      )}
    </Panel>
  );
}
