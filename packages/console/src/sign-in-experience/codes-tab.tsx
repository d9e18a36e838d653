import { NativeSelect, Switch } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import type { FormState } from '../forms/use-form.ts';
import { codeRanges, type ExperienceValues, limitRanges } from './experience-values.ts';
import { NoticesPanel } from './notices-panel.tsx';
import { NumberField } from './number-field.tsx';

const originBound = ['auto', 'on', 'off'] as const;
const codeFields = Object.keys(codeRanges) as (keyof typeof codeRanges)[];
const limitFields = Object.keys(limitRanges) as (keyof typeof limitRanges)[];

/** The rules for codes, the limits on messages, and the notices beside them. */
export function CodesTab({ form }: { form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  return (
    <>
      <Panel title={t('signInExperience.code.title')} lead={t('signInExperience.code.lead')}>
        {codeFields.map((field) => (
          <NumberField key={field} field={`code.${field}`} form={form} />
        ))}
        <Switch
          label={t('signInExperience.code.newCodeEachTime')}
          description={t('signInExperience.code.newCodeEachTimeHelp')}
          checked={form.values.newCodeEachTime}
          onChange={(event) => form.change('newCodeEachTime', event.currentTarget.checked)}
        />
        <NativeSelect
          label={t('signInExperience.code.originBound')}
          description={t('signInExperience.code.originBoundHelp')}
          maw="24rem"
          data={originBound.map((value) => ({ value, label: t(`signInExperience.code.originBoundChoice.${value}`) }))}
          value={form.values.originBoundCodes}
          onChange={(event) =>
            form.change('originBoundCodes', event.currentTarget.value as ExperienceValues['originBoundCodes'])
          }
        />
      </Panel>
      <Panel title={t('signInExperience.limits.title')} lead={t('signInExperience.limits.lead')}>
        {limitFields.map((field) => (
          <NumberField key={field} field={`limits.${field}`} form={form} />
        ))}
      </Panel>
      <NoticesPanel form={form} />
    </>
  );
}
