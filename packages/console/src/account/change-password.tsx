import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { NewPasswordInput } from '../forms/new-password-input.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import { tellSuccess } from '../shell/notices.ts';
import { changePassword, sessionsQuery } from './account-api.ts';
import { CurrentPasswordInput } from './current-password-input.tsx';

/** The dialog that changes one's own password. */
export function ChangePassword() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const form = useForm({ currentPassword: '', password: '' });
  const close = () => void navigate({ to: '/account' });
  const { shown } = useSending(form, {
    send: () => changePassword({ currentPassword: form.values.currentPassword, newPassword: form.values.password }),
    onSuccess: () => {
      void queries.invalidateQueries({ queryKey: sessionsQuery.queryKey });
      tellSuccess(t('account.password.done'));
      close();
    },
  });
  return (
    <FormDialog title={t('account.password.open')} submit={t('account.password.open')} {...shown} onClose={close}>
      <Text size="sm">{t('account.password.lead')}</Text>
      <CurrentPasswordInput
        value={form.values.currentPassword}
        error={form.problemOf('currentPassword')}
        onChange={(password) => form.change('currentPassword', password)}
      />
      <NewPasswordInput
        label={t('account.password.new')}
        required
        value={form.values.password}
        error={form.problemOf('password')}
        onChange={(password) => form.change('password', password)}
      />
    </FormDialog>
  );
}
