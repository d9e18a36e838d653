import { TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { useSending } from '../forms/use-sending.ts';
import { tellSuccess } from '../shell/notices.ts';
import { ResourceInputs } from './resource-inputs.tsx';
import { createResource, type ResourceFields, resourcesKey } from './resources-api.ts';

const list = getRouteApi('/signed-in/frame/resources');
const nothing: ResourceFields & { indicator: string } = { name: '', indicator: '', accessTokenTtl: 3600 };

/** The dialog that makes a resource, and leads to its page. */
export function CreateResource() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search = list.useSearch();
  const form = useForm(nothing);
  const { shown } = useSending(form, {
    send: () => createResource(form.values),
    onSuccess: ({ id }) => {
      void queries.invalidateQueries({ queryKey: resourcesKey });
      tellSuccess(t('resources.create.done'));
      void navigate({ to: '/resources/$id', params: { id } });
    },
  });
  return (
    <FormDialog
      title={t('resources.create.title')}
      submit={t('resources.create.submit')}
      {...shown}
      onClose={() => void navigate({ to: '/resources', search })}
    >
      <TextInput
        label={t('resources.fields.indicator')}
        description={t('resources.help.indicator')}
        placeholder="https://api.example.com"
        required
        maxLength={2048}
        autoComplete="off"
        spellCheck={false}
        value={form.values.indicator}
        error={form.problemOf('indicator')}
        onChange={(event) => form.change('indicator', event.currentTarget.value)}
      />
      <ResourceInputs form={form} />
    </FormDialog>
  );
}
