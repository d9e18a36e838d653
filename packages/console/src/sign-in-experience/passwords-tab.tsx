import { Stack, Switch, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import { type ExperienceValues, passwordRanges, passwordRejects } from './experience-values.ts';
import { NumberField } from './number-field.tsx';

const numbers = Object.keys(passwordRanges) as (keyof typeof passwordRanges)[];

/** The rules for passwords that people choose. */
export function PasswordsTab({ form }: { form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  const { values, change, problemOf } = form;
  return (
    <>
      <Panel title={t('signInExperience.passwords.title')} lead={t('signInExperience.passwords.lead')}>
        {numbers.map((field) => (
          <NumberField key={field} field={`passwords.${field}`} form={form} />
        ))}
      </Panel>
      <Panel title={t('signInExperience.passwords.rejects')} lead={t('signInExperience.passwords.rejectsLead')}>
        <Stack gap="sm">
          {passwordRejects.map((field) => (
            <Switch
              key={field}
              label={t(`signInExperience.passwords.${field}`)}
              description={t(`signInExperience.passwords.${field}Help`)}
              checked={values[field]}
              onChange={(event) => change(field, event.currentTarget.checked)}
            />
          ))}
          <Textarea
            label={t('signInExperience.passwords.words')}
            description={t('signInExperience.passwords.wordsHelp')}
            autosize
            minRows={2}
            maxRows={8}
            maw="24rem"
            value={values.words}
            error={problemOf('words')}
            onChange={(event) => change('words', event.currentTarget.value)}
          />
        </Stack>
      </Panel>
    </>
  );
}
