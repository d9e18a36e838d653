import { Switch, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import { ColorField } from './color-field.tsx';
import type { ExperienceValues } from './experience-values.ts';
import { LogoField } from './logo-field.tsx';

/** Whose pages these are: name, logos, colours. */
export function BrandTab({ form: { values, change, problemOf } }: { form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  return (
    <>
      <Panel title={t('signInExperience.brand.title')} lead={t('signInExperience.brand.lead')}>
        <TextInput
          label={t('signInExperience.brand.name')}
          description={t('signInExperience.brand.nameHelp')}
          maxLength={64}
          autoComplete="off"
          value={values.name}
          error={problemOf('name')}
          onChange={(event) => change('name', event.currentTarget.value)}
        />
        <LogoField
          label={t('signInExperience.brand.logoUrl')}
          description={t('signInExperience.brand.logoHelp')}
          isOnDark={false}
          value={values.logoUrl}
          error={problemOf('logoUrl')}
          onChange={(value) => change('logoUrl', value)}
        />
        <LogoField
          label={t('signInExperience.brand.darkLogoUrl')}
          description={t('signInExperience.brand.darkLogoHelp')}
          isOnDark
          value={values.darkLogoUrl}
          error={problemOf('darkLogoUrl')}
          onChange={(value) => change('darkLogoUrl', value)}
        />
      </Panel>
      <Panel title={t('signInExperience.brand.colors')} lead={t('signInExperience.brand.colorsLead')}>
        <ColorField
          label={t('signInExperience.brand.primaryColor')}
          on="light"
          value={values.primaryColor}
          error={problemOf('primaryColor')}
          onChange={(value) => change('primaryColor', value)}
        />
        <Switch
          label={t('signInExperience.brand.darkMode')}
          description={t('signInExperience.brand.darkModeHelp')}
          checked={values.isDarkModeEnabled}
          onChange={(event) => change('isDarkModeEnabled', event.currentTarget.checked)}
        />
        {values.isDarkModeEnabled && (
          <ColorField
            label={t('signInExperience.brand.darkPrimaryColor')}
            on="dark"
            value={values.darkPrimaryColor}
            error={problemOf('darkPrimaryColor')}
            onChange={(value) => change('darkPrimaryColor', value)}
          />
        )}
      </Panel>
    </>
  );
}
