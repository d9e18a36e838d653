import { NativeSelect, NumberInput, PasswordInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormState } from '../../forms/use-form.ts';
import { type CheckType, type CheckValues, checkTypes, domains } from './check-values.ts';

type Props = {
  form: FormState<CheckValues>;
  /** Whether the secret that is stored belongs to the site key. */
  hasSecret: boolean;
};

/** Who checks people, and what that takes. */
export function ProviderInputs({ form, hasSecret }: Props) {
  const { t } = useTranslation();
  const { config } = form.values;
  const change = (changed: Partial<CheckValues['config']>) => form.change('config', { ...config, ...changed });
  const text = (key: 'siteKey' | 'projectId') => ({
    label: t(`protection.check.${key}`),
    maw: '32rem',
    autoComplete: 'off',
    autoCapitalize: 'none',
    spellCheck: false,
    value: config[key],
    error: form.problemOf(`config.${key}`),
    onChange: (event: { currentTarget: { value: string } }) => change({ [key]: event.currentTarget.value }),
  });
  return (
    <>
      <NativeSelect
        label={t('protection.check.provider')}
        description={t(`protection.check.about.${config.type}`)}
        maw="32rem"
        data={checkTypes.map((value) => ({ value, label: t(`protection.check.types.${value}`) }))}
        value={config.type}
        onChange={(event) => change({ type: event.currentTarget.value as CheckType })}
      />
      {config.type === 'Altcha' && (
        <NumberInput
          label={t('protection.check.difficulty')}
          description={t('protection.check.difficultyHelp')}
          allowDecimal={false}
          min={1}
          max={20}
          maw="24rem"
          value={config.difficulty}
          error={form.problemOf('config.difficulty')}
          onChange={(difficulty) => change({ difficulty })}
        />
      )}
      {config.type !== 'Altcha' && (
        <>
          <TextInput {...text('siteKey')} />
          <PasswordInput
            label={t(`protection.check.${config.type === 'RecaptchaEnterprise' ? 'apiKey' : 'secretKey'}`)}
            description={hasSecret ? t('protection.check.secretStored') : undefined}
            visibilityToggleButtonProps={{ 'aria-label': t('protection.check.showSecret') }}
            maw="32rem"
            autoComplete="new-password"
            value={config.secretKey}
            error={form.problemOf('config.secretKey')}
            onChange={(event) => change({ secretKey: event.currentTarget.value })}
          />
        </>
      )}
      {config.type === 'RecaptchaEnterprise' && (
        <>
          <TextInput {...text('projectId')} />
          <NativeSelect
            label={t('protection.check.mode')}
            maw="32rem"
            data={(['invisible', 'checkbox'] as const).map((value) => ({
              value,
              label: t(`protection.check.modes.${value}`),
            }))}
            value={config.mode}
            onChange={(event) => change({ mode: event.currentTarget.value as CheckValues['config']['mode'] })}
          />
          <NativeSelect
            label={t('protection.check.domain')}
            description={t('protection.check.domainHelp')}
            maw="32rem"
            data={[...domains]}
            value={config.domain}
            onChange={(event) => change({ domain: event.currentTarget.value })}
          />
        </>
      )}
      {config.type !== 'Altcha' && (
        <Textarea
          label={t('protection.check.hostnames')}
          description={t('protection.check.hostnamesHelp')}
          placeholder="shop.example.com"
          autosize
          minRows={2}
          maw="32rem"
          spellCheck={false}
          value={config.hostnames}
          error={form.problemOf('config.hostnames')}
          onChange={(event) => change({ hostnames: event.currentTarget.value })}
        />
      )}
    </>
  );
}
