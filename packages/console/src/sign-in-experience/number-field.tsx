import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormState } from '../forms/use-form.ts';
import {
  type codeRanges,
  type ExperienceValues,
  isOptional,
  type limitRanges,
  type passwordRanges,
  type trustRanges,
} from './experience-values.ts';

type Field =
  | `passwords.${keyof typeof passwordRanges}`
  | `code.${keyof typeof codeRanges}`
  | `limits.${keyof typeof limitRanges}`
  | `second.${keyof typeof trustRanges}`;

/** One number of the rules for passwords and codes and of the limits, with what it does. */
export function NumberField({ field, form }: { field: Field; form: FormState<ExperienceValues> }) {
  const { t } = useTranslation();
  const key = field.split('.')[1] as
    | keyof typeof passwordRanges
    | keyof typeof codeRanges
    | keyof typeof limitRanges
    | keyof typeof trustRanges;
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
