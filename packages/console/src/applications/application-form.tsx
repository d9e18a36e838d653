import { Stack } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Panel } from '../forms/panel.tsx';
import { SaveBar } from '../forms/save-bar.tsx';
import { useForm } from '../forms/use-form.ts';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { ApplicationInputs } from './application-inputs.tsx';
import {
  type Application,
  type ApplicationFields,
  applicationQuery,
  applicationsKey,
  updateApplication,
} from './applications-api.ts';

/** What can be changed about an application. */
export function ApplicationForm({ application }: { application: Application }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const form = useForm(fieldsOf(application));
  const saving = useMutation({
    mutationFn: () => updateApplication(application, form.values),
    onSuccess: (saved) => {
      queries.setQueryData(applicationQuery(saved.id).queryKey, saved);
      void queries.invalidateQueries({ queryKey: [...applicationsKey, 'list'] });
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
        <Panel title={t('applications.settings')}>
          <ApplicationInputs type={application.type} form={form} />
        </Panel>
        <SaveBar
          isDirty={form.isDirty}
          isSaving={saving.isPending}
          ownPath={`/applications/${application.id}`}
          onDiscard={form.reset}
        />
      </Stack>
    </form>
  );
}

const fieldsOf = ({ name, description, oidcClientMetadata }: Application): ApplicationFields => ({
  name,
  description: description ?? '',
  ...oidcClientMetadata,
});
