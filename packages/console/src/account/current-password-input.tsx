import { PasswordInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';

type Props = { value: string; error: string | undefined; onChange: (value: string) => void };

/** The password that one has now, which has the focus first. */
export function CurrentPasswordInput({ value, error, onChange }: Props) {
  const { t } = useTranslation();
  return (
    <PasswordInput
      label={t('account.password.current')}
      autoComplete="current-password"
      visibilityToggleButtonProps={{ 'aria-label': t('forms.password.show') }}
      required
      data-autofocus
      value={value}
      error={error}
      aria-invalid={error !== undefined}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
