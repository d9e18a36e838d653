import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { toApiError } from '../api/api-error.ts';
import { errorText } from '../shell/error-text.ts';
import { CodeInput } from './code-input.tsx';
import { sessionQuery, signIn } from './session.ts';

/** Username and password, then a code where there are two steps; `onDone` runs once the new session is known. */
export function SignInForm({ username: known = '', onDone }: { username?: string; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  const [hasTwoSteps, setTwoSteps] = useState(false);
  const [isChecked, setChecked] = useState(false);
  const attempt = useMutation({
    mutationFn: async () => {
      await signIn({ username: username.trim(), password, ...(hasTwoSteps && { code }) });
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    },
    onSuccess: onDone,
    onError: (error) => {
      if (!isCodeRequired(error)) return;
      setTwoSteps(true);
      setChecked(false);
    },
  });
  const missing = (value: string) => (isChecked && value.trim() === '' ? t('shell.signIn.required') : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (username.trim() !== '' && password !== '' && (!hasTwoSteps || code.trim() !== '')) attempt.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {attempt.isError && !isCodeRequired(attempt.error) && (
          <Alert role="alert" color="red" variant="outline" title={errorText(t, attempt.error, i18n.language)} />
        )}
        <TextInput
          label={t('shell.signIn.username')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          required
          withAsterisk={false}
          value={username}
          error={missing(username)}
          data-autofocus={known === '' || undefined}
          onChange={(event) => {
            setUsername(event.currentTarget.value);
            setTwoSteps(false);
          }}
        />
        <PasswordInput
          label={t('shell.signIn.password')}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          error={missing(password)}
          data-autofocus={known !== '' || undefined}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {hasTwoSteps && <CodeInput value={code} error={missing(code)} onChange={setCode} />}
        <Button type="submit" loading={attempt.isPending}>
          {t('shell.signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}

const isCodeRequired = (error: unknown) => toApiError(error).code === 'session.code_required';
