import { TextInput } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

type Props = { value: string; error: string | undefined; isFirst?: boolean; onChange: (value: string) => void };

/**
 * The second step: a code of the authenticator app, or a recovery code. Takes the focus when it comes up: in a dialog that
 * comes up with it, and in a form that is there already.
 */
export function CodeInput({ value, error, isFirst = true, onChange }: Props) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    if (isFirst) input.current?.focus();
  }, [isFirst]);
  return (
    <TextInput
      ref={input}
      label={t('shell.signIn.code')}
      description={t('shell.signIn.codeHelp')}
      name="code"
      data-autofocus={isFirst || undefined}
      autoComplete="one-time-code"
      autoCapitalize="none"
      spellCheck={false}
      required
      withAsterisk={false}
      value={value}
      error={error}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
