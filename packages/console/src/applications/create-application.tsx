import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FormDialog } from '../forms/form-dialog.tsx';
import { useForm } from '../forms/use-form.ts';
import { tellSuccess } from '../shell/notices.ts';
import { ApplicationInputs } from './application-inputs.tsx';
import {
  type ApplicationFields,
  type ApplicationType,
  applicationsKey,
  createApplication,
} from './applications-api.ts';
import { SecretDialog } from './secret-dialog.tsx';
import { TypeChoice } from './type-choice.tsx';

const list = getRouteApi('/signed-in/frame/applications');
const nothing: ApplicationFields = {
  name: '',
  description: '',
  redirectUris: [''],
  postLogoutRedirectUris: [],
  isAdmin: true,
};

/** The dialog that makes an application; tells the secret, where there is one, and leads to its page. */
export function CreateApplication() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const search = list.useSearch();
  const [type, setType] = useState<ApplicationType>('MachineToMachine');
  const [failure, setFailure] = useState<unknown>();
  const form = useForm(nothing);
  const open = (id: string) => void navigate({ to: '/applications/$id', params: { id } });
  const creating = useMutation({
    mutationFn: () => createApplication(type, form.values),
    gcTime: 0,
    onSuccess: ({ id, secret }) => {
      void queries.invalidateQueries({ queryKey: applicationsKey });
      tellSuccess(t('applications.create.done'));
      if (secret === undefined) open(id);
    },
    onError: (error) => setFailure(form.refuse(error) ? undefined : error),
  });
  if (creating.data?.secret !== undefined) {
    const { id, secret } = creating.data;
    return <SecretDialog application={creating.data} secret={secret} onClose={() => open(id)} />;
  }
  return (
    <FormDialog
      title={t('applications.create.title')}
      submit={t('applications.create.submit')}
      isPending={creating.isPending}
      error={failure}
      formRef={form.ref}
      onSubmit={() => creating.mutate()}
      onClose={() => void navigate({ to: '/applications', search })}
    >
      <TypeChoice type={type} onChange={setType} />
      <ApplicationInputs type={type} form={form} />
    </FormDialog>
  );
}
