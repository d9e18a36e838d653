import { Alert, Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { errorText } from '../shell/error-text.ts';
import { sessionQuery, signIn } from './session.ts';

/** Username and password; `onDone` runs once the new session is known. */
export function SignInForm({ username: known = '', onDone }: { username?: string; onDone: () => void }) {
  const { t, i18n } = useTranslation();
  const queries = useQueryClient();
  const [username, setUsername] = useState(known);
  const [password, setPassword] = useState('');
  const [isChecked, setChecked] = useState(false);
  const attempt = useMutation({
    mutationFn: async () => {
      await signIn({ username: username.trim(), password });
      await queries.fetchQuery({ ...sessionQuery, staleTime: 0 });
    },
    onSuccess: onDone,
  });
  const missing = (value: string) => (isChecked && value.trim() === '' ? t('shell.signIn.required') : undefined);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setChecked(true);
    if (username.trim() !== '' && password !== '') attempt.mutate();
  };
  return (
    <form onSubmit={submit} noValidate>
      <Stack>
        {attempt.isError && (
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
          onChange={(event) => setUsername(event.currentTarget.value)}
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
        <Button type="submit" loading={attempt.isPending}>
          {t('shell.signIn.submit')}
        </Button>
      </Stack>
    </form>
  );
}
