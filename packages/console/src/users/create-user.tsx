import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { type Issue, refusedFields } from '../api/api-error.ts';
import { takeAnswer } from '../api/take-answer.ts';
import { FormDialog } from '../forms/form-dialog.tsx';
import { NewPasswordInput } from '../forms/new-password-input.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import { tellSuccess } from '../shell/notices.ts';
import { UserInputs } from './user-inputs.tsx';
import { createUser, type UserFields, userQuery, usersKey } from './users-api.ts';

const list = getRouteApi('/signed-in/frame/users');

/** The dialog that makes a user, and then leads to it. */
export function CreateUser() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search = list.useSearch();
  const form = useForm({ name: '', username: '', primaryPhone: '', primaryEmail: '', password: '' });
  const { shown } = useSending(form, {
    send: async () => {
      const problems = problemsIn(t, form.values);
      if (problems.length > 0) throw refusedFields(problems);
      return createUser(form.values);
    },
    onSuccess: async (user) => {
      void queries.invalidateQueries({ queryKey: usersKey });
      takeAnswer(queries, userQuery(user.id).queryKey, user);
      tellSuccess(t('users.create.done'));
      await navigate({ to: '/users/$userId', params: { userId: user.id } });
    },
    problems: () => problemsIn(t, form.values),
  });
  return (
    <FormDialog
      title={t('users.create.title')}
      submit={t('users.create.submit')}
      {...shown}
      onClose={() => void navigate({ to: '/users', search })}
    >
      <UserInputs values={form.values} problemOf={form.problemOf} onChange={form.change} />
      <NewPasswordInput
        label={t('users.create.password')}
        value={form.values.password}
        error={form.problemOf('password')}
        rules={t('users.password.rules')}
        onChange={(password) => form.change('password', password)}
      />
    </FormDialog>
  );
}

/** The server takes a user whom nothing signs in, such as one that an import completes. */
function problemsIn(t: TFunction, { username, primaryPhone, primaryEmail }: UserFields): Issue[] {
  const hasWay = [username, primaryPhone, primaryEmail].some((way) => way.trim() !== '');
  return hasWay ? [] : [{ path: 'username', message: t('users.create.noWay') }];
}
