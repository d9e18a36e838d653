import { Switch, Textarea, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import { tellSuccess } from '../shell/notices.ts';
import { createScope, scopesQuery } from './resources-api.ts';

const route = getRouteApi('/signed-in/frame/resources/$id');

/** The dialog that makes a scope. */
export function CreateScope() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { id } = route.useParams();
  const form = useForm({ name: '', description: '', machinesOnly: false });
  const close = () => void navigate({ to: '/resources/$id', params: { id } });
  const { shown } = useSending(form, {
    send: () => createScope(id, form.values),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: scopesQuery(id).queryKey });
      tellSuccess(t('resources.scopes.create.done'));
      close();
    },
  });
  return (
    <FormDialog
      title={t('resources.scopes.create.title')}
      submit={t('resources.scopes.create.submit')}
      {...shown}
      onClose={close}
    >
      <TextInput
        label={t('resources.scopes.name')}
        description={t('resources.help.scopeName')}
        placeholder="orders:read"
        required
        maxLength={256}
        autoComplete="off"
        spellCheck={false}
        data-autofocus
        value={form.values.name}
        error={form.problemOf('name')}
        onChange={(event) => form.change('name', event.currentTarget.value)}
      />
      <Textarea
        label={t('resources.scopes.description')}
        autosize
        minRows={2}
        maxLength={1024}
        value={form.values.description}
        error={form.problemOf('description')}
        onChange={(event) => form.change('description', event.currentTarget.value)}
      />
      <Switch
        label={t('resources.scopes.machinesOnly')}
        description={t('resources.help.machinesOnly')}
        checked={form.values.machinesOnly}
        onChange={(event) => form.change('machinesOnly', event.currentTarget.checked)}
      />
    </FormDialog>
  );
}
