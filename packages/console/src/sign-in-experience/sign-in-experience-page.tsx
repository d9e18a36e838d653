import { Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../api/api-error.ts';
import { policiesQuery } from '../connectors/connectors-api.ts';
import { Panel } from '../forms/panel.tsx';
import { SaveBar } from '../forms/save-bar.tsx';
import { useForm } from '../forms/use-form.ts';
import { ErrorNotice } from '../shell/error-notice.tsx';
import { tellSuccess, useFailureNotice } from '../shell/notices.ts';
import { PageHeading } from '../shell/page-heading.tsx';
import { PageSkeleton } from '../shell/page-skeleton.tsx';
import { codeFields, findMissing, limitFields, type Policies, savePolicies, valuesOf } from './policies.ts';
import { PolicyField } from './policy-field.tsx';

/** The rules for codes and the limits, with a bar that saves. */
export function SignInExperiencePage() {
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(policiesQuery);
  return (
    <Stack>
      <PageHeading title={t('signInExperience.navigation')} />
      <Text c="dimmed">{t('signInExperience.lead')}</Text>
      {data ? <PolicyForm stored={data} /> : error ? <ErrorNotice error={error} onRetry={refetch} /> : <PageSkeleton />}
    </Stack>
  );
}

function PolicyForm({ stored }: { stored: Policies }) {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const tellFailure = useFailureNotice();
  const form = useForm(valuesOf(stored));
  const saving = useMutation({
    mutationFn: async () => {
      const missing = findMissing(form.values);
      if (missing) throw emptyField(missing, t('signInExperience.missing'));
      return savePolicies(form.values);
    },
    onSuccess: (saved) => {
      queries.setQueryData(policiesQuery.queryKey, saved);
      form.restart(valuesOf(saved));
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
        <Panel title={t('signInExperience.code.title')} lead={t('signInExperience.code.lead')}>
          {codeFields.map((field) => (
            <PolicyField key={field} field={`code.${field}`} form={form} />
          ))}
        </Panel>
        <Panel title={t('signInExperience.limits.title')} lead={t('signInExperience.limits.lead')}>
          {limitFields.map((field) => (
            <PolicyField key={field} field={`limits.${field}`} form={form} />
          ))}
        </Panel>
        <SaveBar
          isDirty={form.isDirty}
          isSaving={saving.isPending}
          ownPath="/sign-in-experience"
          onDiscard={form.reset}
        />
      </Stack>
    </form>
  );
}

/** What the server would say of a field that is missing, in the language of the person. */
function emptyField(path: string, message: string): ApiError {
  return new ApiError({ status: 400, code: 'guard.invalid_input', message, data: { issues: [{ path, message }] } });
}
