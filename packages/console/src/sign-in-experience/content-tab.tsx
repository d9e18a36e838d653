import { NativeSelect, Select, Switch, TextInput } from '@mantine/core';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import { countryCodes, countryName } from '../lists/countries.ts';
import type { ExperienceValues } from './experience-values.ts';
import { pageLanguages } from './page-languages.ts';

const agreements = ['Automatic', 'ManualRegistrationOnly', 'Manual'] as const;
const legal = ['termsOfUseUrl', 'privacyPolicyUrl'] as const;
const help = ['supportEmail', 'supportWebsiteUrl', 'unknownSessionRedirectUrl'] as const;

/** The language and the country that pages begin with, and pages of the operator's own. */
export function ContentTab({ form: { values, change, problemOf } }: { form: FormState<ExperienceValues> }) {
  const { t, i18n } = useTranslation();
  const countries = useMemo(() => countryOptions(i18n.language), [i18n.language]);
  return (
    <>
      <Panel title={t('signInExperience.content.language')} lead={t('signInExperience.content.languageLead')}>
        <Switch
          label={t('signInExperience.content.autoDetect')}
          description={t('signInExperience.content.autoDetectHelp')}
          checked={values.autoDetect}
          onChange={(event) => change('autoDetect', event.currentTarget.checked)}
        />
        <NativeSelect
          label={t('signInExperience.content.fallback')}
          maw="24rem"
          data={pageLanguages}
          value={values.fallbackLanguage}
          onChange={(event) =>
            change('fallbackLanguage', event.currentTarget.value as ExperienceValues['fallbackLanguage'])
          }
        />
      </Panel>
      <Panel title={t('signInExperience.content.country')} lead={t('signInExperience.content.countryLead')}>
        <Select
          label={t('signInExperience.content.defaultCountry')}
          maw="24rem"
          data={countries}
          value={values.defaultCountry}
          searchable
          allowDeselect={false}
          nothingFoundMessage={t('signInExperience.content.noCountry')}
          onChange={(code) => code && change('defaultCountry', code as ExperienceValues['defaultCountry'])}
        />
      </Panel>
      <Panel title={t('signInExperience.content.links')} lead={t('signInExperience.content.linksLead')}>
        {legal.map((key) => (
          <TextInput
            key={key}
            type="url"
            label={t(`signInExperience.content.${key}`)}
            placeholder="https://example.com/"
            autoComplete="off"
            value={values[key]}
            error={problemOf(key)}
            onChange={(event) => change(key, event.currentTarget.value)}
          />
        ))}
        <NativeSelect
          label={t('signInExperience.content.agreement')}
          description={t('signInExperience.content.agreementHelp')}
          maw="24rem"
          data={agreements.map((value) => ({ value, label: t(`signInExperience.content.agreements.${value}`) }))}
          value={values.agreeToTermsPolicy}
          onChange={(event) =>
            change('agreeToTermsPolicy', event.currentTarget.value as ExperienceValues['agreeToTermsPolicy'])
          }
        />
      </Panel>
      <Panel title={t('signInExperience.content.help')} lead={t('signInExperience.content.helpLead')}>
        {help.map((key) => (
          <TextInput
            key={key}
            type={key === 'supportEmail' ? 'text' : 'url'}
            inputMode={key === 'supportEmail' ? 'email' : 'url'}
            label={t(`signInExperience.content.${key}`)}
            description={key === 'unknownSessionRedirectUrl' && t('signInExperience.content.unknownSessionHelp')}
            placeholder={key === 'supportEmail' ? 'help@example.com' : 'https://example.com/'}
            autoComplete="off"
            value={values[key]}
            error={problemOf(key)}
            onChange={(event) => change(key, event.currentTarget.value)}
          />
        ))}
      </Panel>
    </>
  );
}

/** By name, in the order of the language. */
function countryOptions(language: string) {
  return countryCodes
    .map((value) => ({ value, label: `${countryName(value, language)} (${value})` }))
    .sort((one, other) => one.label.localeCompare(other.label, language));
}
