import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = {
  label: string;
  value: string;
  error: string | undefined;
  /** What the server asks of it; left out, what it asks of administrators. */
  rules?: string;
  required?: boolean;
  onChange: (value: string) => void;
};

/** A password that is about to be set, with what the server asks of it. */
export function NewPasswordInput({ rules, onChange, ...rest }: Props) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      {...rest}
      description={rules ?? t('forms.password.rules')}
      autoComplete="new-password"
      // Mantine marks the frame of the field alone.
      aria-invalid={rest.error !== undefined}
      visibilityToggleButtonProps={{ 'aria-label': t('forms.password.show') }}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
