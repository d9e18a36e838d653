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
        {(['logoUrl', 'darkLogoUrl', 'favicon', 'darkFavicon'] as const).map((key) => (
          <LogoField
            key={key}
            label={t(`signInExperience.brand.${key}`)}
            description={t(`signInExperience.brand.${key}Help`)}
            isOnDark={key.startsWith('dark')}
            value={values[key]}
            error={problemOf(key)}
            onChange={(value) => change(key, value)}
          />
        ))}
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
