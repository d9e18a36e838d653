import { TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { UserFields } from './users-api.ts';

type Props = {
  values: UserFields;
  problemOf: (field: string) => string | undefined;
  onChange: (field: keyof UserFields, value: string) => void;
};

const fields = [
  { key: 'name', type: 'text' },
  { key: 'username', type: 'text' },
  { key: 'primaryPhone', type: 'tel' },
  // Browsers rewrite domains in fields for addresses, and refuse some in words of their own.
  { key: 'primaryEmail', type: 'text', inputMode: 'email' },
] as const;

/** The fields of a user that creating and changing have in common. */
export function UserInputs({ values, problemOf, onChange }: Props) {
  const { t } = useTranslation();
  return fields.map(({ key, ...field }, index) => (
    <TextInput
      key={key}
      {...field}
      label={t(`users.fields.${key}`)}
      description={t(`users.help.${key}`)}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      data-autofocus={index === 0 || undefined}
      value={values[key]}
      error={problemOf(key)}
      onChange={(event) => onChange(key, event.currentTarget.value)}
    />
  ));
}
