import { TextInput } from '@mantine/core';
import type { FieldsOf } from './use-form.ts';

type Props = { label: string; form: FieldsOf<{ name: string }> };

/** What something is called; where a form begins with it, it has the focus. */
export function NameInput({ label, form: { values, change, problemOf } }: Props) {
  return (
    <TextInput
      label={label}
      required
      maxLength={256}
      autoComplete="off"
      data-autofocus
      value={values.name}
      error={problemOf('name')}
      onChange={(event) => change('name', event.currentTarget.value)}
    />
  );
}
