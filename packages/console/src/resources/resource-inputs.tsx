import { NumberInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { FormState } from '../forms/use-form.ts';
import type { ResourceFields } from './resources-api.ts';

/** What the server takes, in seconds. */
const maxTtl = 30 * 24 * 60 * 60;

/** The fields of a resource that creating and changing have in common. */
export function ResourceInputs({ form }: { form: Pick<FormState<ResourceFields>, 'values' | 'change' | 'problemOf'> }) {
  const { t } = useTranslation();
  const { values, change, problemOf } = form;
  return (
    <>
      <TextInput
        label={t('resources.fields.name')}
        required
        maxLength={256}
        autoComplete="off"
        data-autofocus
        value={values.name}
        error={problemOf('name')}
        onChange={(event) => change('name', event.currentTarget.value)}
      />
      <NumberInput
        label={t('resources.fields.accessTokenTtl')}
        description={t('resources.help.accessTokenTtl')}
        min={1}
        max={maxTtl}
        allowDecimal={false}
        value={values.accessTokenTtl}
        error={problemOf('accessTokenTtl')}
        onChange={(value) => change('accessTokenTtl', value)}
      />
    </>
  );
}
