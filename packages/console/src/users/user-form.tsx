import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { SaveBar } from '../forms/save-bar.tsx';
import { useForm } from '../forms/use-form.ts';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { UserInputs } from './user-inputs.tsx';
import { type User, type UserFields, updateUser, userQuery, usersKey } from './users-api.ts';

/** What can be changed about a user. */
export function UserForm({ user }: { user: User }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const form = useForm(fieldsOf(user));
  const saving = useMutation({
    mutationFn: () => updateUser(user.id, form.values),
    onSuccess: (saved) => {
      queries.setQueryData(userQuery(user.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: [...usersKey, 'list'] });
      form.restart(fieldsOf(saved));
      tellSuccess(t('forms.saved'));
    },
    onError: (error) => form.refuse(error) || tellFailure(error),
  });
  const save = (event: FormEvent) => {
    event.preventDefault();
    saving.mutate();
  };
  return (
    <form onSubmit={save} noValidate ref={form.ref}>
      <Stack>
        <Panel title={t('users.details')}>
          <UserInputs values={form.values} problemOf={form.problemOf} onChange={form.change} />
        </Panel>
        <SaveBar
          isDirty={form.isDirty}
          isSaving={saving.isPending}
          ownPath={`/users/${user.id}`}
          onDiscard={form.reset}
        />
      </Stack>
    </form>
  );
}

const fieldsOf = ({ name, username, primaryPhone }: User): UserFields => ({
  name: name ?? '',
  username: username ?? '',
  primaryPhone: primaryPhone ?? '',
});
