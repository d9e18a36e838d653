import { NativeSelect, Stack, Switch, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import type { Identifier } from './experience-api.ts';
import type { ExperienceValues } from './experience-values.ts';
import { type CodeIdentifier, codeIdentifiers, identifiers } from './identifiers.ts';
import { MethodList } from './method-list.tsx';
import { SecondStepPanel } from './second-step-panel.tsx';
import { firstChoices, firstOf } from './ways.ts';
import { WaysWarnings } from './ways-warnings.tsx';

const modes = ['SignInAndRegister', 'SignIn', 'Register'] as const;

/** Who gets in, and by what. */
export function WaysTab({ form }: { form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  const { values, change, problemOf } = form;
  const toggle = (identifier: Identifier, isAsked: boolean) =>
    change(
      'identifiers',
      identifiers.filter((each) => (each === identifier ? isAsked : values.identifiers.includes(each))),
    );
  const toggleReset = (type: CodeIdentifier, isOn: boolean) =>
    change(
      'resets',
      codeIdentifiers.filter((each) => (each === type ? isOn : values.resets.includes(each))),
    );
  const asksBoth = codeIdentifiers.every((type) => values.identifiers.includes(type));
  const knowsEmails =
    values.identifiers.includes('email') || values.methods.some(({ identifier }) => identifier === 'email');
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
            {asksBoth && (
              <NativeSelect
                label={t('signInExperience.ways.recipients')}
                maw="24rem"
                value={values.recipients}
                data={(['either', 'both'] as const).map((value) => ({
                  value,
                  label: t(`signInExperience.ways.recipientsChoice.${value}`),
                }))}
                onChange={(event) => change('recipients', event.currentTarget.value as ExperienceValues['recipients'])}
              />
            )}
            {firstChoices(values).length > 1 && (
              <NativeSelect
                label={t('signInExperience.ways.firstIdentifier')}
                maw="16rem"
                value={firstOf(values)}
                data={firstChoices(values).map((value) => ({
                  value,
                  label: t(`signInExperience.ways.identifier.${value}`),
                }))}
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
          <SecondStepPanel form={form} />
          <Panel title={t('signInExperience.ways.forgot')}>
            <Stack gap="sm">
              {codeIdentifiers.map((type) => (
                <Switch
                  key={type}
                  label={t(`signInExperience.ways.forgotBy.${type}`)}
                  description={t(`signInExperience.ways.forgotHelp.${type}`)}
                  checked={values.resets.includes(type)}
                  onChange={(event) => toggleReset(type, event.currentTarget.checked)}
                />
              ))}
            </Stack>
          </Panel>
        </>
      )}
      {knowsEmails && (
        <Panel title={t('signInExperience.ways.emails')} lead={t('signInExperience.ways.emailsLead')}>
          <Stack gap="sm">
            <Switch
              label={t('signInExperience.ways.blockSubaddressing')}
              description={t('signInExperience.ways.blockSubaddressingHelp')}
              checked={values.blockSubaddressing}
              onChange={(event) => change('blockSubaddressing', event.currentTarget.checked)}
            />
            {(['customAllowlist', 'customBlocklist'] as const).map((field) => (
              <Textarea
                key={field}
                label={t(`signInExperience.ways.${field}`)}
                description={t(`signInExperience.ways.${field}Help`)}
                autosize
                minRows={2}
                maxRows={8}
                maw="24rem"
                value={values[field]}
                error={problemOf(field)}
                onChange={(event) => change(field, event.currentTarget.value)}
              />
            ))}
          </Stack>
        </Panel>
      )}
    </>
  );
}
