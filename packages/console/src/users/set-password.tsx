import { Text } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { takeAnswer } from '../api/take-answer.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { NewPasswordInput } from '../forms/new-password-input.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import { tellSuccess } from '../shell/notices.ts';
import { setPassword, userQuery } from './users-api.ts';

const route = getRouteApi('/signed-in/frame/users/$userId');

/** The dialog that sets the password of a user. */
export function SetPassword() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { userId } = route.useParams();
  const form = useForm({ password: '' });
  const close = () => void navigate({ to: '/users/$userId', params: { userId } });
  const { shown } = useSending(form, {
    send: () => setPassword(userId, form.values.password),
    onSuccess: (user) => {
      takeAnswer(queries, userQuery(userId).queryKey, user);
      tellSuccess(t('users.password.done'));
      close();
    },
  });
  return (
    <FormDialog title={t('users.password.set')} submit={t('users.password.set')} {...shown} onClose={close}>
      <Text size="sm">{t('users.password.lead')}</Text>
      <NewPasswordInput
        label={t('users.password.label')}
        value={form.values.password}
        error={form.problemOf('password')}
        rules={t('users.password.rules')}
        onChange={(password) => form.change('password', password)}
      />
    </FormDialog>
  );
}
