import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormState } from '../forms/use-form.ts';
import { type codeFields, isOptional, type limitFields, type PolicyValues } from './policies.ts';

type Field = `code.${(typeof codeFields)[number]}` | `limits.${(typeof limitFields)[number]}`;

/** One number of the policies, with what it does. */
export function PolicyField({ field, form }: { field: Field; form: FormState<PolicyValues> }) {
  const { t } = useTranslation();
  const key = field.split('.')[1] as keyof PolicyValues;
  return (
    <NumberInput
      label={t(`signInExperience.${field}`)}
      description={t(`signInExperience.${field}Help`)}
      placeholder={isOptional(key) ? t('signInExperience.limits.none') : undefined}
      allowDecimal={false}
      allowNegative={false}
      hideControls
      maw="24rem"
      value={form.values[key]}
      error={form.problemOf(key)}
      onChange={(value) => form.change(key, value)}
    />
  );
}
