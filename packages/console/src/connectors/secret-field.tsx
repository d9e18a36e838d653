import { Button, Group, PasswordInput, Stack, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Whether a value is what the server shows in place of a stored secret. */
export const isMask = (value: string): boolean => value.startsWith('••••');

type Props = {
  id: string;
  label: string;
  required: boolean;
  placeholder?: string | undefined;
  error: ReactNode;
  'aria-describedby'?: string | undefined;
  onBlur: () => void;
  value: string;
  /** The mask of the secret that is stored. */
  stored: string | undefined;
  onChange: (value: string) => void;
};

/** A secret: what is stored is never shown again, only its mask, and can be replaced. */
export function SecretField({ value, stored, onChange, placeholder, ...common }: Props) {
  const { t } = useTranslation();
  const [mask] = useState(stored);
  if (mask !== undefined && value === mask) {
    const { required: _, ...rest } = common;
    return (
      <Group align="flex-end" gap="xs" wrap="nowrap">
        <TextInput {...rest} value={mask} readOnly flex={1} />
        <Button variant="default" onClick={() => onChange('')} aria-label={t('connectors.secret.replaceOf', common)}>
          {t('connectors.secret.replace')}
        </Button>
      </Group>
    );
  }
  return (
    <Stack gap={4} align="stretch">
      <PasswordInput
        {...common}
        placeholder={placeholder}
        autoComplete="new-password"
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      {mask !== undefined && (
        <Button variant="subtle" size="compact-sm" onClick={() => onChange(mask)} style={{ alignSelf: 'flex-start' }}>
          {t('connectors.secret.keep')}
        </Button>
      )}
    </Stack>
  );
}
