import { NumberInput, Switch } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../../api/take-answer.ts';
import { Panel } from '../../forms/panel.tsx';
import { SavedForm } from '../../forms/saved-form.tsx';
import { useForm } from '../../forms/use-form.ts';
import { Changeable } from '../../session/role.tsx';
import { type CheckSettings, checkQuery, saveCheck } from './check-api.ts';
import { type CheckValues, problemsIn, toConfig, toPolicy, toValues } from './check-values.ts';
import { ProviderInputs } from './provider-inputs.tsx';
import { TestKeys } from './test-keys.tsx';

/** Whether people are told from programs, and by whom. */
export function CheckForm({ stored }: { stored: CheckSettings }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const form = useForm<CheckValues>(toValues(stored));
  const { config, captchaPolicy } = form.values;
  const { config: before } = form.start;
  const hasSecret = config.type !== 'Altcha' && config.type === before.type && config.siteKey === before.siteKey;
  const changePolicy = (change: Partial<CheckValues['captchaPolicy']>) =>
    form.change('captchaPolicy', { ...captchaPolicy, ...change });
  return (
    <SavedForm
      form={form}
      ownPath="/protection/check"
      read={() => queries.fetchQuery({ ...checkQuery, staleTime: 0 })}
      save={({ values }) => saveCheck(toConfig(values), toPolicy(values))}
      valuesOf={toValues}
      onSaved={(saved) => takeAnswer(queries, checkQuery.queryKey, saved)}
      check={(values) => problemsIn(t, values, hasSecret)}
    >
      <Panel title={t('protection.check.title')} lead={t('protection.check.lead')}>
        <Changeable as="operator">
          <Switch
            label={t('protection.check.enabled')}
            description={t('protection.check.enabledHelp')}
            checked={captchaPolicy.enabled}
            onChange={(event) => changePolicy({ enabled: event.currentTarget.checked })}
          />
          <ProviderInputs form={form} hasSecret={hasSecret} />
          <TestKeys values={form.values} />
          <Switch
            label={t('protection.check.waits')}
            description={t('protection.check.waitsHelp')}
            checked={captchaPolicy.waits}
            onChange={(event) => changePolicy({ waits: event.currentTarget.checked })}
          />
          {captchaPolicy.waits && (
            <NumberInput
              label={t('protection.check.waitSeconds')}
              allowDecimal={false}
              allowNegative={false}
              hideControls
              maw="24rem"
              value={captchaPolicy.waitSeconds}
              error={form.problemOf('captchaPolicy.waitSeconds')}
              onChange={(waitSeconds) => changePolicy({ waitSeconds })}
            />
          )}
        </Changeable>
      </Panel>
    </SavedForm>
  );
}
