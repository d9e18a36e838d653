import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { NameInput } from '../forms/name-input.tsx';
import type { FieldsOf } from '../forms/use-form.ts';
import type { ResourceFields } from './resources-api.ts';

/** What the server takes, in seconds. */
const maxTtl = 30 * 24 * 60 * 60;

/** The fields of a resource that creating and changing have in common. */
export function ResourceInputs({ form }: { form: FieldsOf<ResourceFields> }) {
  const { t } = useTranslation();
  const { values, change, problemOf } = form;
  return (
    <>
      <NameInput label={t('resources.fields.name')} form={form} />
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
