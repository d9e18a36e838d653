import { NativeSelect, Stack, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import type { Identifier } from './experience-api.ts';
import type { ExperienceValues } from './experience-values.ts';
import { MethodList } from './method-list.tsx';
import { identifiers } from './ways.ts';
import { WaysWarnings } from './ways-warnings.tsx';

const modes = ['SignInAndRegister', 'SignIn', 'Register'] as const;

/** Who gets in, and by what. */
export function WaysTab({ form: { values, change, problemOf } }: { form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  const toggle = (identifier: Identifier, isAsked: boolean) =>
    change(
      'identifiers',
      identifiers.filter((each) => (each === identifier ? isAsked : values.identifiers.includes(each))),
    );
  return (
    <>
      <Panel title={t('signInExperience.ways.mode')}>
        <WaysWarnings values={values} />
        <NativeSelect
          label={t('signInExperience.ways.modeLabel')}
          maw="24rem"
          value={values.signInMode}
          data={modes.map((value) => ({ value, label: t(`signInExperience.ways.modes.${value}`) }))}
          onChange={(event) => change('signInMode', event.currentTarget.value as ExperienceValues['signInMode'])}
        />
      </Panel>
      {values.signInMode !== 'SignIn' && (
        <Panel title={t('signInExperience.ways.signUp')} lead={t('signInExperience.ways.signUpLead')}>
          <Stack gap="sm">
            {identifiers.map((identifier) => (
              <Switch
                key={identifier}
                label={t(`signInExperience.ways.identifier.${identifier}`)}
                description={t(`signInExperience.ways.identifierHelp.${identifier}`)}
                checked={values.identifiers.includes(identifier)}
                onChange={(event) => toggle(identifier, event.currentTarget.checked)}
              />
            ))}
            {values.identifiers.length > 1 && (
              <NativeSelect
                label={t('signInExperience.ways.firstIdentifier')}
                maw="16rem"
                value={values.firstIdentifier}
                data={identifiers.map((value) => ({ value, label: t(`signInExperience.ways.identifier.${value}`) }))}
                onChange={(event) => change('firstIdentifier', event.currentTarget.value as Identifier)}
              />
            )}
            <Switch
              label={t('signInExperience.ways.password')}
              description={t('signInExperience.ways.passwordHelp')}
              checked={values.password}
              onChange={(event) => change('password', event.currentTarget.checked)}
            />
          </Stack>
        </Panel>
      )}
      {values.signInMode !== 'Register' && (
        <>
          <Panel title={t('signInExperience.ways.signIn')} lead={t('signInExperience.ways.signInLead')}>
            <MethodList
              methods={values.methods}
              error={problemOf('methods') ?? problemOf('signIn')}
              onChange={(methods) => change('methods', methods)}
            />
          </Panel>
          <Panel title={t('signInExperience.ways.forgot')}>
            <Switch
              label={t('signInExperience.ways.forgotBySms')}
              description={t('signInExperience.ways.forgotHelp')}
              checked={values.forgotPassword}
              onChange={(event) => change('forgotPassword', event.currentTarget.checked)}
            />
          </Panel>
        </>
      )}
    </>
  );
}
