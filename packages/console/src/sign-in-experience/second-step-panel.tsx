import { NativeSelect, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import { type ExperienceValues, factorTypes, type MfaPolicy, mfaPolicies } from './experience-values.ts';
import { NumberField } from './number-field.tsx';
import { signsInByItself } from './ways.ts';

/** What people enter after what says who they are. */
export function SecondStepPanel({ form }: { form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  const { values, change, problemOf } = form;
  const { mfa } = values;
  const problem = problemOf('mfa');
  const atFault =
    problem === undefined
      ? undefined
      : (mfa.find((type) => type !== 'totp' && signsInByItself(values, type)) ?? mfa[0]);
  return (
    <Panel title={t('signInExperience.second.title')} lead={t('signInExperience.second.lead')}>
      <Stack gap="sm">
        {factorTypes.map((type) => (
          <Switch
            key={type}
            label={t(`signInExperience.second.by.${type}`)}
            description={t(`signInExperience.second.help.${type}`)}
            checked={mfa.includes(type)}
            error={type === atFault && problem}
            aria-invalid={type === atFault}
            onChange={(event) => {
              const isOn = event.currentTarget.checked;
              change(
                'mfa',
                factorTypes.filter((each) => (each === type ? isOn : mfa.includes(each))),
              );
            }}
          />
        ))}
        {mfa.length > 0 && (
          <>
            <Switch
              label={t('signInExperience.second.backupCodes')}
              description={t('signInExperience.second.backupCodesHelp')}
              checked={values.hasBackupCodes}
              onChange={(event) => change('hasBackupCodes', event.currentTarget.checked)}
            />
            <NativeSelect
              label={t('signInExperience.second.policy')}
              description={t(`signInExperience.second.policyHelp.${values.mfaPolicy}`)}
              maw="32rem"
              data={mfaPolicies.map((value) => ({ value, label: t(`signInExperience.second.policies.${value}`) }))}
              value={values.mfaPolicy}
              onChange={(event) => change('mfaPolicy', event.currentTarget.value as MfaPolicy)}
            />
            <Switch
              label={t('signInExperience.second.trustsBrowsers')}
              description={t('signInExperience.second.trustsBrowsersHelp')}
              checked={values.trustsBrowsers}
              onChange={(event) => change('trustsBrowsers', event.currentTarget.checked)}
            />
            {values.trustsBrowsers && <NumberField field="second.durationDays" form={form} />}
          </>
        )}
      </Stack>
    </Panel>
  );
}
