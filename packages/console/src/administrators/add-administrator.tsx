import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { NewPasswordInput } from '../forms/new-password-input.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import type { Role } from '../session/session.ts';
import { tellSuccess } from '../shell/notices.ts';
import { addAdministrator, administratorsQuery } from './administrators-api.ts';
import { RoleInput } from './role-input.tsx';

type NewAdministrator = { username: string; password: string; role: Role };

/** The dialog that lets somebody else use the Console. */
export function AddAdministrator() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm<NewAdministrator>({ username: '', password: '', role: 'operator' });
  const close = () => void navigate({ to: '/administrators' });
  const { shown } = useSending(form, {
    send: () => addAdministrator({ ...form.values, username: form.values.username.trim() }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: administratorsQuery.queryKey });
      tellSuccess(t('administrators.add.done'));
      close();
    },
  });
  return (
    <FormDialog title={t('administrators.add.open')} submit={t('administrators.add.submit')} {...shown} onClose={close}>
      <TextInput
        label={t('administrators.fields.username')}
        description={t('administrators.add.usernameHelp')}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        data-autofocus
        value={form.values.username}
        error={form.problemOf('username')}
        onChange={(event) => form.change('username', event.currentTarget.value)}
      />
      <NewPasswordInput
        label={t('administrators.add.password')}
        required
        value={form.values.password}
        error={form.problemOf('password')}
        onChange={(password) => form.change('password', password)}
      />
      <RoleInput
        value={form.values.role}
        error={form.problemOf('role')}
        onChange={(role) => form.change('role', role)}
      />
    </FormDialog>
  );
}
